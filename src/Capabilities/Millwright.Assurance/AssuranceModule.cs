using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Steps;
using Millwright.Abstractions.Tables;
using Millwright.Assurance.Evaluate;
using Millwright.Assurance.Explain;
using Millwright.Assurance.Fairness;
using Millwright.Assurance.Gate;

namespace Millwright.Assurance;

/// <summary>Assurance: what is known about a model before it may go on, and the gate that decides.</summary>
public static class AssuranceModule
{
    /// <summary>Adds the use cases and the actions <c>evaluate</c>, <c>fairness</c>, <c>explain</c> and <c>gate</c>; tables, encodings and explainer come from elsewhere.</summary>
    public static IServiceCollection AddAssurance(this IServiceCollection services) => services
        .AddSingleton<EvaluateClassifier>()
        .AddSingleton<AssessFairness>()
        .AddSingleton<ExplainModel>()
        .AddSingleton(provider => new DecideGate(provider.GetRequiredService<ITableEngine>()))
        .AddSingleton<IStepAction, EvaluateAction>()
        .AddSingleton<IStepAction, FairnessAction>()
        .AddSingleton<IStepAction, ExplainAction>()
        .AddSingleton<IStepAction, GateAction>();
}
