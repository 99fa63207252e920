// Telco customer churn: raw data to a registered, gated model. The same pipeline as YAML is train.yaml; both make the same model, byte for byte.
using Millwright.Sdk;

var p = Pipeline.Named("train").OnEvent("drift.detected", "model:churn");
var rounds = p.Parameter("rounds", 80);
var depth = p.Parameter("max_depth", 4);
var eta = p.Parameter("eta", 0.1);
var minAuc = p.Parameter("min_auc", 0.80);

var customers = p.Data("data/customers.csv");

// New customers have a blank total: a number that is missing, not a text.
var clean = p.Step("ingest", customers, static (TableFile raw, TableFile clean, StepScope scope) =>
{
    var total = raw.Header().ToList().IndexOf("TotalCharges");
    var rows = clean.Write(raw.Header(), raw.Rows().Select(row => row.Cells.Select((cell, at) => at == total ? cell.Trim() : cell)));
    scope.Log($"{rows} customers");
});

var valid = p.Action("validate", "validate").Input("data", customers).Input("suite", p.File<JsonFile>("expectations/customers.json"));

var features = p.Features(
    "features", clean,
    new FeatureOptions { Label = "Churn", Positive = "Yes", Id = "customerID", Keep = ["gender", "SeniorCitizen"] },
    options: new StepOptions { After = [valid.Handle] });

// By a hash of the id: a customer in the test set stays there when rows are added.
var split = p.Split("split", features.Table, new SplitOptions { Id = "customerID", Test = 0.3, Seed = 7 });

var model = p.Train("train", split.Train, features.Encoding, split.Test, step => step.With("rounds", (Value<int>)rounds).With("max_depth", (Value<int>)depth).With("eta", (Value<double>)eta));

var predictions = p.Predict("predict", model, split.Test);
var metrics = p.Action("evaluate", "evaluate").Input("predictions", predictions).Output<JsonFile>("metrics");
var fairness = p.Action("fairness", "fairness").Input("predictions", predictions)
    .With<string[]>("sensitive", new[] { "gender", "SeniorCitizen" })
    .With<double>("demographic_parity_difference", 0.3)
    .With<double>("equalized_odds_difference", 0.3)
    .Output<JsonFile>("fairness");
var explanation = p.Action("explain", "explain").Input("model", model).Input("table", split.Test).Output<JsonFile>("explanation");

// The champion answers the same customers from their raw rows: its own encoding may differ.
var heldOut = p.Action("heldout", "sql").Input("customers", clean).Input("test", split.Test)
    .With<string>("query", "SELECT customers.* FROM customers SEMI JOIN test USING (customerID) ORDER BY customerID")
    .Output<ParquetFile>("out");
var champion = p.Action("champion", "predict.champion").Input("table", heldOut).With<string>("model", "churn").Output<ParquetFile>("predictions");

var gate = p.Action("gate", "gate")
    .Input("predictions", predictions).Input("champion", champion).Input("fairness", fairness)
    .With<string>("id", "row_id").With<string>("metric", "roc_auc").With("threshold", (Value<double>)minAuc)
    .With<int>("min_samples", 500).With<double>("margin", 0.02)
    .Output<JsonFile>("gate");

var profile = p.Action("profile", "profile").Input("data", clean).Output<JsonFile>("profile");

p.Action("register", "register")
    .Input("model", model).Input("metrics", metrics).Input("gate", gate).Input("fairness", fairness).Input("explanation", explanation).Input("profile", profile)
    .With<string>("name", "churn");

return await p.RunAsync(args);
