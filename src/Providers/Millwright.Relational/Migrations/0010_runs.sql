-- Runs of pipelines, pinned to their plans; their steps, which are also the cache; their events.
CREATE TABLE pipeline_plans (
    digest TEXT PRIMARY KEY,
    plan   TEXT NOT NULL
);

CREATE TABLE runs (
    id          TEXT PRIMARY KEY,
    pipeline    TEXT NOT NULL,
    plan        TEXT NOT NULL REFERENCES pipeline_plans (digest),
    file        TEXT NOT NULL,
    actor       TEXT NOT NULL,
    state       TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    finished_at TEXT,
    parameters  TEXT NOT NULL,
    commit_sha  TEXT,
    data        TEXT NOT NULL,
    started_by  TEXT NOT NULL,
    problem     TEXT
);
CREATE INDEX runs_pipeline ON runs (pipeline, id);
CREATE INDEX runs_state ON runs (state, id);
CREATE UNIQUE INDEX runs_trigger ON runs (pipeline, started_by) WHERE started_by <> 'manual';

CREATE TABLE run_steps (
    run_id      TEXT NOT NULL REFERENCES runs (id),
    step        TEXT NOT NULL,
    ordinal     INTEGER NOT NULL,
    state       TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    started_at  TEXT,
    finished_at TEXT,
    cache_key   TEXT,
    facets      TEXT,
    why         TEXT NOT NULL,
    outputs     TEXT NOT NULL,
    report      TEXT NOT NULL,
    made_by     TEXT NOT NULL,
    problem     TEXT,
    PRIMARY KEY (run_id, step)
);
CREATE INDEX run_steps_cache ON run_steps (cache_key, finished_at) WHERE state = 'succeeded';
CREATE INDEX run_steps_name ON run_steps (step, run_id);

CREATE TABLE run_events (
    run_id    TEXT NOT NULL REFERENCES runs (id),
    seq       INTEGER NOT NULL,
    at        TEXT NOT NULL,
    kind      TEXT NOT NULL,
    step      TEXT,
    state     TEXT,
    attempt   INTEGER NOT NULL,
    text      TEXT,
    duration  REAL,
    PRIMARY KEY (run_id, seq)
);
