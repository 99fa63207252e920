using System.Globalization;
using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Statistics.Trees;

namespace Millwright.XGBoost.Model;

/// <summary>Reads XGBoost's JSON model (1.x and later) of tree boosters into a <see cref="TreeEnsemble"/>, without the native library.</summary>
public static class XGBoostJson
{
    /// <summary>Reads a model file; anything else is a problem that names the file and what was found.</summary>
    public static Result<TreeEnsemble> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem("model.unreadable", $"The model {path} cannot be read: {failure.Message}", "Check the path and its permissions.", ProblemKind.NotFound);
        }
    }

    /// <summary>Parses UTF-8 text; <paramref name="name"/> is what problems call it.</summary>
    public static Result<TreeEnsemble> Parse(ReadOnlyMemory<byte> utf8, string name)
    {
        if (utf8.Length >= 2 && utf8.Span[0] == '{' && utf8.Span[1] is (byte)'L' or (byte)'i' or (byte)'U')
        {
            return NotAModel(name, "it is in XGBoost's binary UBJSON format.");
        }

        try
        {
            using var json = JsonDocument.Parse(utf8);
            return Ensemble(json.RootElement);
        }
        catch (JsonException failure)
        {
            var problem = NotAModel(name, "it is not JSON.");
            return problem.With([new ProblemDetail(failure.Message, name, (int)(failure.LineNumber ?? 0) + 1)]);
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException or OverflowException)
        {
            return NotAModel(name, failure.Message);
        }
    }

    private static Problem NotAModel(string name, string found) => new(
        "model.malformed", $"{name} is not an XGBoost JSON model: {found}", "Save the model with Booster.save_model(\"model.json\") of a gbtree or dart booster.");

    private static TreeEnsemble Ensemble(JsonElement root)
    {
        var learner = Member(root, "learner");
        var shape = Member(learner, "learner_model_param");
        var features = (int)Number(shape, "num_feature");
        var objective = Member(Member(learner, "objective"), "name").GetString() ?? "";
        var (transform, margin) = Objective(objective);
        var outputs = Math.Max(1, Math.Max(Optional(shape, "num_class"), Optional(shape, "num_target")));
        var booster = Member(learner, "gradient_booster");
        var kind = Member(booster, "name").GetString();
        var model = kind switch
        {
            "gbtree" => Member(booster, "model"),
            "dart" => Member(Member(booster, "gbtree"), "model"),
            _ => throw new FormatException($"its booster is '{kind}', not gbtree or dart."),
        };
        var weights = kind == "dart" ? Floats(booster, "weight_drop") : null;
        var owners = Ints(model, "tree_info");
        var trees = Member(model, "trees");
        if (trees.GetArrayLength() != owners.Length || (weights is not null && weights.Length != owners.Length))
        {
            throw new FormatException($"it has {trees.GetArrayLength()} trees, but tree_info or weight_drop speaks of {owners.Length}.");
        }

        var parsed = trees.EnumerateArray().Select((tree, index) => Tree(tree, index, owners[index], features, outputs, weights?[index] ?? 1)).ToArray();
        var baseMargin = new float[outputs];
        Array.Fill(baseMargin, margin(BaseScore(shape)));
        return new TreeEnsemble(features, baseMargin, transform, parsed);
    }

    private static Tree Tree(JsonElement json, int index, int output, int features, int outputs, float weight)
    {
        if (json.TryGetProperty("split_type", out var types) && types.EnumerateArray().Any(type => type.GetInt32() != 0))
        {
            throw new FormatException($"tree {index} splits on categories, which is not supported; encode categories as numbers.");
        }

        var tree = new Tree
        {
            Output = output,
            Left = Ints(json, "left_children"),
            Right = Ints(json, "right_children"),
            Feature = Ints(json, "split_indices"),
            Threshold = Floats(json, "split_conditions"),
            DefaultLeft = [.. Member(json, "default_left").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.GetInt32() != 0))],
            Cover = Floats(json, "sum_hessian"),
        };
        if (tree.FindFault(features, outputs) is { } fault)
        {
            throw new FormatException($"tree {index} is broken: {fault}");
        }

        for (var node = 0; weight != 1 && node < tree.Left.Length; node++)
        {
            tree.Threshold[node] *= tree.Left[node] == -1 ? weight : 1;
        }

        return tree;
    }

    // How margins become predictions, and how base_score, which is in the space of predictions, becomes a margin.
    private static (OutputTransform Transform, Func<float, float> Margin) Objective(string name) => name switch
    {
        "binary:logistic" or "reg:logistic" => (OutputTransform.Logistic, Logit),
        "binary:logitraw" => (OutputTransform.Identity, Logit),
        "binary:hinge" => (OutputTransform.Hinge, score => score),
        "multi:softprob" => (OutputTransform.Softmax, score => score),
        "count:poisson" or "reg:gamma" or "reg:tweedie" or "survival:cox" => (OutputTransform.Exponential, MathF.Log),
        _ when name.StartsWith("rank:", StringComparison.Ordinal) => (OutputTransform.Identity, score => score),
        "reg:squarederror" or "reg:squaredlogerror" or "reg:pseudohubererror" or "reg:absoluteerror" or "reg:quantileerror" => (OutputTransform.Identity, score => score),
        "multi:softmax" => throw new FormatException("its objective is multi:softmax, which answers classes without probabilities; train with multi:softprob."),
        _ => throw new FormatException($"its objective '{name}' is not supported."),
    };

    private static float Logit(float score) => score is > 0 and < 1
        ? -MathF.Log(1 / score - 1)
        : throw new FormatException($"its base_score {score} is not between 0 and 1, as a logistic objective needs.");

    private static float BaseScore(JsonElement shape)
    {
        // Later versions write a list; one value in it holds for every output.
        var text = (Member(shape, "base_score").GetString() ?? "").Trim('[', ']');
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && float.IsFinite(score)
            ? score
            : throw new FormatException($"its base_score '{text}' is not one number.");
    }

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member)
            ? member
            : throw new FormatException($"it has no '{name}'.");

    private static long Number(JsonElement json, string name) =>
        long.TryParse(Member(json, name).GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= int.MaxValue
            ? value
            : throw new FormatException($"its '{name}' is not a count.");

    private static int Optional(JsonElement json, string name) => json.TryGetProperty(name, out _) ? (int)Number(json, name) : 0;

    private static int[] Ints(JsonElement json, string name) => [.. Member(json, name).EnumerateArray().Select(value => value.GetInt32())];

    private static float[] Floats(JsonElement json, string name) => [.. Member(json, name).EnumerateArray().Select(value => value.GetSingle())];
}
