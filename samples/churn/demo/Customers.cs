using System.Globalization;
using System.Text.Json.Nodes;

namespace Millwright.Demo;

/// <summary>The Telco customers: the first part is the training data, the rest are the live requests that come later.</summary>
internal sealed class Customers
{
    private const int Training = 5000;
    private static readonly string[] Numbers = ["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"];

    private readonly string[] _header;
    private readonly List<string[]> _rows;

    public Customers(string path)
    {
        var lines = File.ReadAllLines(path);
        _header = lines[0].Split(',');
        _rows = [.. lines.Skip(1).Select(line => line.Split(','))];
    }

    /// <summary>Rows that were never trained on.</summary>
    public IReadOnlyList<string[]> Live => [.. _rows.Skip(Training)];

    /// <summary>Live rows of another world: dear month-to-month contracts of new customers.</summary>
    public IReadOnlyList<string[]> Shifted => [.. Live.Where(row => Number(row, "MonthlyCharges") > 70 && Number(row, "tenure") < 30)];

    public void WriteTraining(string path, IEnumerable<string[]>? more = null) =>
        File.WriteAllLines(path, _rows.Take(Training).Concat(more ?? []).Select(row => string.Join(',', row)).Prepend(string.Join(',', _header)));

    /// <summary>A copy with nulls, values out of range, a wrong type and without the column gender.</summary>
    public void WriteBroken(string path)
    {
        var rows = _rows.Take(Training).Select(row => row.ToArray()).ToList();
        for (var index = 0; index < 40; index++)
        {
            rows[index * 7][At("customerID")] = "";
            rows[(index * 11) + 1][At("tenure")] = "999";
        }

        rows[17][At("MonthlyCharges")] = "expensive";
        var drop = At("gender");
        File.WriteAllLines(path, rows.Prepend(_header).Select(row => string.Join(',', row.Where((_, column) => column != drop))));
    }

    /// <summary>1 when the customer left.</summary>
    public int Label(string[] row) => row[At("Churn")] is "Yes" ? 1 : 0;

    /// <summary>Rows as an Open Inference Protocol request.</summary>
    public JsonObject ToInference(IReadOnlyList<string[]> rows) => new()
    {
        ["inputs"] = new JsonArray([.. Features().Select(column => (JsonNode)new JsonObject
        {
            ["name"] = column,
            ["shape"] = new JsonArray(rows.Count),
            ["datatype"] = Numbers.Contains(column) ? "FP64" : "BYTES",
            ["data"] = new JsonArray([.. rows.Select(row => Value(row, column))]),
        })]),
    };

    /// <summary>Rows as MLflow's <c>dataframe_records</c>.</summary>
    public JsonObject ToRecords(IReadOnlyList<string[]> rows) => new()
    {
        ["dataframe_records"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject(Features().Select(column => KeyValuePair.Create(column, Value(row, column)))))]),
    };

    private IEnumerable<string> Features() => _header.Where(column => column is not ("customerID" or "Churn"));

    private JsonNode? Value(string[] row, string column) =>
        !Numbers.Contains(column) ? row[At(column)]
        : double.TryParse(row[At(column)], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private double Number(string[] row, string column) => double.Parse(row[At(column)], CultureInfo.InvariantCulture);

    private int At(string column) => Array.IndexOf(_header, column);
}
