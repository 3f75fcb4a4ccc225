using System.Text.RegularExpressions;

namespace Bursar.Tests.House;

/// <summary>The codes of diagnostics that the source can give, found in its text.</summary>
/// <remarks>
/// Three ways of writing are known: the whole code ("books/busy"), the last part of it as the argument of Refused,
/// Wrong, Error, Warn or Note in a file (or a folder, for the findings of the rulebook) that puts the area before it,
/// and the same after a record and its key in the check of a rulebook.
/// </remarks>
internal static partial class DiagnosticCodes
{
    private static readonly string[] MediaTypes = ["text", "application", "image", "font"];

    public static IReadOnlyList<string> All() =>
        [.. SourceFile.Product.SelectMany(In).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> In(SourceFile file)
    {
        if (!SpeaksOfMistakes().IsMatch(file.Text))
            yield break;
        var code = string.Join('\n', file.Code.Select(line => line.Text));
        foreach (Match match in WholeCode().Matches(code))
            if (!MediaTypes.Contains(match.Groups[1].Value.Split('/')[0]))
                yield return match.Groups[1].Value;
        var area = AreaBefore().Match(code) is { Success: true } before ? before.Groups[1].Value : "rulebook";
        foreach (Match match in LastPart().Matches(code))
            yield return $"{area}/{match.Groups[1].Value}";
        foreach (Match match in AtKey().Matches(code))
            yield return $"rulebook/{match.Groups[1].Value}";
    }

    [GeneratedRegex("Diagnostic|Severity|Refuse|indings|RefusedFile|FetchException|RulebookCheck")]
    private static partial Regex SpeaksOfMistakes();

    [GeneratedRegex("\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)\"")]
    private static partial Regex WholeCode();

    [GeneratedRegex("\"([a-z]+)/\" \\+ code")]
    private static partial Regex AreaBefore();

    [GeneratedRegex(
        """\b(?:Refused|Wrong|Changed|[\w.]*(?:[fF]indings|check)\.(?:Error|Warn|Note))"""
            + """\(\s*(?:[^";]*?,\s*)?"([a-z]+(?:-[a-z]+)+)","""
    )]
    private static partial Regex LastPart();

    [GeneratedRegex("""\bcheck\.(?:Error|Warn)\(\s*[^,;]*,\s*[^,;]*,\s*"([a-z]+(?:-[a-z]+)+)",""")]
    private static partial Regex AtKey();
}
