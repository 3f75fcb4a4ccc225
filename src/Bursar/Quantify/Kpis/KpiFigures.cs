using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Contracts;
using Bursar.Manage.Reconciliation.Bridges;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Manage.Strategy;
using Bursar.Quantify.Budgets;
using Bursar.Quantify.Forecasts.Commitments;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Quality;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Understand.Reporting.Pools;
using Bursar.Understand.Unallocated;
using Bursar.Understand.Unallocated.Coverage;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>Asks other capabilities for their figures of a month, each once.</summary>
/// <param name="view">The books.</param>
/// <param name="month">The month.</param>
/// <param name="currency">Amounts in another one are not known here.</param>
/// <param name="cancel">Ends the asking.</param>
internal sealed class KpiFigures(BooksView view, BillingPeriod month, Currency currency, CancellationToken cancel)
{
    private readonly Lazy<CoverageReview> coverage = new(() =>
        new MeasureCoverage(view, QueueColumns.Field(null)).Of(month, cancel)
    );

    private readonly Lazy<List<ReviewedPool>> pools = new(() =>
        [
            .. (new ReviewPools(view).Of(month, cancel, withMeters: false)?.Pools ?? []).Where(pool =>
                pool.Currency == currency
            ),
        ]
    );

    private readonly Lazy<TagReport> tags = new(() => new ReportTags(view).Of(month.ToString(), cancel));

    private readonly Lazy<IReadOnlyList<SourceTimeliness>> sources = new(() => new MeasureFreshness(view).Sources());

    private readonly Lazy<List<InvoiceTie>> invoices = new(() =>
        [
            .. TieInvoices
                .Of(view, cancel)
                .Invoices.Where(tie => tie.Period == month && tie.Currency == currency && tie.Total is not null),
        ]
    );

    private readonly Lazy<Bridge?> bridge = new(() =>
        BuildBridge
            .Of(view, BridgeQuestion.Of(month, null, null), cancel)
            .FirstOrDefault(one => one.Currency == currency)
    );

    private readonly Lazy<IReadOnlyList<BudgetStatus>> budgets = new(() =>
        new CheckBudgets(view, new AskCosts(view)).Of(month, cancel)
    );

    private readonly Lazy<List<ReviewedYear>> years = new(() =>
        [
            .. ReviewContracts
                .Of(view, month.End.AddDays(-1), cancel)
                .Where(contract => contract.Currency == currency)
                .SelectMany(contract => contract.Years),
        ]
    );

    private readonly Lazy<StrategyView?> strategy = new(() =>
        view.Rulebook.All<Priority>().Any()
            ? new ReviewPriorities(view, new AskCosts(view))
                .Of(DateRange.Of(month), cancel)
                .FirstOrDefault(one => one.Currency == currency)
            : null
    );

    private readonly KpiForecastFigures forecasts = new(view, month, currency, cancel);

    private readonly KpiAnomalyFigures anomalies = new(view, month, currency, cancel);

    private readonly Lazy<IReadOnlyList<ProjectedCommitment>> commitments = new(() =>
        [
            .. ProjectCommitments
                .PacesOf(view, month.End.AddDays(-1), cancel)
                .Where(one => one.Contract.Currency == currency),
        ]
    );

    /// <summary>A state of the books never changes, nor does what the same rules make of it.</summary>
    private static readonly ConditionalWeakTable<
        BooksState,
        ConcurrentDictionary<string, (Amount? Value, string? Why)>
    > Known = [];

    /// <summary>The figure, or why it is not known.</summary>
    public (Amount? Value, string? Why) Of(string word, KpiSubject subject)
    {
        var known = Known.GetOrCreateValue(view.State);
        var key =
            $"{view.Rulebook.Hash} {view.IsDraft} {view.Today:yyyy-MM-dd} {view.Lens} {month} {currency} {subject.Words} {word}";
        return known.TryGetValue(key, out var found) ? found : known[key] = Worked(word, subject);
    }

