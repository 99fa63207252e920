using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Steps;
using Millwright.Features.Encoding;
using Millwright.Features.Fit;
using Millwright.Features.Split;
using Millwright.Features.Sql;

namespace Millwright.Features;

/// <summary>Features: raw columns become a model's vector, by one code path in training and in serving.</summary>
public static class FeaturesModule
{
    /// <summary>Adds the encodings and the actions <c>sql</c>, <c>features</c> and <c>split</c>.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddSingleton<IFeatureEncodings, FeatureEncodings>()
        .AddSingleton<IStepAction, SqlAction>()
        .AddSingleton<IStepAction, FeaturesAction>()
        .AddSingleton<IStepAction, SplitAction>();
}
