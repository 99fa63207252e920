namespace Millwright.Features.Tests;

/// <summary>A small table with every kind of column: numbers, a missing number, texts, a label.</summary>
internal static class Customers
{
    public static string Write(string folder, int rows = 40)
    {
        var path = Path.Combine(folder, "customers.csv");
        string[] contracts = ["Month-to-month", "One year", "Two year, paid \"up front\""];
        File.WriteAllLines(path, Enumerable.Range(0, rows)
            .Select(row => $"c{row},{row % 72},{(row % 7 == 3 ? "" : (row * 1.25).ToString())},\"{contracts[row % 3].Replace("\"", "\"\"")}\",{(row % 2 == 0 ? "Female" : "Male")},{(row % 4 == 0 ? "Yes" : "No")}")
            .Prepend("id,tenure,charges,contract,gender,churn"));
        return path;
    }
}
