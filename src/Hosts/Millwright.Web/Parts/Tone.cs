namespace Millwright.Web.Parts;

/// <summary>How good or bad a fact is.</summary>
public enum Tone
{
    /// <summary>Neither.</summary>
    Quiet,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>To be looked at.</summary>
    Warn,

    /// <summary>Wrong.</summary>
    Bad,

    /// <summary>Under way.</summary>
    Busy,
}
