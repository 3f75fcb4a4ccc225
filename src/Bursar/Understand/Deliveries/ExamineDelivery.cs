using Bursar.Core.Time;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>
/// Measures a delivery that is converted and summed, before the books are locked; what it returns judges it when they
/// are. A capability registers its own with <see cref="Capability.DeliveryChecks"/>.
/// </summary>
/// <param name="staged">What came; its daily and allocation files are there.</param>
/// <param name="view">The books as they were when the command began.</param>
/// <param name="session">The engine.</param>
/// <param name="cancel">Ends the measuring.</param>
internal delegate JudgeDelivery ExamineDelivery(
    StagedDelivery staged,
    BooksView view,
    DuckDbSession session,
    CancellationToken cancel
);

/// <summary>Says what is wrong with a delivery. Quick: the books are locked meanwhile.</summary>
/// <param name="replaced">What it is to replace.</param>
/// <param name="isAnew">
/// Whether it is a month delivered anew, so that its totals should be near those it replaces; false where it completes
/// a bill or reads the same files in another way.
/// </param>
/// <param name="state">The books as they are.</param>
internal delegate IReadOnlyList<DeliveryFinding> JudgeDelivery(
    IReadOnlyList<BookedDelivery> replaced,
    bool isAnew,
    BooksState state
);

/// <summary>How far totals are from the invoices that they should tie to: a mark of trust.</summary>
/// <param name="GapRatio">Unexplained difference of the invoiced amount; 0 is none.</param>
/// <param name="Sentence">What was compared, in a sentence.</param>
internal sealed record ReconciliationGap(decimal GapRatio, string Sentence);

/// <summary>
/// Measures the gap between a part of the cost and its invoices; null where there is no invoice to compare with. A
/// capability registers it with <see cref="Capability.ReconciliationGap"/>.
/// </summary>
internal delegate ReconciliationGap? MeasureReconciliationGap(
    BooksView view,
    DateRange period,
    IReadOnlyList<CostFilter> where,
    CancellationToken cancel
);

/// <summary>The checks of all capabilities, one after the other.</summary>
internal static class DeliveryChecks
{
    private static readonly Lazy<IReadOnlyList<ExamineDelivery>> All = new(() =>
        [.. Capabilities.All.SelectMany(capability => capability.DeliveryChecks)]
    );

    /// <summary>Measures for every check; the judgement has the findings of all, blocking ones first.</summary>
    public static JudgeDelivery Examine(
        StagedDelivery staged,
        BooksView view,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var judges = All.Value.Select(examine => examine(staged, view, session, cancel)).ToList();
        return (replaced, isAnew, state) =>
            [.. judges.SelectMany(judge => judge(replaced, isAnew, state)).OrderByDescending(found => found.Severity)];
    }
}
