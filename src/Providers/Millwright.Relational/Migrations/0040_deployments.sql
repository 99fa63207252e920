-- Deployments and the verdicts on them. A model has one live deployment and one rollout under way at most.
CREATE TABLE deployments (
    id               TEXT PRIMARY KEY,
    model            TEXT NOT NULL,
    version          INTEGER NOT NULL,
    plan             TEXT NOT NULL,
    actor            TEXT NOT NULL,
    started          TEXT NOT NULL,
    state            TEXT NOT NULL,
    step             INTEGER NOT NULL,
    step_started     TEXT NOT NULL,
    ended            TEXT,
    champion         TEXT,
    champion_version INTEGER,
    forced           INTEGER NOT NULL,
    reason           TEXT NOT NULL,
    outcome          TEXT NOT NULL,
    revision         INTEGER NOT NULL
);
CREATE INDEX deployments_model ON deployments (model, id);
CREATE UNIQUE INDEX deployments_one_live ON deployments (model) WHERE state = 'live';
CREATE UNIQUE INDEX deployments_one_rolling ON deployments (model) WHERE state = 'rolling';

CREATE TABLE deployment_verdicts (
    deployment TEXT NOT NULL REFERENCES deployments (id),
    number     INTEGER NOT NULL,
    at         TEXT NOT NULL,
    step       INTEGER NOT NULL,
    share      INTEGER NOT NULL,
    verdict    TEXT NOT NULL,
    PRIMARY KEY (deployment, number)
);
