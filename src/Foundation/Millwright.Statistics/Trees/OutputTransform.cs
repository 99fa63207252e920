namespace Millwright.Statistics.Trees;

/// <summary>How margins become predictions.</summary>
public enum OutputTransform
{
    /// <summary>The margin itself.</summary>
    Identity,

    /// <summary>The logistic function: a probability.</summary>
    Logistic,

    /// <summary>The exponential: a positive rate.</summary>
    Exponential,

    /// <summary>1 above the margin 0, else 0.</summary>
    Hinge,

    /// <summary>Probabilities of the classes.</summary>
    Softmax,
}