    private (Amount? Value, string? Why) Worked(string word, KpiSubject subject)
    {
        if (word.StartsWith("forecast-", StringComparison.Ordinal))
            return forecasts.Of(word, subject);
        if (word.StartsWith("budget-", StringComparison.Ordinal))
            return Budget(word, subject);
        if (word == "days-of-month")
            return (Amount.From(month.Days), null);
        if (word == "days-elapsed")
            return (Amount.From(DaysElapsed), null);
        if (!subject.IsAll)
            return (null, "it is known of all cost only");
        return word.Split('-')[0] switch
        {
            "allocation" => Allocation(word),
            "shared" => Shared(word),
            "tags" => Tags(word),
            "trust" => new ScoreTrust(view).Of(null, [], month, cancel).Score is { } score
                ? (Percent(score), null)
                : (null, "nothing could be measured"),
            "freshness" => Freshness(word),
            "sources" => (Sources(word), null),
            "invoices" => Invoices(word),
            "ledger" => Ledger(word),
            "contracts" => Contracts(word),
            "unallocated" => Resolved(),
            "anomaly" => anomalies.Of(word),
            "commitments" => Commitments(word),
            "review" => (new KpiReviewFigures(view, month, currency, anomalies, cancel).Of(word), null),
            "deployments" => Deployments(),
            _ => strategy.Value is { } priorities
                ? (word == "strategy-aligned" ? priorities.Aligned : priorities.Total, null)
                : (null, "no kind: Priority is declared"),
        };
    }

    private (Amount?, string?) Allocation(string word)
    {
        var cost = coverage.Value.Newest;
        if (cost.Total.IsZero)
            return (null, $"no charge falls in {month}");
        return (
            word switch
            {
                "allocation-direct" => cost.Direct,
                "allocation-distributed" => cost.Distributed,
                "allocation-central" => cost.Central,
                "allocation-unallocated" => cost.Unallocated,
                _ => cost.Total,
            },
            null
        );
    }

    private (Amount?, string?) Shared(string word) =>
        pools.Value.Count == 0
            ? (null, $"no pool of shared cost has cost in {month}")
            : (
                word == "shared-pools"
                    ? Sum(pools.Value.Select(pool => pool.Cost))
                    : Sum(pools.Value.SelectMany(pool => pool.Parts).Select(part => part.Cost)),
                null
            );

    private (Amount?, string?) Tags(string word)
    {
        if (!tags.Value.HasPolicy)
            return (null, "no kind: TagPolicy asks for anything");
        var compliance = tags.Value.Compliance;
        return (
            word switch
            {
                "tags-untagged" => compliance.Untagged,
                "tags-compliant" => compliance.Compliant,
                _ => compliance.Cost.Amount,
            },
            null
        );
    }

    /// <summary>The median of the sources: one that is late for a good reason does not hide the others.</summary>
    private (Amount?, string?) Freshness(string word)
    {
        var times = sources
            .Value.Select(source =>
                word switch
                {
                    "freshness-delay-hours" => source.VisibilityDelay?.Ticks / (decimal)TimeSpan.TicksPerHour,
                    "freshness-update-hours" => source.UpdateInterval?.Ticks / (decimal)TimeSpan.TicksPerHour,
                    _ => source.ProcessingTime?.Ticks / (decimal)TimeSpan.TicksPerMinute,
                }
            )
            .OfType<decimal>()
            .Order()
            .ToList();
        if (times.Count == 0)
            return (null, "no source has delivered often enough");
        var half = times.Count / 2;
        var median = times.Count % 2 == 1 ? times[half] : (times[half - 1] + times[half]) / 2;
        return (Amount.From(decimal.Round(median, 6, MidpointRounding.ToEven)), null);
    }

    private Amount Sources(string word) =>
        Amount.From(
            word == "sources-declared"
                ? view.Rulebook.All<Source>().Count()
                : view
                    .Rulebook.All<Source>()
                    .Count(source => view.LiveDeliveries.Any(booked => booked.Delivery.Source == source.Name))
        );

