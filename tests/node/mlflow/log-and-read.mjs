// Logs a run through the npm client and reads it back; the last line of the output is what was read, as JSON.
import { createRequire } from 'node:module';

const MLflow = createRequire(import.meta.url)('mlflow');
const { Experiments, Runs, Metrics, Artifacts } = new MLflow({ endpoint: process.argv[2] });

const { experiment_id } = await Experiments.create({ name: 'from node' });
const { run } = await Runs.create({ experiment_id, user_id: 'ada', start_time: 1700000000000, tags: [{ key: 'team', value: 'risk' }] });
const run_id = run.info.run_id;
await Runs.logParameter({ run_id, key: 'depth', value: '6' });
for (let step = 0; step < 3; step++) {
  await Runs.logMetric({ run_id, key: 'loss', value: 1 / (step + 1), timestamp: 1700000000000 + step, step });
}
await Runs.logBatch({
  run_id,
  metrics: [{ key: 'auc', value: 0.91, timestamp: 1700000000009, step: 0 }],
  params: [{ key: 'eta', value: '0.1' }],
  tags: [{ key: 'stage', value: 'trial' }],
});
await Runs.setTag({ run_id, key: 'note', value: 'ж☃' });
await Runs.update({ run_id, status: 'FINISHED', end_time: 1700000001000 });

const read = await Runs.get({ run_id });
const history = await Metrics.getHistory({ run_id, metric_key: 'loss' });
const found = await Runs.search({ experiment_ids: [experiment_id], filter: "metrics.auc > 0.9 AND params.depth = '6'", max_results: 10 });
const artifacts = await Artifacts.list({ run_id });
console.log(JSON.stringify({ run: read.run, history: history.metrics, found: found.runs.length, root: artifacts.root_uri }));
