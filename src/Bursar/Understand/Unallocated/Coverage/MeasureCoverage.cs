using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated.Coverage;

/// <summary>How cost was allocated up to a month, for a page or a program; null without charges.</summary>
internal delegate Task<CoverageReview?> ReadCoverage(
    CostQuestion question,
    string? field,
    BillingPeriod? period,
    CancellationToken cancellationToken
);

/// <summary>How cost came to its owner.</summary>
internal enum AllocationWay
{
    /// <summary>A rule set the owner.</summary>
    Rules,

    /// <summary>The organisation knows it, from what a rule set.</summary>
    Organisation,

    /// <summary>It is a part of a pool of shared cost.</summary>
    Shared,

    /// <summary>The organisation keeps it.</summary>
    Kept,

    /// <summary>It belongs to nobody.</summary>
    Nobody,
}

/// <summary>One stream of cost: from a provider, in some way, to an owner.</summary>
/// <param name="Provider">Who was paid; null is not said.</param>
/// <param name="Way">How it was allocated.</param>
/// <param name="Field">The shared field that says to whom; of shared cost, what its pool is divided by.</param>
/// <param name="Owner">Its value; null for what is kept or belongs to nobody.</param>
/// <param name="Cost">How much.</param>
internal sealed record CostFlow(string? Provider, AllocationWay Way, string Field, string? Owner, Amount Cost);

/// <summary>How the cost of a month was allocated.</summary>
internal sealed record CoverageMonth(BillingPeriod Month, AllocatedCost Cost);

/// <summary>How much of the cost has an owner, month by month, and how the newest month came to its owners.</summary>
/// <param name="Field">The shared field that says whose cost is.</param>
/// <param name="Measure">Which cost.</param>
/// <param name="Month">The newest of the months.</param>
/// <param name="Currency">The currency that is looked at.</param>
/// <param name="Months">Ascending.</param>
/// <param name="Flows">Of the newest month, largest first; they sum to its total, to the last digit.</param>
/// <param name="Names">What people call the owners.</param>
/// <param name="Others">Cost of the month in other currencies, which is not in the figures.</param>
/// <param name="Query">The question of the newest month.</param>
/// <param name="Notes">What a reader must know.</param>
/// <param name="IsDraft">The rules are not published.</param>
internal sealed record CoverageReview(
    string Field,
    CostMeasure Measure,
    BillingPeriod Month,
    Currency Currency,
    IReadOnlyList<CoverageMonth> Months,
    IReadOnlyList<CostFlow> Flows,
    IReadOnlyDictionary<string, OwnerNames> Names,
    IReadOnlyList<Money> Others,
    CostQuery Query,
    IReadOnlyList<string> Notes,
    bool IsDraft
)
{
    public AllocatedCost Newest => Months[^1].Cost;
}

/// <summary>Measures how much of the cost is owned directly, distributed, kept, or nobody's.</summary>
internal sealed class MeasureCoverage(BooksView view, string field)
{
    /// <summary>So many months are looked back on.</summary>
    private const int MonthsMax = 18;

    private readonly AskCosts ask = new(view);

