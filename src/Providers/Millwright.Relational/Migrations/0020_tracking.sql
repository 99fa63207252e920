-- Experiments and runs. Times are milliseconds since 1970 as clients send them. The latest value of each metric has a table of its own,
-- so that searching never touches the histories.
CREATE TABLE tracking_experiments (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    name              TEXT NOT NULL UNIQUE,
    artifact_location TEXT NOT NULL,
    deleted           INTEGER NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL
);
INSERT INTO tracking_experiments (id, name, artifact_location, deleted, created_at, updated_at)
VALUES (0, 'Default', 'mlflow-artifacts:/0', 0, CAST(strftime('%s', 'now') AS INTEGER) * 1000, CAST(strftime('%s', 'now') AS INTEGER) * 1000);

CREATE TABLE tracking_experiment_tags (
    experiment INTEGER NOT NULL REFERENCES tracking_experiments (id),
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    PRIMARY KEY (experiment, key)
) WITHOUT ROWID;

CREATE TABLE tracking_runs (
    id           INTEGER PRIMARY KEY,
    run_id       TEXT NOT NULL UNIQUE,
    experiment   INTEGER NOT NULL REFERENCES tracking_experiments (id),
    name         TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    status       TEXT NOT NULL,
    start_time   INTEGER NOT NULL,
    end_time     INTEGER,
    artifact_uri TEXT NOT NULL,
    deleted      INTEGER NOT NULL
);
CREATE INDEX tracking_runs_newest ON tracking_runs (experiment, deleted, start_time DESC, run_id);

CREATE TABLE tracking_params (
    run   INTEGER NOT NULL REFERENCES tracking_runs (id),
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
) WITHOUT ROWID;

CREATE TABLE tracking_tags (
    run   INTEGER NOT NULL REFERENCES tracking_runs (id),
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
) WITHOUT ROWID;

-- The id keeps the order in which a run's metrics appeared.
CREATE TABLE tracking_latest (
    id     INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES tracking_runs (id),
    key    TEXT NOT NULL,
    value  REAL NOT NULL,
    is_nan INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    step   INTEGER NOT NULL,
    UNIQUE (run, key)
);

-- Ordered as histories are read; the same point again is the same row.
CREATE TABLE tracking_metrics (
    run    INTEGER NOT NULL REFERENCES tracking_runs (id),
    key    TEXT NOT NULL,
    at     INTEGER NOT NULL,
    step   INTEGER NOT NULL,
    value  REAL NOT NULL,
    is_nan INTEGER NOT NULL,
    PRIMARY KEY (run, key, at, step, value, is_nan)
) WITHOUT ROWID;

CREATE TABLE tracking_datasets (
    id          INTEGER PRIMARY KEY,
    experiment  INTEGER NOT NULL REFERENCES tracking_experiments (id),
    name        TEXT NOT NULL,
    digest      TEXT NOT NULL,
    source_type TEXT NOT NULL,
    source      TEXT NOT NULL,
    schema      TEXT,
    profile     TEXT,
    UNIQUE (experiment, name, digest)
);

CREATE TABLE tracking_inputs (
    id      INTEGER PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES tracking_runs (id),
    dataset INTEGER NOT NULL REFERENCES tracking_datasets (id),
    context TEXT,
    tags    TEXT NOT NULL,
    UNIQUE (run, dataset)
);
CREATE INDEX tracking_inputs_dataset ON tracking_inputs (dataset);

CREATE TABLE tracking_outputs (
    id       INTEGER PRIMARY KEY,
    run      INTEGER NOT NULL REFERENCES tracking_runs (id),
    model_id TEXT NOT NULL,
    step     INTEGER NOT NULL,
    UNIQUE (run, model_id, step)
);
