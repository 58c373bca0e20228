package dev.recount.store.postgres;

import java.util.List;

/**
 * The tables of format 1. {@code {s}} stands for the schema. Each statement can be read with any tool; texts of events are {@code text}, not
 * {@code jsonb}, which would change their bytes.
 */
final class SchemaText {

    private static final String TABLES = """
            CREATE TABLE {s}.rigs (
              rig integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              name text COLLATE "C" NOT NULL UNIQUE,
              log_id text NOT NULL UNIQUE,
              created_at text NOT NULL,
              head bigint NOT NULL,
              head_chain bytea NOT NULL,
              floor bigint NOT NULL,
              floor_chain bytea NOT NULL,
              last_stored_at text COLLATE "C" NOT NULL
            ) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

            CREATE TABLE {s}.events (
              rig integer NOT NULL,
              sequence bigint NOT NULL,
              type text COLLATE "C" NOT NULL,
              version integer NOT NULL,
              tags text NOT NULL,
              data text NOT NULL,
              metadata text NOT NULL,
              occurred_at text COLLATE "C" NOT NULL,
              stored_at text COLLATE "C" NOT NULL,
              chain bytea NOT NULL,
              PRIMARY KEY (rig, sequence)
            );
            CREATE INDEX events_by_type ON {s}.events (rig, type, sequence);

            CREATE TABLE {s}.event_tags (
              rig integer NOT NULL,
              tag text COLLATE "C" NOT NULL,
              sequence bigint NOT NULL,
              PRIMARY KEY (rig, tag, sequence)
            );

            CREATE TABLE {s}.receipts (
              rig integer NOT NULL,
              key bytea NOT NULL,
              fingerprint text NOT NULL,
              first bigint NOT NULL,
              last bigint NOT NULL,
              PRIMARY KEY (rig, key)
            );

            CREATE TABLE {s}.retentions (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              rig integer NOT NULL,
              at text NOT NULL,
              requested_by text,
              floor_before bigint NOT NULL,
              floor bigint NOT NULL,
              events bigint NOT NULL
            );

            CREATE TABLE {s}.reactors (
              rig integer NOT NULL,
              name text COLLATE "C" NOT NULL,
              log_id text NOT NULL,
              checkpoint bigint NOT NULL,
              owner text,
              until text COLLATE "C",
              fence bigint NOT NULL,
              PRIMARY KEY (rig, name)
            );

            CREATE TABLE {s}.reactions (
              rig integer NOT NULL,
              reactor text COLLATE "C" NOT NULL,
              sequence bigint NOT NULL,
              position integer NOT NULL,
              key text COLLATE "C",
              due text COLLATE "C" NOT NULL,
              state text COLLATE "C" NOT NULL,
              attempts integer NOT NULL,
              reason text NOT NULL,
              PRIMARY KEY (rig, reactor, sequence, position)
            );
            CREATE INDEX reactions_by_due ON {s}.reactions (rig, reactor, state, due, sequence, position);
            CREATE INDEX reactions_by_key ON {s}.reactions (rig, reactor, key) WHERE key IS NOT NULL;

            CREATE TABLE {s}.snapshots (
              key bytea NOT NULL,
              version integer NOT NULL,
              sequence bigint NOT NULL,
              events bigint NOT NULL,
              fingerprint bytea NOT NULL,
              state bytea NOT NULL,
              PRIMARY KEY (key, version)
            );

            CREATE VIEW {s}.event_log AS
              SELECT r.name AS rig, e.sequence, e.type, e.version, e.tags, e.data, e.metadata, e.occurred_at, e.stored_at,
                encode(e.chain, 'hex') AS chain
              FROM {s}.events e JOIN {s}.rigs r USING (rig)""";

