-- Judged windows of predictions, alerts with the messages about them, and labels.
CREATE TABLE monitor_windows (
    model       TEXT NOT NULL,
    version     INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    deployment  TEXT NOT NULL,
    from_at     TEXT NOT NULL,
    to_at       TEXT NOT NULL,
    last_id     TEXT NOT NULL,
    predictions INTEGER NOT NULL,
    reference   TEXT NOT NULL,
    columns     TEXT NOT NULL,
    PRIMARY KEY (model, version, number)
);

CREATE TABLE alerts (
    id              TEXT PRIMARY KEY,
    model           TEXT NOT NULL,
    version         INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    columns         TEXT NOT NULL,
    state           TEXT NOT NULL,
    message         TEXT NOT NULL,
    raised          TEXT NOT NULL,
    last_seen       TEXT NOT NULL,
    windows         INTEGER NOT NULL,
    quiet           INTEGER NOT NULL,
    resolved        TEXT,
    acknowledged_by TEXT,
    note            TEXT NOT NULL
);
CREATE INDEX alerts_model ON alerts (model, state);

CREATE TABLE alert_silences (
    model TEXT PRIMARY KEY,
    until TEXT NOT NULL
);

CREATE TABLE alert_notices (
    id       TEXT PRIMARY KEY,
    alert    TEXT NOT NULL REFERENCES alerts (id),
    channel  TEXT NOT NULL,
    target   TEXT NOT NULL,
    payload  TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next     TEXT NOT NULL,
    sent     TEXT,
    error    TEXT
);
CREATE INDEX alert_notices_due ON alert_notices (next) WHERE sent IS NULL;

CREATE TABLE labels (
    prediction TEXT PRIMARY KEY,
    label      INTEGER NOT NULL,
    at         TEXT NOT NULL,
    model      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    deployment TEXT NOT NULL,
    predicted  TEXT NOT NULL,
    score      DOUBLE PRECISION NOT NULL
);
CREATE INDEX labels_version ON labels (model, version, deployment, predicted);
