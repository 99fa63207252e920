-- Events that arrived from elsewhere under an id of their own, so that each is appended once however often it is delivered.
CREATE TABLE ledger_imports (
    id  TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
) WITHOUT ROWID;
