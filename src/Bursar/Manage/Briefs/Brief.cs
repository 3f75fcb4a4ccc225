using Bursar.Core.Time;

namespace Bursar.Manage.Briefs;

/// <summary>
/// One page for a leader: what to decide or watch, the money, what it is for, what changed, and how far to trust it.
/// </summary>
public sealed record Brief
{
    /// <summary>The headline: the ask in one line, or the one thing to watch.</summary>
    public required BriefText Title { get; init; }

    /// <summary>For whom, which month, and how new the data is.</summary>
    public required string Byline { get; init; }

    /// <summary>Whose money it is; null when the rulebook does not say.</summary>
    public string? Organisation { get; init; }

    public required BillingPeriod Month { get; init; }

    /// <summary>The newest day with charges.</summary>
    public required DateOnly? DataTo { get; init; }

    /// <summary>True when rules that are not published shaped the figures.</summary>
    public required bool IsDraft { get; init; }

    /// <summary>What is asked for. A brief has one.</summary>
    public required IReadOnlyList<BriefAsk> Asks { get; init; }

    public required IReadOnlyList<BriefSection> Sections { get; init; }

    /// <summary>The journal entry up to which the books were read.</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of that entry.</summary>
    public required string JournalHead { get; init; }

    /// <summary>Every figure, in the order in which it is first read.</summary>
    public IReadOnlyList<BriefFigure> Figures =>
        [.. Texts.SelectMany(text => text.Pieces).Select(piece => piece.Figure).OfType<BriefFigure>().Distinct()];

    /// <summary>Everything that is read on the page, in reading order.</summary>
    public IEnumerable<BriefText> Texts =>
        Asks.SelectMany(ask => ask.Texts).Prepend(Title).Concat(Sections.SelectMany(section => section.Texts));

    /// <summary>The short references of the figures: F1, F2, …</summary>
    public IReadOnlyDictionary<BriefFigure, string> References =>
        Figures.Select((figure, i) => (figure, i)).ToDictionary(pair => pair.figure, pair => $"F{pair.i + 1}");
}

/// <summary>A decision that is asked for, or (without options) the one thing to watch.</summary>
/// <param name="Heading">"The ask", "To watch".</param>
/// <param name="Paragraphs">What is asked, and what happens otherwise.</param>
/// <param name="Options">The choices, as written by who asks.</param>
/// <param name="Closing">What waiting costs, the risk, the owner, when to come back.</param>
/// <param name="IsDecision">True when somebody has to decide, so that there must be choices.</param>
public sealed record BriefAsk(
    string Heading,
    IReadOnlyList<BriefText> Paragraphs,
    IReadOnlyList<BriefLine> Options,
    IReadOnlyList<BriefText> Closing,
    bool IsDecision
)
{
    public IEnumerable<BriefText> Texts =>
        Paragraphs.Concat(Options.SelectMany(option => option.Texts)).Concat(Closing);
}

/// <summary>A part of the page: sentences, and lines of figures below them.</summary>
public sealed record BriefSection(string Heading, IReadOnlyList<BriefText> Paragraphs, IReadOnlyList<BriefLine> Lines)
{
    /// <summary>What is said below the lines.</summary>
    public IReadOnlyList<BriefText> Closing { get; init; } = [];

    public IEnumerable<BriefText> Texts => Paragraphs.Concat(Lines.SelectMany(line => line.Texts)).Concat(Closing);
}

/// <summary>A line with its figure: an option, a priority, a reason.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Figure">How much.</param>
/// <param name="Remark">What to know about it.</param>
/// <param name="Tone">How it is set.</param>
public sealed record BriefLine(
    BriefText Title,
    BriefText Figure,
    BriefText? Remark = null,
    LineTone Tone = LineTone.Plain
)
{
    /// <summary>From the lowest to the highest it may be.</summary>
    public BriefText? Range { get; init; }

    public IEnumerable<BriefText> Texts => new[] { Title, Remark, Figure, Range }.OfType<BriefText>();
}

/// <summary>How a line is set.</summary>
public enum LineTone
{
    Plain,

    /// <summary>The choice that is proposed.</summary>
    Recommended,

    /// <summary>What is left over.</summary>
    Rest,

    /// <summary>The sum of the lines above it.</summary>
    Total,
}
