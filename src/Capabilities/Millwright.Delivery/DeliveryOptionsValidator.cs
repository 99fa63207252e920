using Microsoft.Extensions.Options;
using Millwright.Delivery.Start;

namespace Millwright.Delivery;

/// <summary>Checks the options at start-up and names every wrong key at once.</summary>
internal sealed class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var wrong = PlanCheck.Errors(options.Steps.Length == 0 ? [100] : options.Steps, options.ToRules())
            .Select(error => $"delivery.{error.Key}: {error.Message}.")
            .ToList();
        if (options.Interval <= TimeSpan.Zero)
        {
            wrong.Add("delivery.interval: must be positive.");
        }

        if (options.VerdictInterval <= TimeSpan.Zero)
        {
            wrong.Add("delivery.verdictInterval: must be positive.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
