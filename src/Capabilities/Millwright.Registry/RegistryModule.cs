using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Steps;
using Millwright.Registry.Alias;
using Millwright.Registry.Approve;
using Millwright.Registry.Catalog;
using Millwright.Registry.Change;
using Millwright.Registry.List;
using Millwright.Registry.Note;
using Millwright.Registry.Promote;
using Millwright.Registry.Register;
using Millwright.Registry.Reject;
using Millwright.Registry.Search;
using Millwright.Registry.Show;
using Millwright.Registry.Tag;

namespace Millwright.Registry;

/// <summary>The registry: versions of models, who approved them, and where they stand.</summary>
public static class RegistryModule
{
    /// <summary>Adds the use cases and the action <c>register</c>; the store comes from a provider.</summary>
    public static IServiceCollection AddRegistry(this IServiceCollection services) => services
        .AddSingleton<RegisterModel>()
        .AddSingleton<ApproveModel>()
        .AddSingleton<RejectModel>()
        .AddSingleton<PromoteModel>()
        .AddSingleton<ListModels>()
        .AddSingleton<ShowModel>()
        .AddSingleton<SetAlias>()
        .AddSingleton<TagModel>()
        .AddSingleton<ChangeModel>()
        .AddSingleton<ChangeVersion>()
        .AddSingleton<NoteVersion>()
        .AddSingleton<LabelStage>()
        .AddSingleton<SearchModels>()
        .AddSingleton<IModelCatalog, ModelCatalog>()
        .AddSingleton<IStepAction, RegisterAction>();
}
