namespace Millwright.Web.Layout;

/// <summary>Says that a page shows one kind of subject, so that every mention of such a subject becomes a link to it.</summary>
/// <param name="kind">The subject's kind, such as <c>run</c>.</param>
/// <param name="address">Address in front of the subject's id, such as <c>/runs/</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ShowsSubjectAttribute(string kind, string address) : Attribute
{
    /// <summary>The subject's kind.</summary>
    public string Kind { get; } = kind;

    /// <summary>Address in front of the subject's id.</summary>
    public string Address { get; } = address;
}
