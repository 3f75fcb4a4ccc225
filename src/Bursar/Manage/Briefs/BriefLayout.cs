namespace Bursar.Manage.Briefs;

/// <summary>How closely a page is set.</summary>
public enum BriefDensity
{
    Airy,
    Usual,
    Dense,
}

/// <summary>
/// How high a brief stands on paper, in points, reckoned from the measures of its stylesheet (brief.css) with room to
/// spare.
/// </summary>
internal sealed record BriefLayout
{
    /// <summary>The lower of the two papers: Letter, 11 inches less margins of 14 mm.</summary>
    public const decimal PageHeight = 712m;

    /// <summary>The narrower of the two papers: A4, 210 mm less margins of 15 mm and the column of headings.</summary>
    private const decimal TextWidth = 422m;

    /// <summary>A letter is on average so many times as wide as the type is high.</summary>
    private const decimal LetterWidth = 0.5m;

    /// <summary>A reference takes the room of so many letters.</summary>
    private const int ReferenceLetters = 2;

    private const decimal TitleLineHeight = 24m;
    private const int TitleLetters = 52;
    private const decimal Rule = 0.75m;
    private const decimal ParagraphGap = 5m;
    private const decimal FootHeight = 36m;

    private static readonly BriefLayout Airy = new()
    {
        Size = 10.5m,
        LineHeight = 1.45m,
        Row = 2.2m,
        Part = 8m,
    };
    private static readonly BriefLayout Usual = new()
    {
        Size = 10m,
        LineHeight = 1.4m,
        Row = 1.6m,
        Part = 6m,
    };
    private static readonly BriefLayout Dense = new()
    {
        Size = 9m,
        LineHeight = 1.34m,
        Row = 0.8m,
        Part = 4m,
    };

    private decimal Size { get; init; }

    private decimal LineHeight { get; init; }

    private decimal Row { get; init; }

    private decimal Part { get; init; }

    /// <summary>The widest setting that fits on one page; null when none does.</summary>
    public static BriefDensity? Of(Brief brief)
    {
        if (Airy.HeightOf(brief) <= PageHeight)
            return BriefDensity.Airy;
        if (Usual.HeightOf(brief) <= PageHeight)
            return BriefDensity.Usual;
        return Dense.HeightOf(brief) <= PageHeight ? BriefDensity.Dense : null;
    }

    private int Letters => (int)(TextWidth / (Size * LetterWidth));

    private decimal HeightOf(Brief brief)
    {
        var title = Wrapped(brief.Title, TitleLetters) * TitleLineHeight;
        var height = title + (brief.IsDraft ? 34m : 20m) + FootHeight;
        foreach (var ask in brief.Asks)
            height += PartHeight([.. ask.Paragraphs, .. ask.Closing], ask.Options) + Size;
        foreach (var section in brief.Sections)
            height += PartHeight([.. section.Paragraphs, .. section.Closing], section.Lines);
        return height;
    }

    private decimal PartHeight(IReadOnlyList<BriefText> paragraphs, IReadOnlyList<BriefLine> lines) =>
        (2 * Part)
        + Rule
        + paragraphs.Sum(text => (Wrapped(text, Letters) * Size * LineHeight) + ParagraphGap)
        + lines.Sum(line => (LinesOf(line) * Size * LineHeight) + (2 * Row) + Rule)
        + (lines.Count > 0 ? ParagraphGap : 0);

    /// <summary>The name takes a third of the width and the remark half, or the name all but the amount.</summary>
    private int LinesOf(BriefLine line) =>
        line.Remark is { } remark
            ? Math.Max(Wrapped(line.Title, Letters / 3), Wrapped(remark, Letters * 45 / 100))
            : Wrapped(line.Title, Letters * 80 / 100);

    private static int Wrapped(BriefText text, int letters)
    {
        var length = text.ToString().Length + (ReferenceLetters * text.Pieces.Count(piece => piece.Figure is not null));
        return length == 0 ? 0 : 1 + ((length - 1) / letters);
    }
}