    // Triggers hold for every role, the owner and a superuser among them, also while a session claims to be a replica.
    private static final String TRIGGERS = """
            CREATE FUNCTION {s}.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN RAISE EXCEPTION 'append only: %', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$;

            CREATE FUNCTION {s}.refuse_at_or_below_head() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF EXISTS (SELECT FROM added a JOIN {s}.rigs r ON r.rig = a.rig WHERE a.sequence <= r.head) THEN
                  RAISE EXCEPTION 'append only: an event cannot be put at or below the head' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NULL;
              END $$;

            CREATE FUNCTION {s}.refuse_above_floor() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF EXISTS (SELECT FROM removed d JOIN {s}.rigs r ON r.rig = d.rig WHERE d.sequence > r.floor) THEN
                  RAISE EXCEPTION 'append only: an event above the floor cannot be removed' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NULL;
              END $$;

            CREATE TRIGGER events_insert AFTER INSERT ON {s}.events REFERENCING NEW TABLE AS added
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse_at_or_below_head();
            CREATE TRIGGER events_update BEFORE UPDATE ON {s}.events
              FOR EACH ROW EXECUTE FUNCTION {s}.refuse('an event cannot be changed');
            CREATE TRIGGER events_delete AFTER DELETE ON {s}.events REFERENCING OLD TABLE AS removed
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse_above_floor();
            CREATE TRIGGER events_truncate BEFORE TRUNCATE ON {s}.events
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse('an event above the floor cannot be removed');

            CREATE TRIGGER event_tags_update BEFORE UPDATE ON {s}.event_tags
              FOR EACH ROW EXECUTE FUNCTION {s}.refuse('a tag cannot be changed');
            CREATE TRIGGER event_tags_delete AFTER DELETE ON {s}.event_tags REFERENCING OLD TABLE AS removed
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse_above_floor();
            CREATE TRIGGER event_tags_truncate BEFORE TRUNCATE ON {s}.event_tags
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse('a tag above the floor cannot be removed');

            CREATE TRIGGER receipts_update BEFORE UPDATE ON {s}.receipts
              FOR EACH ROW EXECUTE FUNCTION {s}.refuse('a receipt cannot be changed');
            CREATE TRIGGER receipts_delete BEFORE DELETE ON {s}.receipts
              FOR EACH ROW EXECUTE FUNCTION {s}.refuse('a receipt cannot be removed');
            CREATE TRIGGER receipts_truncate BEFORE TRUNCATE ON {s}.receipts
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse('a receipt cannot be removed');

            CREATE TRIGGER rigs_update BEFORE UPDATE ON {s}.rigs FOR EACH ROW
              WHEN (NEW.head < OLD.head OR NEW.floor < OLD.floor OR NEW.floor > NEW.head OR NEW.log_id <> OLD.log_id
                OR NEW.rig <> OLD.rig OR NEW.last_stored_at < OLD.last_stored_at)
              EXECUTE FUNCTION {s}.refuse('a rig keeps its id, and its head, floor and time never go back');
            CREATE TRIGGER rigs_delete BEFORE DELETE ON {s}.rigs
              FOR EACH ROW EXECUTE FUNCTION {s}.refuse('a rig cannot be removed');
            CREATE TRIGGER rigs_truncate BEFORE TRUNCATE ON {s}.rigs
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse('a rig cannot be removed');

            CREATE TRIGGER retentions_update BEFORE UPDATE ON {s}.retentions FOR EACH ROW
              WHEN (NEW.id <> OLD.id OR NEW.rig <> OLD.rig OR NEW.at <> OLD.at OR NEW.floor_before <> OLD.floor_before
                OR NEW.requested_by IS DISTINCT FROM OLD.requested_by OR NEW.floor < OLD.floor OR NEW.events < OLD.events)
              EXECUTE FUNCTION {s}.refuse('a record of what was removed cannot be changed');
            CREATE TRIGGER retentions_delete BEFORE DELETE ON {s}.retentions
              FOR EACH ROW EXECUTE FUNCTION {s}.refuse('a record of what was removed cannot be removed');
            CREATE TRIGGER retentions_truncate BEFORE TRUNCATE ON {s}.retentions
              FOR EACH STATEMENT EXECUTE FUNCTION {s}.refuse('a record of what was removed cannot be removed');

            ALTER TABLE {s}.events ENABLE ALWAYS TRIGGER events_update;
            ALTER TABLE {s}.events ENABLE ALWAYS TRIGGER events_delete;
            ALTER TABLE {s}.events ENABLE ALWAYS TRIGGER events_truncate;
            ALTER TABLE {s}.event_tags ENABLE ALWAYS TRIGGER event_tags_update;
            ALTER TABLE {s}.event_tags ENABLE ALWAYS TRIGGER event_tags_delete;
            ALTER TABLE {s}.event_tags ENABLE ALWAYS TRIGGER event_tags_truncate;
            ALTER TABLE {s}.receipts ENABLE ALWAYS TRIGGER receipts_update;
            ALTER TABLE {s}.receipts ENABLE ALWAYS TRIGGER receipts_delete;
            ALTER TABLE {s}.receipts ENABLE ALWAYS TRIGGER receipts_truncate;
            ALTER TABLE {s}.rigs ENABLE ALWAYS TRIGGER rigs_update;
            ALTER TABLE {s}.rigs ENABLE ALWAYS TRIGGER rigs_delete;
            ALTER TABLE {s}.rigs ENABLE ALWAYS TRIGGER rigs_truncate""";

