package dev.recount.store.sqlite;

import java.util.List;

/** The tables of format 1, as docs/storage-format.md describes them. */
final class Schema {

    /** What tells a log from any other SQLite file; "Rcnt". */
    static final int APPLICATION_ID = 0x52636e74;

    /** The format that this release writes. */
    static final int FORMAT = 1;

    /** What all names of this library begin with; read models may not use it. */
    static final String PREFIX = "recount_";

    static final List<String> STATEMENTS = List.of(
            """
            CREATE TABLE recount_log (
              only INTEGER PRIMARY KEY CHECK (only = 1),
              log_id TEXT NOT NULL,
              created_at TEXT NOT NULL,
              head INTEGER NOT NULL,
              head_chain BLOB NOT NULL,
              floor INTEGER NOT NULL,
              floor_chain BLOB NOT NULL,
              last_stored_at TEXT NOT NULL
            ) STRICT""",
            """
            CREATE TABLE recount_events (
              sequence INTEGER PRIMARY KEY,
              type TEXT NOT NULL,
              version INTEGER NOT NULL,
              tags TEXT NOT NULL,
              data TEXT NOT NULL,
              metadata TEXT NOT NULL,
              occurred_at TEXT NOT NULL,
              stored_at TEXT NOT NULL,
              chain BLOB NOT NULL
            ) STRICT""",
            "CREATE INDEX recount_events_by_type ON recount_events (type)",
            """
            CREATE TABLE recount_event_tags (
              tag TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              PRIMARY KEY (tag, sequence)
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE recount_receipts (
              key TEXT PRIMARY KEY,
              fingerprint TEXT NOT NULL,
              first INTEGER NOT NULL,
              last INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE recount_read_models (
              name TEXT PRIMARY KEY,
              version INTEGER NOT NULL,
              checkpoint INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE recount_read_model_tables (
              name TEXT PRIMARY KEY,
              kind TEXT NOT NULL,
              model TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE VIEW recount_event_log AS
              SELECT sequence, type, version, tags, data, metadata, occurred_at, stored_at, lower(hex(chain)) AS chain
              FROM recount_events""",
            """
            CREATE TRIGGER recount_events_insert BEFORE INSERT ON recount_events
              WHEN NEW.sequence <= (SELECT head FROM recount_log WHERE only = 1)
              BEGIN SELECT RAISE(ABORT, 'append only: an event cannot be put at or below the head'); END""",
            """
            CREATE TRIGGER recount_events_update BEFORE UPDATE ON recount_events
              BEGIN SELECT RAISE(ABORT, 'append only: an event cannot be changed'); END""",
            """
            CREATE TRIGGER recount_events_delete BEFORE DELETE ON recount_events
              WHEN OLD.sequence > (SELECT floor FROM recount_log WHERE only = 1)
              BEGIN SELECT RAISE(ABORT, 'append only: an event above the floor cannot be removed'); END""",
            """
            CREATE TRIGGER recount_event_tags_update BEFORE UPDATE ON recount_event_tags
              BEGIN SELECT RAISE(ABORT, 'append only: a tag cannot be changed'); END""",
            """
            CREATE TRIGGER recount_event_tags_delete BEFORE DELETE ON recount_event_tags
              WHEN OLD.sequence > (SELECT floor FROM recount_log WHERE only = 1)
              BEGIN SELECT RAISE(ABORT, 'append only: a tag above the floor cannot be removed'); END""",
            """
            CREATE TRIGGER recount_log_insert BEFORE INSERT ON recount_log
              WHEN EXISTS (SELECT 1 FROM recount_log)
              BEGIN SELECT RAISE(ABORT, 'a file holds one log'); END""",
            """
            CREATE TRIGGER recount_log_update BEFORE UPDATE ON recount_log
              WHEN NEW.head < OLD.head OR NEW.floor < OLD.floor OR NEW.floor > NEW.head
                OR NEW.log_id IS NOT OLD.log_id OR NEW.only IS NOT OLD.only
                OR NEW.last_stored_at < OLD.last_stored_at
              BEGIN SELECT RAISE(ABORT, 'append only: a log keeps its id, and its head, floor and time never go back'); END""",
            """
            CREATE TRIGGER recount_log_delete BEFORE DELETE ON recount_log
              BEGIN SELECT RAISE(ABORT, 'append only: a log cannot be removed from its file'); END""");

    private Schema() {}
}
