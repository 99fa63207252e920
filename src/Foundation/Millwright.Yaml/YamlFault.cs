namespace Millwright.Yaml;

/// <summary>Why a text is no YAML that Millwright reads.</summary>
/// <param name="Line">The line, counted from 1; for a list or map that is never closed the line in which it opens.</param>
/// <param name="Message">What is wrong there, in lower case and without a full stop.</param>
public sealed record YamlFault(int Line, string Message);