    // Who was granted to keep reactors may keep consumers, so that an application goes on as it is.
    private static final String CONSUMERS = """
            CREATE TABLE {s}.consumers (
              rig integer NOT NULL,
              name text COLLATE "C" NOT NULL,
              checkpoint bigint NOT NULL,
              seen_at text COLLATE "C" NOT NULL,
              PRIMARY KEY (rig, name)
            );

            DO $$ DECLARE keeper text; BEGIN
              FOR keeper IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                WHERE table_schema = '{s}' AND table_name = 'reactors' AND privilege_type = 'INSERT' AND grantee <> 'PUBLIC'
              LOOP
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON {s}.consumers TO %I', keeper);
              END LOOP;
            END $$""";

    // In the row that an append locks: in another table, an append that waited for the lock would see what was there
    // before.
    private static final String PLACEMENT = """
            ALTER TABLE {s}.rigs
              ADD COLUMN state text COLLATE "C" NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sealed', 'arriving')),
              ADD COLUMN generation bigint NOT NULL DEFAULT 0;

            CREATE TRIGGER rigs_state BEFORE UPDATE ON {s}.rigs FOR EACH ROW
              WHEN (NEW.generation < OLD.generation OR (NEW.head <> OLD.head AND OLD.state = 'sealed' AND NEW.state = 'sealed'))
              EXECUTE FUNCTION {s}.refuse('a sealed rig does not grow, and its generation never goes back');
            ALTER TABLE {s}.rigs ENABLE ALWAYS TRIGGER rigs_state""";

    // The condition of a trigger is read from its text for each statement that changes a row, which took longer than
    // the
    // change; that of a function is kept.
    private static final String RIG_GUARD = """
            CREATE FUNCTION {s}.refuse_rig_change() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF NEW.head < OLD.head OR NEW.floor < OLD.floor OR NEW.floor > NEW.head OR NEW.log_id <> OLD.log_id
                    OR NEW.rig <> OLD.rig OR NEW.last_stored_at < OLD.last_stored_at THEN
                  RAISE EXCEPTION 'append only: a rig keeps its id, and its head, floor and time never go back'
                    USING ERRCODE = 'restrict_violation';
                END IF;
                IF NEW.generation < OLD.generation
                    OR (NEW.head <> OLD.head AND OLD.state = 'sealed' AND NEW.state = 'sealed') THEN
                  RAISE EXCEPTION 'append only: a sealed rig does not grow, and its generation never goes back'
                    USING ERRCODE = 'restrict_violation';
                END IF;
                IF NEW.state NOT IN ('open', 'sealed', 'arriving', 'copy') THEN
                  RAISE EXCEPTION 'a rig has no state %', NEW.state USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
              END $$;

            DROP TRIGGER rigs_update ON {s}.rigs;
            DROP TRIGGER rigs_state ON {s}.rigs;
            ALTER TABLE {s}.rigs DROP CONSTRAINT rigs_state_check;
            CREATE TRIGGER rigs_change BEFORE INSERT OR UPDATE ON {s}.rigs
              FOR EACH ROW EXECUTE FUNCTION {s}.refuse_rig_change();
            ALTER TABLE {s}.rigs ENABLE ALWAYS TRIGGER rigs_change""";

    /** What an application may do: read all, add events, and move nothing but a head. */
    static final String GRANTS = """
            GRANT USAGE ON SCHEMA {s} TO {r};
            GRANT SELECT ON ALL TABLES IN SCHEMA {s} TO {r};
            GRANT INSERT ON {s}.rigs, {s}.events, {s}.event_tags, {s}.receipts TO {r};
            GRANT UPDATE (head, head_chain, last_stored_at) ON {s}.rigs TO {r};
            GRANT INSERT, UPDATE, DELETE ON {s}.consumers, {s}.reactors, {s}.reactions, {s}.snapshots TO {r}""";

    /** All steps ever made, in order. A step that was published is never changed: its digest is in databases. */
    static final List<Migration> MIGRATIONS = List.of(
            new Migration(1, "tables", TABLES),
            new Migration(2, "append only", TRIGGERS),
            new Migration(3, "consumers", CONSUMERS),
            new Migration(4, "placement", PLACEMENT),
            new Migration(5, "transfer", TransferText.MIGRATION),
            new Migration(6, "rig guard", RIG_GUARD));

    private SchemaText() {}
}
