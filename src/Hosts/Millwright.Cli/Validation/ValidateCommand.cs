using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Cli.Commands;
using Millwright.DuckDb;
using Millwright.Validation.Expectations;
using Millwright.Validation.Results;
using Millwright.Validation.Validate;

namespace Millwright.Cli.Validation;

/// <summary><c>mw validate</c>; needs no project and no server.</summary>
internal static class ValidateCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build(CliContext cli)
    {
        var suite = new Argument<string>("suite") { Description = "The suite: a Great Expectations JSON file, 0.x or 1.x." };
        var files = new Argument<string[]>("files") { Description = "The tables: CSV, Parquet or JSON lines.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--result-format")
        {
            Description = "How much the result says: BOOLEAN_ONLY, BASIC, SUMMARY or COMPLETE.", DefaultValueFactory = _ => "SUMMARY", HelpName = "F",
        };
        var parameters = new Option<string[]>("--parameter") { Description = "A value of the suite's $PARAMETER expressions; may be repeated.", HelpName = "NAME=VALUE" };
        return new CliCommand(
            "validate", "Validate tables against a suite of expectations.",
            "mw validate expectations/customers.json data/customers.csv",
            "mw validate expectations/customers.json data/*.parquet --result-format COMPLETE --json")
        {
            suite, files, format, parameters,
        }.OnRun(cli, async (args, ct) =>
        {
            if (!ResultFormat.Parse(args.GetValue(format)!).TryGet(out var asked, out var problem)
                || !Parameters(args.GetValue(parameters) ?? []).TryGet(out var values, out problem))
                return cli.Fail(problem);
            using var tables = new DuckDbTables();
            _ = tables.WarmUpAsync();
            var validate = new ValidateTable(tables, new ExpectationCatalogue(), cli.Clock);
            var results = new List<ValidationResult>();
            foreach (var file in args.GetValue(files)!)
            {
                var request = new ValidateRequest(args.GetValue(suite)!, file, asked with { OnlyBroken = !cli.Json }) { Parameters = values };
                if (!(await validate.RunAsync(request, ct)).TryGet(out var result, out problem))
                    return cli.Fail(problem);
                results.Add(result);
            }

            Show(cli, results);
            return results.TrueForAll(result => result.IsValid) ? ExitCode.Done : ExitCode.No;
        });
    }

    private static void Show(CliContext cli, List<ValidationResult> results)
    {
        if (cli.Json)
        {
            var document = results is [var only]
                ? only.ToJson()
                : new JsonObject { ["success"] = results.TrueForAll(result => result.IsValid), ["validations"] = new JsonArray([.. results.Select(result => result.ToJson())]) };
            cli.Screen.Line(document.ToJsonString(Readable));
            return;
        }

        foreach (var result in results)
        {
            var broken = result.Broken.ToList();
            var verdict = broken.Count == 0 ? cli.Screen.Good("valid") : cli.Screen.Bad("not valid");
            cli.Screen.Line($"{cli.Screen.Bold(result.Path)}: {verdict}, {result.Expectations.Count - broken.Count} of {result.Expectations.Count} expectations met, {result.Rows} rows");
            foreach (var expectation in broken)
                cli.Screen.Line($"  {cli.Screen.Bad("broken")} {BrokenExpectation.Describe(expectation)}");
        }
    }

    /// <summary>Reads <c>NAME=VALUE</c>; a value that is a number is one, everything else is text.</summary>
    private static Result<JsonObject> Parameters(IEnumerable<string> given)
    {
        var values = new JsonObject();
        foreach (var pair in given)
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value])
                return new Problem("validate.parameter", $"'{pair}' is not NAME=VALUE.", "Write for example --parameter limit=10.");
            values[name] = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : value;
        }

        return values;
    }
}
