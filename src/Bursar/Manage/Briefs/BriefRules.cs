using System.Text.RegularExpressions;
using Bursar.Core.Diagnostics;

namespace Bursar.Manage.Briefs;

/// <summary>
/// The rules of a brief (EX-EXE-1): one ask, real choices, plain words, one page. What breaks them cannot be issued.
/// </summary>
internal static partial class BriefRules
{
    public const int WordsMax = 450;

    /// <summary>Everything that is wrong, each with its reason.</summary>
    public static IReadOnlyList<Diagnostic> Check(Brief brief)
    {
        var found = new List<Diagnostic>();
        if (brief.Asks.Count != 1)
        {
            found.Add(
                Wrong(
                    "one-ask",
                    $"This brief asks for {brief.Asks.Count} things; a brief asks for one.",
                    "Keep the most urgent, and give the others briefs of their own."
                )
            );
        }
        found.AddRange(brief.Asks.Where(ask => ask.IsDecision).SelectMany(Choices));
        var words = WordsIn(brief);
        if (words > WordsMax)
            found.Add(
                Wrong(
                    "too-long",
                    $"This brief has {words} words; a leader reads {WordsMax}.",
                    "Shorten the texts of the decision and the outcomes of priorities."
                )
            );
        if (BriefLayout.Of(brief) is null)
            found.Add(
                Wrong("two-pages", "This brief would not fit on one page.", "Leave out options or shorten texts.")
            );
        found.AddRange(
            BriefTerms
                .Undefined(brief)
                .Select(term =>
                    Wrong(
                        "undefined-term",
                        $"\"{term.Term}\" is not a word that every leader knows, and it is not explained.",
                        term.Remedy
                    )
                )
        );
        return found;
    }

    /// <summary>The words that are read on the page.</summary>
    public static int WordsIn(Brief brief) =>
        brief.Texts.Sum(text => Word().Count(text.ToString()))
        + Word().Count(brief.Byline)
        + brief.Asks.Sum(ask => Word().Count(ask.Heading))
        + brief.Sections.Sum(section => Word().Count(section.Heading));

    private static IEnumerable<Diagnostic> Choices(BriefAsk ask)
    {
        if (ask.Options.Count < 2)
        {
            yield return Wrong(
                "too-few-options",
                $"An ask has at least two options to choose from; this has {ask.Options.Count}.",
                "Add options to the decision, one of them to do nothing."
            );
        }
        if (!ask.Options.Any(option => DoNothing().IsMatch(option.Title.ToString())))
            yield return Wrong(
                "no-do-nothing",
                "No option says what happens when nothing is done.",
                "Add an option \"Do nothing\" with what it costs."
            );
    }

    private static Diagnostic Wrong(string code, string message, string remedy) =>
        new("brief/" + code, Severity.Error, message, remedy);

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}.,’'–-]*")]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\b(do nothing|nothing|wait|stay as we are|as is|status quo|no change)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex DoNothing();
}
