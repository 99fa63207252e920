using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;

namespace Millwright.Monitoring.Profile;

/// <summary>Step <c>profile</c>: the training data's shape, to go into the model folder and to be held against live traffic.</summary>
internal sealed class ProfileAction(ProfileTable profile) : IStepAction
{
    public string Name => "profile";

    public StepActionShape Shape { get; } = new(
        "Profile a table: per column type, counts, moments, histogram or categories.", "1", ["data"], ["profile"], [])
    {
        FileNames = new Dictionary<string, string> { ["profile"] = ModelFiles.Profile },
    };

    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        if (!(await profile.RunAsync(context.Inputs["data"], ct)).TryGet(out var made, out var problem))
        {
            return problem;
        }

        await File.WriteAllTextAsync(context.Outputs["profile"], ProfileText.Write(made), ct);
        context.Journal.Line($"profiled {made.Rows} rows, {made.Columns.Length} columns");
        return Result.Ok;
    }
}
