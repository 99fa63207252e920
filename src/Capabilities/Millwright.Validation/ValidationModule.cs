using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Steps;
using Millwright.Validation.Expectations;
using Millwright.Validation.Validate;

namespace Millwright.Validation;

/// <summary>Validation: an expectation is a statement about a table that data keeps or breaks; a suite is a list of them.</summary>
public static class ValidationModule
{
    /// <summary>Registers the use case and the step action <c>validate</c>; needs an <c>ITableEngine</c>.</summary>
    public static IServiceCollection AddValidation(this IServiceCollection services) => services
        .AddSingleton<ExpectationCatalogue>()
        .AddSingleton<ValidateTable>()
        .AddSingleton<IStepAction, ValidateStep>();
}
