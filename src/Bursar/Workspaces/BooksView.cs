using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Workspaces;

/// <summary>The books and the rules of one moment. It never changes; ask as many questions of it as you like.</summary>
/// <param name="workspace">Where the books and the engine are.</param>
/// <param name="state">What was delivered and decided.</param>
/// <param name="rulebook">The rules, as written and as compiled.</param>
/// <param name="rules">Whether these rules are in force.</param>
internal sealed class BooksView(
    Workspace workspace, BooksState state, (Rulebook Rulebook, CompiledAllocation Allocation) rulebook, BooksView.Rules rules)
{
    /// <summary>Where the rules of a view come from.</summary>
    internal enum Rules
    {
        /// <summary>There are none.</summary>
        None,

        /// <summary>They were put in force by <c>bursar publish</c>.</summary>
        Published,

        /// <summary>They are a working copy: every output says DRAFT.</summary>
        Draft,
    }

    public BooksState State => state;

    public Rulebook Rulebook => rulebook.Rulebook;

    public CompiledAllocation Allocation => rulebook.Allocation;

    /// <summary>Whether figures rest on rules that nobody has published.</summary>
    public bool IsDraft => rules == Rules.Draft;

    public TimeProvider Clock => workspace.Clock;

    public BooksOfRecord Books => workspace.Books;

    public DuckDbEngine Engine => workspace.Engine;

    /// <summary>The live deliveries of Cost and Usage.</summary>
    public IReadOnlyList<BookedDelivery> Deliveries { get; } =
        [.. state.LiveDeliveries.Where(delivery => delivery.Delivery.Dataset == "CostAndUsage")];

    /// <summary>The newest day that any live delivery has charges for; null without deliveries. Days still to come are left out.</summary>
    public DateOnly? DataThrough { get; } = state.LiveDeliveries
        .Select(delivery => delivery.Delivery.ChargeTo is { } to && to <= delivery.Delivery.BillingPeriod.End ? to.AddDays(-1) : (DateOnly?)null)
        .Max();

    /// <summary>The files that questions are asked of, proved whole.</summary>
    public StarFiles Star(CancellationToken cancel)
    {
        Books.Trust.Require(Deliveries, cancel);
        return new StarCache(Books, Allocation, Engine).Of(Deliveries, cancel);
    }
}
