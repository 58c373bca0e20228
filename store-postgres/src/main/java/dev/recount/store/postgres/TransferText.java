package dev.recount.store.postgres;

/** What the tables have for logs that come from elsewhere or went there. */
final class TransferText {

    /** Lets the rest of a transaction write to a rig that is a copy. Whoever says so means to. */
    static final String ALLOW = "SET LOCAL recount.transfer = 'on'";

    /**
     * A rig that is a copy takes events from its source only, and one that is sealed takes none: also from releases that know nothing of
     * either. {@code transfer} is the id of the transfer that a copy was begun with, and stays when it is opened; of a sealed rig, that
     * of its target.
     */
    static final String MIGRATION = """
            ALTER TABLE {s}.rigs
              DROP CONSTRAINT rigs_state_check,
              ADD CONSTRAINT rigs_state_check CHECK (state IN ('open', 'sealed', 'arriving', 'copy')),
              ADD COLUMN transfer text,
              ADD COLUMN moved_to text;

            CREATE OR REPLACE FUNCTION {s}.refuse_at_or_below_head() RETURNS trigger LANGUAGE plpgsql AS $$
              DECLARE
                wrong record;
              BEGIN
                SELECT r.name, r.state, r.moved_to, a.sequence <= r.head AS below INTO wrong
                  FROM added a JOIN {s}.rigs r ON r.rig = a.rig
                  WHERE a.sequence <= r.head OR r.state = 'sealed'
                    OR (r.state = 'copy' AND current_setting('recount.transfer', true) IS DISTINCT FROM 'on')
                  LIMIT 1;
                IF NOT FOUND THEN
                  RETURN NULL;
                END IF;
                IF wrong.below THEN
                  RAISE EXCEPTION 'append only: an event cannot be put at or below the head' USING ERRCODE = 'restrict_violation';
                END IF;
                RAISE EXCEPTION 'rig % is not open here: %', wrong.name,
                    CASE WHEN wrong.state = 'sealed' THEN 'it was moved to ' || coalesce(wrong.moved_to, 'another database')
                      ELSE 'it is a copy of its source' END
                  USING ERRCODE = 'object_not_in_prerequisite_state';
              END $$""";

    private TransferText() {}
}
