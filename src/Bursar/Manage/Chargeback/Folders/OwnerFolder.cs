using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Manage.Chargeback.Folders;

/// <summary>What something cost in the period and in the one before.</summary>
/// <param name="Keys">What it is: a service; a resource, its service and its account.</param>
/// <param name="Now">In the period.</param>
/// <param name="Before">In the period before.</param>
public sealed record Moved(IReadOnlyList<string> Keys, Amount Now, Amount Before)
{
    public Amount Change => Now - Before;
}

/// <summary>One line of the trend: a service, a pool or the rest, month by month.</summary>
public sealed record TrendLine(string Title, IReadOnlyList<Amount> Costs);

/// <summary>What an owner cost in one currency, month by month: the lines sum to the whole.</summary>
public sealed record OwnerTrend(Currency Currency, IReadOnlyList<BillingPeriod> Months, IReadOnlyList<TrendLine> Lines)
{
    public Amount Total(int month) => StatementMath.Sum(Lines.Select(line => line.Costs[month]));
}

/// <summary>Everything in one currency that moved, and everything that an owner's cost comes from.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Lines">Services, pools, tax and credits, largest movement first; they sum to the statement.</param>
/// <param name="Accounts">Where the owner's own charges are, largest first.</param>
/// <param name="Resources">The costliest resources, and one line for all others.</param>
public sealed record OwnerDetail(
    Currency Currency,
    IReadOnlyList<Moved> Lines,
    IReadOnlyList<Moved> Accounts,
    IReadOnlyList<Moved> Resources
);

/// <summary>All that is written for one owner.</summary>
/// <param name="Statement">The showback statement.</param>
/// <param name="Trends">By currency, the main one first.</param>
/// <param name="Details">By currency, the main one first.</param>
/// <param name="IsMasked">Whether prices are left out.</param>
public sealed record OwnerFolder(
    Statement Statement,
    IReadOnlyList<OwnerTrend> Trends,
    IReadOnlyList<OwnerDetail> Details,
    bool IsMasked
);

/// <summary>The files of an owner's folder: which there are, what they are called, and what each shows.</summary>
internal static class FolderFiles
{
    public const string Stylesheet = "bursar.css";
    public const string Index = "index.html";
    public const string Statement = "statement.html";
    public const string Trend = "trend.html";
    public const string Changes = "changes.html";
    public const string Resources = "resources.html";
    public const string Rows = "rows.csv";

    /// <summary>What is in the navigation, in its order.</summary>
    public static IReadOnlyList<(string File, string Title, string Says)> All { get; } =
    [
        (Index, "Overview", "What it cost, and where to read on."),
        (Statement, "Statement", "Direct use, shared cost, commitments, credits and tax, each in a plain sentence."),
        (Trend, "Trend", "Month by month, by service and pool."),
        (Changes, "What changed", "Against the period before: the reasons, every service, every account."),
        (Resources, "Top resources", "The machines, disks and services that cost most."),
        (Rows, "Rows", "Every row as csv, for a spreadsheet: they sum to the statement."),
    ];
}
