using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Steps;
using Millwright.XGBoost.Model;
using Millwright.XGBoost.Training;

namespace Millwright.XGBoost;

/// <summary>Gradient boosted trees: training by the native library, prediction from its JSON without it.</summary>
public static class XGBoostModule
{
    /// <summary>Adds the action <c>xgboost.train</c>, the model format <c>xgboost</c> and its explainer.</summary>
    public static IServiceCollection AddXGBoost(this IServiceCollection services) => services
        .AddSingleton<IStepAction, TrainAction>()
        .AddSingleton<IModelFormat, XGBoostFormat>()
        .AddSingleton<IModelExplainer, XGBoostExplainer>();
}
