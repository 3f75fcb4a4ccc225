using System.Text.RegularExpressions;

namespace Bursar.Understand.Ingestion;

/// <summary>Text of a rulebook with <c>${NAME}</c> in it, where a variable of the environment belongs.</summary>
internal static partial class EnvironmentText
{
    /// <summary>The names of the variables.</summary>
    public static IReadOnlyList<string> Variables(string text) =>
        [.. Variable().Matches(text).Select(match => match.Groups[1].Value)];

    /// <summary>The text with what the environment says in their place.</summary>
    public static string Filled(string text, Func<string, string> valueOf) =>
        Variable().Replace(text, match => valueOf(match.Groups[1].Value));

    /// <summary>The text with something harmless in place of variables and parts of the month.</summary>
    public static string Blank(string text) => Template().Replace(Variable().Replace(text, "x"), "1");

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Template();
}
