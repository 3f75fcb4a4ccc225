using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Manage.Audit.Issued;

/// <summary>A figure, and the document or message it left the books in.</summary>
/// <param name="Id">The document, or the digest and its period.</param>
/// <param name="Kind">"brief", "statement", "digest".</param>
/// <param name="Seq">The journal entry that says it was issued.</param>
/// <param name="At">When.</param>
/// <param name="Figure">The figure.</param>
internal sealed record FigureIssued(string Id, string Kind, long Seq, DateTimeOffset At, IssuedFigure Figure);

/// <summary>Why two reports of the same thing say different amounts.</summary>
internal enum DifferenceCause
{
    /// <summary>More, or corrected, data had arrived.</summary>
    Timing,

    /// <summary>Another rulebook was in force.</summary>
    Rules,

    /// <summary>Another cost: billed or effective; with or without tax or credits.</summary>
    Measure,

    /// <summary>Charges were put into periods in another way: the days they serve, or the billing period.</summary>
    Grain,

    /// <summary>Shared cost was divided in one of them only.</summary>
    SharedCost,

    /// <summary>One of them was restated to another structure.</summary>
    Structure,

    /// <summary>Other rates of exchange.</summary>
    Rates,

    /// <summary>What none of these explains.</summary>
    Unknown,
}

/// <summary>One cause of a difference, and how much of it.</summary>
/// <param name="Cause">What made it.</param>
/// <param name="Amount">How much.</param>
/// <param name="Says">The same in a plain sentence.</param>
internal sealed record CausePart(DifferenceCause Cause, Amount Amount, string Says);

/// <summary>Two issued figures of the same scope and period that differ; the causes sum to the difference.</summary>
internal sealed record IssuedDifference(
    string Scope,
    string Period,
    Currency Currency,
    FigureIssued First,
    FigureIssued Second,
    IReadOnlyList<CausePart> Causes
)
{
    public Amount Difference => Second.Figure.Amount - First.Figure.Amount;
}
