using Bursar.Cli.Output;

namespace Bursar.Manage.Briefs;

/// <summary>
/// The brief as named fields, for programs: every figure with all its digits and the command lines that give it.
/// </summary>
internal static class BriefRecord
{
    public static ResultRecord Of(Brief brief)
    {
        var references = brief.References;
        return ResultRecord.Of(
            ("title", brief.Title.ToString()),
            ("byline", brief.Byline),
            ("organisation", brief.Organisation),
            ("month", brief.Month.ToString()),
            ("dataTo", brief.DataTo),
            ("dataAsOf", brief.DataTo),
            ("draft", brief.IsDraft),
            ("words", BriefRules.WordsIn(brief)),
            (
                "ask",
                brief
                    .Asks.Select(ask => Part(ask.Heading, ask.Paragraphs, ask.Options, ask.Closing, references))
                    .First()
            ),
            (
                "sections",
                brief
                    .Sections.Select(section =>
                        Part(section.Heading, section.Paragraphs, section.Lines, section.Closing, references)
                    )
                    .ToList()
            ),
            ("figures", brief.Figures.Select(figure => Of(figure, references[figure], brief.Sequence)).ToList()),
            ("journalSequence", brief.Sequence),
            ("journalHead", brief.JournalHead)
        );
    }

    private static ResultRecord Part(
        string heading,
        IReadOnlyList<BriefText> paragraphs,
        IReadOnlyList<BriefLine> lines,
        IReadOnlyList<BriefText> closing,
        IReadOnlyDictionary<BriefFigure, string> references
    ) =>
        ResultRecord.Of(
            ("heading", heading),
            ("paragraphs", paragraphs.Select(text => text.ToString()).ToList()),
            (
                "lines",
                lines
                    .Select(line =>
                        ResultRecord.Of(
                            ("title", line.Title.ToString()),
                            ("amount", line.Figure.ToString()),
                            ("remark", line.Remark?.ToString()),
                            ("range", line.Range?.ToString()),
                            (
                                "figure",
                                line.Figure.Pieces.Select(piece => piece.Figure)
                                    .OfType<BriefFigure>()
                                    .Select(figure => references[figure])
                                    .FirstOrDefault()
                            )
                        )
                    )
                    .ToList()
            ),
            ("closing", closing.Select(text => text.ToString()).ToList())
        );

    /// <summary>One figure, opened.</summary>
    public static ResultRecord Of(BriefFigure figure, string reference, long sequence) =>
        ResultRecord.Of(
            ("reference", reference),
            ("text", figure.Text),
            ("meaning", figure.Meaning),
            ("amount", figure.Amount?.Amount),
            ("currency", figure.Amount?.Currency.Code),
            ("share", figure.Share),
            (
                "parts",
                figure
                    .Parts.Select(part =>
                        ResultRecord.Of(
                            ("title", part.Title),
                            ("amount", part.Amount.Amount),
                            ("currency", part.Amount.Currency.Code)
                        )
                    )
                    .ToList()
            ),
            ("commands", BriefCommands.Of(figure, sequence))
        );
}
