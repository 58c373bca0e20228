package dev.recount.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqlTextTest {

    /** Only what it declares. */
    private record Declared(String name, int version, List<String> schema) implements SqlReadModel {

        Declared(String... schema) {
            this("beads", 1, List.of(schema));
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {}
    }

    private static SqlNames names() {
        return SqlNames.live(new Declared(
                "CREATE TABLE {bead} (id TEXT PRIMARY KEY, parent TEXT REFERENCES {bead} (id), n INTEGER)",
                "CREATE INDEX {bead_by_parent} ON {bead} (parent)",
                "CREATE VIEW {top} AS SELECT id FROM {bead} WHERE parent IS NULL",
                "CREATE TABLE {order} (id TEXT)"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            INSERT INTO {bead} VALUES (?)                             | INSERT INTO "bead" VALUES (?)
            UPDATE OR IGNORE {Bead} SET id = '{bead}'                 | UPDATE OR IGNORE "Bead" SET id = '{bead}'
            DELETE FROM {order}  -- FROM bead, {nothing}              | DELETE FROM "order"  -- FROM bead, {nothing}
            DELETE FROM {bead} /* {x} */ WHERE "{id}" = `{a}` + [{b}] | DELETE FROM "bead" /* {x} */ WHERE "{id}" = `{a}` + [{b}]
            DELETE FROM {bead} WHERE id = 'it''s {a}'                 | DELETE FROM "bead" WHERE id = 'it''s {a}'
            DELETE FROM {bead} AS bead WHERE bead.id = 1              | DELETE FROM "bead" AS bead WHERE bead.id = 1
            INSERT INTO {bead} (id, n) SELECT top, bead FROM other    | INSERT INTO "bead" (id, n) SELECT top, bead FROM other
            DELETE FROM {bead} WHERE id IN (bead, "top") AND n = 1;   | DELETE FROM "bead" WHERE id IN (bead, "top") AND n = 1;
            INSERT INTO {order} SELECT n FROM {bead} ORDER BY id, top | INSERT INTO "order" SELECT n FROM "bead" ORDER BY id, top
            INSERT INTO {bead} SELECT 1 IS DISTINCT FROM n, top       | INSERT INTO "bead" SELECT 1 IS DISTINCT FROM n, top
            UPDATE {bead} SET n = 1 WHERE ? IS NOT DISTINCT FROM top  | UPDATE "bead" SET n = 1 WHERE ? IS NOT DISTINCT FROM top
            WITH top AS (VALUES (1)) DELETE FROM {bead} WHERE id IN top | WITH top AS (VALUES (1)) DELETE FROM "bead" WHERE id IN top
            WITH a AS (VALUES (1)), top(n) AS NOT MATERIALIZED (VALUES (2)) INSERT INTO {order} SELECT top.n FROM a, top | WITH a AS (VALUES (1)), top(n) AS NOT MATERIALIZED (VALUES (2)) INSERT INTO "order" SELECT top.n FROM a, top
            """)
    void names_in_braces_are_replaced_and_nothing_else(String sql, String real) {
        assertThat(names().writing(sql, model -> Map.of())).isEqualTo(real);
        assertThat(names().writing(sql, model -> Map.of())).isEqualTo(real);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO bead VALUES (?)",
                "insert or replace into Bead values (?)",
                "UPDATE OR IGNORE main.bead SET n = 1",
                "DELETE FROM {bead} WHERE id IN (SELECT id FROM top)",
                "DELETE FROM {bead} WHERE id IN (SELECT id FROM other JOIN bead)",
                "INSERT INTO {bead} VALUES (?) ON CONFLICT DO UPDATE SET n = bead.n + 1",
                "INSERT INTO \"bead\" VALUES (?)",
                "WITH bead AS (VALUES (1)) INSERT INTO bead SELECT * FROM bead",
                "WITH bead AS (VALUES (1)) DELETE FROM bead",
                "WITH bead AS (VALUES (1)) UPDATE main.bead SET n = 1",
                "DELETE FROM [Bead]",
                "DELETE FROM {bead} WHERE id IN top",
                "DELETE FROM {bead} WHERE id IN (SELECT t.id FROM {order} o, top t)",
                "DELETE FROM {bead} WHERE id IN (SELECT id FROM (top))",
                "INSERT INTO {bead} SELECT o.id, max(1, 2) FROM {order} o JOIN other x ON o.id = x.id, `top`"
            })
    void an_own_table_without_braces_is_refused(String sql) {
        assertThatThrownBy(() -> names().writing(sql, model -> Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without braces")
                .hasMessageContaining(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM {beads}",
                "SELECT * FROM {}",
                "SELECT * FROM {bead} INDEXED BY {bead_by_parent}",
                "SELECT {a, b} FROM {bead}"
            })
    void a_name_in_braces_that_is_not_declared_is_refused(String sql) {
        assertThatThrownBy(() -> names().querying(sql, model -> Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("declares no such table or view; it has [bead, order, top]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE bead (id TEXT)                                  | not named in braces
            CREATE TEMP TABLE {bead} (id TEXT)                           | not named in braces
            CREATE TABLE IF NOT EXISTS bead (id TEXT)                    | not named in braces
            CREATE UNIQUE INDEX bead_by_n ON {bead} (n)                  | not named in braces
            DROP TABLE {bead}                                            | CREATE statements only
            CREATE TABLE recount_bead (id TEXT)                          | no name that begins with recount_
            CREATE TABLE {a b} (id TEXT)                                 | is not usable
            CREATE TABLE {sqlite_bead} (id TEXT)                         | is not usable
            CREATE VIEW {v} AS SELECT * FROM {other}                     | declares no such table or view
            CREATE TABLE {bead} (id TEXT); CREATE TABLE {other} (id)     | more than one statement
            CREATE TABLE {bead} (n INTEGER, CHECK ({bead}.n > 0))        | names a column by its table
            CREATE VIRTUAL TABLE {words} USING fts5(t, content={bead})   | names another table inside a virtual one
            """)
    void a_schema_that_leaves_the_namespace_is_refused(String sql, String reason) {
        assertThatThrownBy(() -> SqlNames.live(new Declared(sql)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX {bead_by_n} ON bead (n)",
                "CREATE TRIGGER {t} AFTER INSERT ON bead BEGIN DELETE FROM {bead}; END",
                "CREATE TRIGGER {t} AFTER INSERT ON {bead} BEGIN DELETE FROM bead; END",
                "CREATE VIEW {v} AS SELECT id FROM bead",
                "CREATE TABLE {child} (bead TEXT REFERENCES bead (id))"
            })
    void an_own_table_without_braces_is_refused_in_the_schema(String sql) {
        assertThatThrownBy(() -> SqlNames.live(new Declared("CREATE TABLE {bead} (id TEXT, n INTEGER)", sql)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names 'bead' of read model 'beads' without braces");
    }

    @Test
    void the_same_name_twice_is_refused() {
        assertThatThrownBy(() -> SqlNames.live(
                        new Declared("CREATE TABLE {bead} (id TEXT)", "CREATE INDEX {BEAD} ON {bead} (id)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("creates {BEAD} twice");
    }

    @Test
    void a_second_statement_that_would_not_be_run_is_refused() {
        assertThatThrownBy(() -> names().writing("DELETE FROM {bead}; DELETE FROM {order}", model -> Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than one statement");
        assertThat(names().writing("DELETE FROM {order}; -- and no more", model -> Map.of()))
                .endsWith("; -- and no more");
    }

    @Test
    void a_statement_of_the_wrong_kind_is_refused() {
        assertThatThrownBy(() -> names().writing("SELECT 1", model -> Map.of()))
                .hasMessageContaining("begins with 'SELECT'");
        assertThatThrownBy(() -> names().querying("DELETE FROM {bead}", model -> Map.of()))
                .hasMessageContaining("begins with 'DELETE'");
        assertThatThrownBy(() -> names().querying("SELECT * FROM recount_log", model -> Map.of()))
                .hasMessageContaining("touches the log's own tables");
    }
}
