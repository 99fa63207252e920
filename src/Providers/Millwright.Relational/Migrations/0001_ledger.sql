-- The ledger: one row per event, chained by hash; the lineage's edges; the head, so that a cut tail shows; the subscribers' offsets.
CREATE TABLE ledger_events (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    at       TEXT NOT NULL,
    actor    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    inputs   TEXT NOT NULL,
    outputs  TEXT NOT NULL,
    body     TEXT NOT NULL,
    prev     TEXT NOT NULL,
    hash     TEXT NOT NULL
);
CREATE INDEX ledger_events_subject ON ledger_events (subject, seq);
CREATE INDEX ledger_events_kind ON ledger_events (kind, seq);

CREATE TABLE ledger_edges (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (source, target, seq)
) WITHOUT ROWID;
CREATE INDEX ledger_edges_target ON ledger_edges (target, source, seq);

CREATE TABLE ledger_head (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    seq      INTEGER NOT NULL,
    hash     TEXT NOT NULL
);

CREATE TABLE ledger_offsets (
    subscriber TEXT PRIMARY KEY,
    seq        INTEGER NOT NULL
);