    private (Amount?, string?) Invoices(string word)
    {
        if (invoices.Value.Count == 0)
            return (null, $"the books hold no invoice of {month} in {currency}");
        return (
            Sum(
                invoices.Value.Select(tie =>
                    word switch
                    {
                        "invoices-billed" => tie.Billed,
                        "invoices-unknown" => (tie.Unknown ?? Amount.Zero).Abs(),
                        _ => tie.Total!.Value,
                    }
                )
            ),
            null
        );
    }

    private int DaysElapsed =>
        ReportSubject.DataThrough(view) is { } last && last < month.End.AddDays(-1) && last >= month.Start
            ? last.Day
            : month.Days;

    private (Amount?, string?) Ledger(string word) =>
        bridge.Value?.Ledger is not { } ledger ? (null, $"the books hold no ledger lines of the invoices of {month}")
        : ledger.Currency != currency ? (null, $"the ledger is in {ledger.Currency}, the cost in {currency}")
        : word == "ledger-accrued" && ledger.Accrued is null ? (null, $"nothing was accrued for {month}")
        : (
            word switch
            {
                "ledger-accrued" => ledger.Accrued,
                "ledger-expected" => ledger.Expected,
                _ => ledger.Booked,
            },
            null
        );

    private (Amount?, string?) Budget(string word, KpiSubject subject)
    {
        var budget = budgets.Value.FirstOrDefault(status =>
            status.Currency == currency
            && (subject.IsAll ? status.IsForEverything : subject.Scope is { } scope && status.Budget.Scope == scope)
        );
        return budget is null
            ? (null, $"no budget of {subject.Words} speaks of {month} in {currency}")
            : (word == "budget-amount" ? budget.Amount : budget.Spent, null);
    }

    private (Amount?, string?) Contracts(string word)
    {
        var last = month.End.AddDays(-1);
        if (years.Value.Count == 0)
            return (null, $"no contract in {currency} is declared or delivered");
        var open = years
            .Value.Where(year => year.To > last)
            .Select(year =>
                (Left: Left(year), Months: Math.Max(0, ((year.To.Year - last.Year) * 12) + year.To.Month - last.Month))
            )
            .ToList();
        var outstanding = Sum(open.Select(year => year.Left));
        return word switch
        {
            "contracts-outstanding" => (outstanding, null),
            "contracts-shortfall" => (
                Sum(
                    years
                        .Value.Where(year =>
                            year.From <= last && year.To > last.AddYears(-1) && year.Settled is not null
                        )
                        .Select(year => year.Settled!.Shortfall)
                ),
                null
            ),
            _ => outstanding.IsZero
                ? (null, "nothing is promised any more")
                : (Amount.From(Sum(open.Select(year => year.Left.Times(year.Months))).ShareOf(outstanding) ?? 0), null),
        };
    }

    /// <summary>What goes beyond one promise makes up for no other.</summary>
    private (Amount?, string?) Commitments(string word) =>
        commitments.Value.Count == 0
            ? (null, $"no promise that charges count towards runs in {month}")
            : (
                Sum(
                    commitments.Value.Select(one =>
                        word == "commitments-promised"
                            ? one.Committed
                            : Amount.From(Math.Min(one.Pace.Projected, one.Committed.ToDecimal()))
                    )
                ),
                null
            );

    private (Amount?, string?) Deployments()
    {
        var live = new FindDeployments(view);
        return live.All(null, null, null, cancel).Count == 0
            ? (null, "no deployment is in the books (`bursar deployments add`)")
            : (Amount.From(live.All(month.Start, month.End, null, cancel).Count), null);
    }

    private static Amount Left(ReviewedYear year)
    {
        var left = year.Committed - (year.Settled?.Counted ?? Amount.Zero);
        return left > Amount.Zero ? left : Amount.Zero;
    }

    private (Amount?, string?) Resolved()
    {
        var days = QueueHistory
            .Of(view.State)
            .Latest.Where(made => made.Fact.State == QueueState.Resolved)
            .Select(made => (decimal)made.Days)
            .ToList();
        return days.Count == 0
            ? (null, "nothing without an owner was resolved yet")
            : (Amount.From(decimal.Round(days.Average(), 6, MidpointRounding.ToEven)), null);
    }

    private static Amount Percent(decimal share) => Amount.From(share * 100);

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
