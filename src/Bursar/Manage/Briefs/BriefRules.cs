using System.Text.RegularExpressions;
using Bursar.Core.Diagnostics;

namespace Bursar.Manage.Briefs;

/// <summary>How closely a page is set.</summary>
public enum BriefDensity
{
    Airy,
    Usual,
    Dense,
}

/// <summary>The rules of a brief (EX-EXE-1): one ask, real choices, plain words, one page. What breaks them cannot be issued.</summary>
internal static partial class BriefRules
{
    public const int WordsMax = 450;

    /// <summary>Lines of print that fit on a page, A4 or Letter, as the stylesheet sets it.</summary>
    public const int LinesMax = 68;

    private const int AiryLinesMax = 46;
    private const int UsualLinesMax = 54;
    private const int LettersPerLine = 84;

    /// <summary>Everything that is wrong, each with its reason.</summary>
    public static IReadOnlyList<Diagnostic> Check(Brief brief)
    {
        var found = new List<Diagnostic>();
        if (brief.Asks.Count != 1)
        {
            found.Add(Error("one-ask", $"This brief asks for {brief.Asks.Count} things; a brief asks for one.",
                "Keep the most urgent, and give the others briefs of their own."));
        }
        found.AddRange(brief.Asks.Where(ask => ask.IsDecision).SelectMany(Choices));
        var words = WordsIn(brief);
        if (words > WordsMax)
            found.Add(Error("too-long", $"This brief has {words} words; a leader reads {WordsMax}.", "Shorten the texts of the decision and the outcomes of priorities."));
        if (LinesOf(brief) is > LinesMax and var lines)
            found.Add(Error("two-pages", $"This brief needs about {lines} lines and would not fit on one page of {LinesMax}.", "Leave out options or shorten texts."));
        found.AddRange(BriefTerms.Undefined(brief).Select(term => Error("undefined-term",
            $"\"{term.Term}\" is not a word that every leader knows, and it is not explained.", term.Remedy)));
        return found;
    }

    /// <summary>How closely the page is set, so that it fills one sheet and no more.</summary>
    public static BriefDensity DensityOf(Brief brief) => LinesOf(brief) switch
    {
        <= AiryLinesMax => BriefDensity.Airy,
        <= UsualLinesMax => BriefDensity.Usual,
        _ => BriefDensity.Dense,
    };

    /// <summary>The words that are read on the page.</summary>
    public static int WordsIn(Brief brief) => brief.Texts.Sum(text => Word().Count(text.ToString()))
        + Word().Count(brief.Byline) + brief.Asks.Sum(ask => Word().Count(ask.Heading)) + brief.Sections.Sum(section => Word().Count(section.Heading));

    private static IEnumerable<Diagnostic> Choices(BriefAsk ask)
    {
        if (ask.Options.Count < 2)
        {
            yield return Error("too-few-options", $"An ask has at least two options to choose from; this has {ask.Options.Count}.",
                "Add options to the decision, one of them to do nothing.");
        }
        if (!ask.Options.Any(option => DoNothing().IsMatch(option.Title.ToString())))
            yield return Error("no-do-nothing", "No option says what happens when nothing is done.", "Add an option \"Do nothing\" with what it costs.");
    }

    private static int LinesOf(Brief brief)
    {
        var lines = 3 + Wrapped(brief.Title.ToString(), LettersPerLine / 2);
        foreach (var ask in brief.Asks) lines += Part([.. ask.Paragraphs, .. ask.Closing], ask.Options);
        foreach (var section in brief.Sections) lines += Part([.. section.Paragraphs, .. section.Closing], section.Lines);
        return lines + 3;
    }

    private static int Part(IReadOnlyList<BriefText> paragraphs, IReadOnlyList<BriefLine> lines) =>
        2 + paragraphs.Sum(text => Wrapped(text.ToString(), LettersPerLine))
        + lines.Sum(line => 1 + ((line.Remark?.ToString().Length ?? 0) / (LettersPerLine / 2)));

    private static int Wrapped(string text, int letters) => text.Length == 0 ? 0 : 1 + (text.Length / letters);

    private static Diagnostic Error(string code, string message, string remedy) => new("brief/" + code, Severity.Error, message, remedy);

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}.,’'–-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(do nothing|nothing|wait|stay as we are|as is|status quo|no change)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DoNothing();
}
