-- What clients say of a version's origin besides its run.
ALTER TABLE model_versions ADD COLUMN run_link TEXT NOT NULL DEFAULT '';
ALTER TABLE model_versions ADD COLUMN logged_model TEXT NOT NULL DEFAULT '';
