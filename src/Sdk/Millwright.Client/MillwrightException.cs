using Millwright.Contracts.Problems;

namespace Millwright.Client;

/// <summary>The server answered with a problem, or did not answer.</summary>
public sealed class MillwrightException : Exception
{
    /// <summary>A problem the server reported.</summary>
    public MillwrightException(ProblemDto problem)
        : base(problem.Title) => Problem = problem;

    /// <summary>A server that cannot be reached.</summary>
    public MillwrightException(ProblemDto problem, Exception inner)
        : base(problem.Title, inner) => Problem = problem;

    /// <summary>What is wrong and what to do.</summary>
    public ProblemDto Problem { get; }
}