    /// <param name="asked">The newest month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    public CoverageReview Of(BillingPeriod? asked, CancellationToken cancel)
    {
        var month = asked ?? ReportSubject.NewestWholeMonth(view);
        var question = view.Lens.Over(
            new CostQuery
            {
                Measure = ReportSubject.Measure(view),
                Allocation = view.HasSharedCosts ? CostAllocation.Distributed : CostAllocation.Direct,
                From = month.Start,
                To = month.End,
            }
        );
        var fields = view.Rulebook.Pools().Select(pool => pool.By).Append(field).Distinct().ToList();
        var answer = ask.Answer(
            question with
            {
                By =
                [
                    "ServiceProviderName",
                    CostColumns.AllocationType,
                    CostColumns.SharedCost,
                    field,
                    CostColumns.RuleOf(field),
                    .. fields,
                ],
            },
            cancel
        );
        var pools = view
            .Rulebook.Pools()
            .ToLookup(pool => pool.Name, pool => pool.By)
            .ToDictionary(same => same.Key, same => same.First());
        var main = ReportSubject.MainCurrency(view, answer.Rows);
        var months = ask.Answer(
            question with
            {
                By = [CostColumns.AllocationType, field],
                From = month.Start.AddMonths(1 - MonthsMax),
                Over = TimeGrain.Month,
            },
            cancel
        );
        return new CoverageReview(
            field,
            question.Measure,
            month,
            main,
            Months(months.Rows.Where(row => row.Currency == main), month),
            Flows(answer.Rows.Where(row => row.Currency == main), pools, answer.Query.By),
            fields.ToDictionary(one => one, one => new OwnerNames(view, one)),
            [.. answer.Totals.Where(total => total.Currency != main)],
            question,
            answer.Notes,
            answer.Draft
        );
    }

    /// <summary>How cost came to whom it is shown under.</summary>
    public static AllocationWay WayOf(string? type, string? owner, string? rule) =>
        type is "Central" or "Residual" ? AllocationWay.Kept
        : type == "Distributed" ? AllocationWay.Shared
        : owner is null ? AllocationWay.Nobody
        : rule?.StartsWith("organisation/", StringComparison.Ordinal) == true ? AllocationWay.Organisation
        : AllocationWay.Rules;

    private static List<CoverageMonth> Months(IEnumerable<CostRow> rows, BillingPeriod newest)
    {
        var months = rows.GroupBy(row => BillingPeriod.Containing(row.Period!.Value))
            .OrderBy(same => same.Key.Start)
            .Select(same => new CoverageMonth(same.Key, Cost([.. same])))
            .SkipWhile(month => month.Cost.Total.IsZero)
            .ToList();
        if (months.Count == 0 || months[^1].Month != newest)
            months.Add(new CoverageMonth(newest, Cost([])));
        return months;
    }

    private static AllocatedCost Cost(List<CostRow> rows)
    {
        return new AllocatedCost(
            Of(AllocationWay.Rules),
            Of(AllocationWay.Shared),
            Of(AllocationWay.Kept),
            Of(AllocationWay.Nobody)
        );

        Amount Of(AllocationWay way) =>
            CostGroups.Sum(rows.Where(row => WayOf(row.Keys[0], row.Keys[1], null) == way).Select(row => row.Total));
    }

    private List<CostFlow> Flows(
        IEnumerable<CostRow> rows,
        IReadOnlyDictionary<string, string> pools,
        IReadOnlyList<string> by
    ) =>
        [
            .. rows.GroupBy(row =>
                {
                    var way = WayOf(row.Keys[1], row.Keys[3], row.Keys[4]);
                    // A part of a pool went to whom the pool is divided by, with or without a value of the field.
                    var to =
                        way == AllocationWay.Shared && row.Keys[3] is null && row.Keys[2] is { } pool
                            ? pools.GetValueOrDefault(pool, field)
                            : field;
                    var owner = way == AllocationWay.Kept ? null : row.Keys[IndexOf(by, to)];
                    return (Provider: row.Keys[0], Way: way, Field: to, Owner: owner);
                })
                .Select(same => new CostFlow(
                    same.Key.Provider,
                    same.Key.Way,
                    same.Key.Field,
                    same.Key.Owner,
                    CostGroups.Sum(same.Select(row => row.Total))
                ))
                .Where(flow => !flow.Cost.IsZero)
                .OrderByDescending(flow => flow.Cost)
                .ThenBy(
                    flow => $"{flow.Provider}\u0001{flow.Way}\u0001{flow.Field}\u0001{flow.Owner}",
                    StringComparer.Ordinal
                ),
        ];

    private static int IndexOf(IReadOnlyList<string> by, string column) => by.ToList().IndexOf(column);
}
