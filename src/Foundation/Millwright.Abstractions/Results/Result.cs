using System.Diagnostics.CodeAnalysis;

namespace Millwright.Abstractions.Results;

/// <summary>A value or the expected failure that stands in its place.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Problem? problem)
    {
        _value = value;
        Problem = problem;
    }

    /// <summary>The failure, or null.</summary>
    public Problem? Problem { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsOk => Problem is null;

    /// <summary>The value; asking a failed result for it is a bug.</summary>
    public T Value => Problem is null
        ? _value!
        : throw new InvalidOperationException($"The result failed: {Problem.Code}: {Problem.Message}");

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps a failure.</summary>
    public static implicit operator Result<T>(Problem problem) => new(default, problem);

    /// <summary>The other result's value, or this failure.</summary>
    public Result<TOther> Then<TOther>(Func<T, Result<TOther>> next) => Problem is null ? next(_value!) : Problem;

    /// <summary>This value mapped, or this failure.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> map) => Problem is null ? map(_value!) : Problem;

    /// <summary>True with the value, or false with the problem.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Problem? problem)
    {
        (value, problem) = (_value, Problem);
        return problem is null;
    }
}

/// <summary>The value of a result that has nothing to say but that it worked.</summary>
public readonly record struct Done
{
    /// <summary>The only value.</summary>
    public static Done Value => default;
}

/// <summary>Helpers to make results where the type is not implied.</summary>
public static class Result
{
    /// <summary>A successful result without a value.</summary>
    public static Result<Done> Ok { get; } = Done.Value;

    /// <summary>A successful result of an interface or other type that has no implicit conversion.</summary>
    public static Result<T> Of<T>(T value) => value;
}
