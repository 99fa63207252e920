-- The registry: models and their versions. Sets of names and values are JSON, so that a version is one row.
CREATE TABLE registered_models (
    name         TEXT PRIMARY KEY,
    created_at   TEXT NOT NULL,
    updated_at   TEXT NOT NULL,
    description  TEXT NOT NULL,
    tags         TEXT NOT NULL,
    aliases      TEXT NOT NULL,
    last_version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE model_versions (
    name        TEXT NOT NULL REFERENCES registered_models (name) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    author      TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL,
    stage       TEXT NOT NULL,
    artifact    TEXT,
    source      TEXT NOT NULL,
    run_id      TEXT,
    pipeline    TEXT,
    commit_id   TEXT,
    data        TEXT NOT NULL,
    parameters  TEXT NOT NULL,
    metrics     TEXT NOT NULL,
    description TEXT NOT NULL,
    tags        TEXT NOT NULL,
    approvals   TEXT NOT NULL,
    PRIMARY KEY (name, version)
) WITHOUT ROWID;
CREATE INDEX model_versions_run ON model_versions (run_id) WHERE run_id IS NOT NULL;
