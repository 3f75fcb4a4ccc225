using Bursar.Cli;
using Bursar.Understand.Deliveries;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar;

/// <summary>The four domains of the FinOps Framework, and what all of them stand on.</summary>
internal enum Wing
{
    /// <summary>The rulebook, the demo company, the pages: neither asks nor answers a question of its own.</summary>
    Foundations,
    Understand,
    Quantify,
    Optimize,
    Manage,
}

/// <summary>The headings of the navigation, in its order.</summary>
internal enum PageGroup
{
    /// <summary>Above all headings: the page that everybody opens first.</summary>
    Home,
    Understand,
    Quantify,

    /// <summary>What closes the month: invoices, the way to the ledger, what is paid ahead or promised.</summary>
    Finance,
    Manage,
}

/// <summary>A place in the navigation of the pages.</summary>
/// <param name="Title">The word to click ("Explore").</param>
/// <param name="Path">Its address ("/explore").</param>
/// <param name="Group">The heading it stands under.</param>
internal sealed record PageEntry(string Title, string Path, PageGroup Group);

/// <summary>One question that Bursar answers, and the doors through which it is asked.</summary>
internal abstract class Capability
{
    /// <summary>The capability's name in the FinOps Framework 2026 ("Reporting &amp; Analytics").</summary>
    public abstract string Name { get; }

    public abstract Wing Wing { get; }

    /// <summary>Its commands.</summary>
    public virtual IEnumerable<ShellCommand> Commands(Shell shell) => [];

    /// <summary>Its part of the REST API; the group's prefix is /api/v1.</summary>
    public virtual void Map(IEndpointRouteBuilder routes) { }

    /// <summary>What it looks at when files are delivered.</summary>
    public virtual IEnumerable<ExamineDelivery> DeliveryChecks => [];

    /// <summary>How it measures the gap to the invoices, when that is its question.</summary>
    public virtual MeasureReconciliationGap? ReconciliationGap => null;

    /// <summary>
    /// How far the documents behind an answer are settled, to be shown beside it; null when it has nothing to say.
    /// </summary>
    public virtual AnswerStanding? StandingOf(BooksView view, CostQuery query, CancellationToken cancel) => null;

    /// <summary>Its pages, in the order of the navigation.</summary>
    public virtual IReadOnlyList<PageEntry> Pages => [];
}
