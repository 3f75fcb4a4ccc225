using System.Text;
using Bursar.Cli.Help;
using Bursar.Web;

namespace Bursar.Manage.Briefs;

/// <summary>The brief for a terminal or an e-mail: the same words, in lines of a given width.</summary>
internal static class BriefPlainText
{
    private const int Indent = 2;
    private const int ExplanationWidth = 80;

    public static string Write(Brief brief, int width)
    {
        var page = new StringBuilder();
        if (brief.IsDraft)
            page.Append("DRAFT: these figures rest on rules that nobody has published.\n\n");
        Wrap(page, brief.Title.ToString(), width, 0);
        Wrap(page, brief.Byline, width, 0);
        foreach (var ask in brief.Asks)
            Part(page, ask.Heading, ask.Paragraphs, ask.Options, ask.Closing, width);
        foreach (var section in brief.Sections)
            Part(page, section.Heading, section.Paragraphs, section.Lines, section.Closing, width);
        page.Append('\n').Append($"Journal entry {brief.Sequence}\n{brief.JournalHead}\n");
        return page.ToString();
    }

    /// <summary>One figure, opened: command lines stay whole, to be pasted.</summary>
    public static string Write(BriefFigure figure, long sequence)
    {
        var page = new StringBuilder();
        page.Append(figure.Text).Append('\n');
        Wrap(page, figure.Meaning, ExplanationWidth, 0);
        if (figure.Amount is { } exact)
            page.Append($"Exactly {Display.Exact(exact.Amount)} {exact.Currency}\n");
        if (figure.Share is { } share)
            page.Append($"Exactly {share * 100} %\n");
        foreach (var part in figure.Parts)
            page.Append($"  {part.Title}: {Display.Exact(part.Amount.Amount)} {part.Amount.Currency}\n");
        foreach (var command in BriefCommands.Of(figure, sequence))
            page.Append('\n').Append(command).Append('\n');
        return page.ToString();
    }

    private static void Part(
        StringBuilder page,
        string heading,
        IReadOnlyList<BriefText> before,
        IReadOnlyList<BriefLine> lines,
        IReadOnlyList<BriefText> after,
        int width
    )
    {
        page.Append('\n').Append(heading).Append('\n');
        foreach (var text in before)
            Wrap(page, text.ToString(), width, Indent);
        Lines(page, lines, width);
        foreach (var text in after)
            Wrap(page, text.ToString(), width, Indent);
    }

    /// <summary>
    /// Amounts right-aligned in front, so that the eye adds them up; names and remarks wrap beside them.
    /// </summary>
    private static void Lines(StringBuilder page, IReadOnlyList<BriefLine> lines, int width)
    {
        if (lines.Count == 0)
            return;
        var column = lines.Max(line => line.Figure.ToString().Length);
        foreach (var line in lines)
        {
            var text =
                line.Title
                + (line.Remark is { } remark ? $": {remark}" : "")
                + (line.Range is { } range ? $" {range}" : "");
            var start = new string(' ', Indent) + line.Figure.ToString().PadLeft(column) + "  ";
            var wrapped = HelpText.Wrap(text, width - start.Length).ToList();
            for (var i = 0; i < wrapped.Count; i++)
                page.Append((i == 0 ? start : new string(' ', start.Length)) + wrapped[i]).Append('\n');
        }
    }

    private static void Wrap(StringBuilder page, string text, int width, int indent)
    {
        if (text.Length == 0)
            return;
        foreach (var line in HelpText.Wrap(text, width - indent))
            page.Append(' ', indent).Append(line).Append('\n');
    }
}
