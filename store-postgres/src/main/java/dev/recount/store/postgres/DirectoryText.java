package dev.recount.store.postgres;

import java.util.List;

/** The tables of a directory, format 2. {@code {s}} stands for its schema. */
final class DirectoryText {

    private static final String TABLES = """
            CREATE TABLE {s}.placements (
              rig text COLLATE "C" PRIMARY KEY,
              log_id text NOT NULL UNIQUE,
              database text COLLATE "C" NOT NULL,
              moving_to text COLLATE "C",
              generation bigint NOT NULL,
              settled boolean NOT NULL,
              changed_at text NOT NULL
            );

            CREATE TABLE {s}.databases (
              name text COLLATE "C" PRIMARY KEY,
              takes_new boolean NOT NULL
            );

            CREATE TABLE {s}.version (
              one boolean PRIMARY KEY CHECK (one),
              version bigint NOT NULL
            );
            INSERT INTO {s}.version VALUES (true, 0);

            CREATE FUNCTION {s}.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN RAISE EXCEPTION 'directory: %', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$;
            CREATE TRIGGER placements_update BEFORE UPDATE ON {s}.placements FOR EACH ROW
              WHEN (NEW.rig <> OLD.rig OR NEW.log_id <> OLD.log_id OR NEW.generation < OLD.generation)
              EXECUTE FUNCTION {s}.refuse('a rig keeps its name and log, and its generation never goes back');
            CREATE TRIGGER placements_delete BEFORE DELETE ON {s}.placements
              FOR EACH ROW EXECUTE FUNCTION {s}.refuse('a rig that was placed is not forgotten');
            CREATE TRIGGER placements_truncate BEFORE TRUNCATE ON {s}.placements
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse('a rig that was placed is not forgotten')""";

    // While only its name is taken, a rig may turn out to be one that a transfer brought.
    private static final String RESERVED = """
            DROP TRIGGER placements_update ON {s}.placements;
            CREATE TRIGGER placements_update BEFORE UPDATE ON {s}.placements FOR EACH ROW
              WHEN (NEW.rig <> OLD.rig OR (NEW.log_id <> OLD.log_id AND (OLD.settled OR OLD.generation > 1))
                OR NEW.generation < OLD.generation)
              EXECUTE FUNCTION {s}.refuse('a rig keeps its name and log, and its generation never goes back')""";

    /** All steps ever made, in order. */
    static final List<Migration> MIGRATIONS =
            List.of(new Migration(1, "directory", TABLES), new Migration(2, "reserved names", RESERVED));

    private DirectoryText() {}
}
