using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Reconciliation.Bridges;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Manage.Strategy;
using Bursar.Quantify.Budgets;
using Bursar.Understand.Allocation;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Understand.Quality;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Understand.Reporting.Pools;
using Bursar.Understand.Unallocated;
using Bursar.Understand.Unallocated.Coverage;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>Asks other capabilities for their figures of a month, each once.</summary>
/// <param name="view">The books.</param>
/// <param name="month">The month.</param>
/// <param name="currency">Amounts in another one are not known here.</param>
/// <param name="hasCharges">Whether any charge falls in the month; of one without, nothing but plans is
/// known.</param>
/// <param name="cancel">Ends the asking.</param>
internal sealed class KpiFigures(
    BooksView view,
    BillingPeriod month,
    Currency currency,
    bool hasCharges,
    CancellationToken cancel
)
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

    private readonly Lazy<StrategyView?> strategy = new(() =>
        view.Rulebook.All<Priority>().Any()
            ? new ReviewPriorities(view, new AskCosts(view))
                .Of(DateRange.Of(month), cancel)
                .FirstOrDefault(one => one.Currency == currency)
            : null
    );

    private readonly KpiForecastFigures forecasts = new(view, month, currency, cancel);

    private readonly KpiAnomalyFigures anomalies = new(view, month, currency, cancel);

    private readonly KpiContractFigures contracts = new(view, month, currency, cancel);

    private readonly KpiValueFigures values = new(view, month, currency, cancel);

    private (KpiSubject Subject, AllocatedCost Cost)? scoped;

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
        if (!hasCharges)
            return (null, $"no charge falls in {month}");
        if (word.StartsWith("allocation-", StringComparison.Ordinal))
            return Allocation(word, subject);
        if (word.StartsWith("benefits-", StringComparison.Ordinal))
            return values.Benefits(word, subject);
        if (!subject.IsAll)
            return (null, "it is known of all cost only");
        return word.Split('-')[0] switch
        {
            "shared" => Shared(word),
            "tags" => Tags(word),
            "trust" => new ScoreTrust(view).Of(null, [], month, cancel).Score is { } score
                ? (Percent(score), null)
                : (null, "nothing could be measured"),
            "freshness" or "sources" => new KpiDataFigures(view, month).Of(word),
            "invoices" => Invoices(word),
            "ledger" => Ledger(word),
            "contracts" or "commitments" => contracts.Of(word),
            "decisions" => values.Decisions(word),
            "limits" => values.Limits(word),
            "unallocated" => Resolved(),
            "anomaly" => anomalies.Of(word),
            "review" => (new KpiReviewFigures(view, month, currency, anomalies, cancel).Of(word), null),
            "deployments" => Deployments(),
            _ => strategy.Value is { } priorities
                ? (word == "strategy-aligned" ? priorities.Aligned : priorities.Total, null)
                : (null, "no kind: Priority is declared"),
        };
    }

    private (Amount?, string?) Allocation(string word, KpiSubject subject)
    {
        var cost = subject.IsAll ? coverage.Value.Newest : CoverageOf(subject);
        if (cost.Total.IsZero)
            return (null, $"no charge of {subject.Words} falls in {month}");
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

    /// <summary>The cost of a scope by how it came to its owners; asked once for all words.</summary>
    private AllocatedCost CoverageOf(KpiSubject subject)
    {
        if (scoped is { } known && known.Subject == subject)
            return known.Cost;
        var field = QueueColumns.Field(null);
        var rows = new AskCosts(view)
            .Answer(
                new CostQuery
                {
                    Measure = ReportSubject.Measure(view),
                    Allocation = view.HasSharedCosts ? CostAllocation.Distributed : CostAllocation.Direct,
                    By = [CostColumns.AllocationType, field],
                    Where = subject.Where,
                    From = month.Start,
                    To = month.End,
                },
                cancel
            )
            .Rows.Where(row => row.Currency == currency)
            .ToLookup(row => MeasureCoverage.WayOf(row.Keys[0], row.Keys[1], null), row => row.Total);
        var cost = new AllocatedCost(
            Sum(rows[AllocationWay.Rules]),
            Sum(rows[AllocationWay.Shared]),
            Sum(rows[AllocationWay.Kept]),
            Sum(rows[AllocationWay.Nobody])
        );
        scoped = (subject, cost);
        return cost;
    }

    private (Amount?, string?) Shared(string word)
    {
        if (word.StartsWith("shared-fixed", StringComparison.Ordinal))
        {
            var divided = pools.Value.Where(pool => pool.Pool.Method == SharedCostMethod.Fixed).ToList();
            return divided.Count == 0
                ? (null, $"no pool that is divided by fixed shares has cost in {month}")
                : (
                    word == "shared-fixed-pools"
                        ? Sum(divided.Select(pool => pool.Cost))
                        : Sum(divided.SelectMany(pool => pool.Parts).Select(part => part.Cost)),
                    null
                );
        }
        return pools.Value.Count == 0
            ? (null, $"no pool of shared cost has cost in {month}")
            : (
                word == "shared-pools"
                    ? Sum(pools.Value.Select(pool => pool.Cost))
                    : Sum(pools.Value.SelectMany(pool => pool.Parts).Select(part => part.Cost)),
                null
            );
    }

    private (Amount?, string?) Tags(string word)
    {
        if (!tags.Value.HasPolicy)
            return (null, "no kind: TagPolicy asks for anything");
        var compliance = tags.Value.Compliance;
        if (word.StartsWith("tags-carbon", StringComparison.Ordinal))
            return compliance.Carbon is null
                ? (null, $"the books hold no carbon of {month} that can be tagged")
                : (word == "tags-carbon-untagged" ? compliance.UntaggedCarbon : compliance.CompliantCarbon, null);
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
                "ledger-billed" => bridge.Value.BilledCost
                    + Sum(
                        bridge.Value.ToInvoiced.Where(one => one.Type == DifferenceType.Tax).Select(one => one.Amount)
                    ),
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

    private (Amount?, string?) Deployments()
    {
        var live = new FindDeployments(view);
        return live.All(null, null, null, cancel).Count == 0
            ? (null, "no deployment is in the books (`bursar deployments add`)")
            : (Amount.From(live.All(month.Start, month.End, null, cancel).Count), null);
    }

    private (Amount?, string?) Resolved()
    {
        var days = QueueHistory
            .Of(view.State)
            .Latest.Where(made => made.Fact.State == QueueState.Resolved && BillingPeriod.Containing(made.Day) == month)
            .Select(made => (decimal)made.Days)
            .ToList();
        return days.Count == 0
            ? (null, $"nothing without an owner was resolved in {month}")
            : (Amount.From(decimal.Round(days.Average(), 6, MidpointRounding.ToEven)), null);
    }

    private static Amount Percent(decimal share) => Amount.From(share * 100);

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
