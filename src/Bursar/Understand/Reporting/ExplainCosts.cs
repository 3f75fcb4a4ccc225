using Bursar.Core.Amounts;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Understand.Reporting.Pools;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>A figure opened: by delivery, by rule, down to source rows. Each part sums to the figure.</summary>
/// <param name="Answer">The figure, with everything a reader must know to trust it.</param>
/// <param name="Deliveries">What each delivery holds of it.</param>
/// <param name="Rules">What each allocation rule assigned of it, per shared field.</param>
/// <param name="Conversions">What was billed in each currency, and at which rate it is in the figure.</param>
/// <param name="Shared">What came to it from pools of shared cost; with the rows, it sums to the figure.</param>
/// <param name="Splits">What providers split off before they delivered it, by their method.</param>
/// <param name="Rows">The largest source rows, and how many there are; in the currency they were billed in.</param>
internal sealed record Explanation(
    CostAnswer Answer,
    IReadOnlyList<ExplainedDelivery> Deliveries,
    IReadOnlyList<ExplainedRule> Rules,
    IReadOnlyList<ExplainedRate> Conversions,
    IReadOnlyList<ExplainedShare> Shared,
    IReadOnlyList<ExplainedSplit> Splits,
    RowsView Rows
);

/// <summary>
/// What a provider had split by a method of its own: the parts are charges, the whole is not among them.
/// </summary>
/// <param name="Method">Its AllocatedMethodId.</param>
/// <param name="Cost">The parts.</param>
/// <param name="Receivers">How many resources or workloads they are of.</param>
internal sealed record ExplainedSplit(string Method, Money Cost, int Receivers);

/// <summary>What came to a figure from one pool of shared cost.</summary>
/// <param name="Pool">The name of its kind: SharedCost.</param>
/// <param name="Cost">The part.</param>
/// <param name="Whole">All that the pool held in the same time.</param>
/// <param name="Class">The class of the invoice, of a pool that a log divides; null for all of the pool.</param>
/// <param name="DividedBy">By what the pool is divided, in words.</param>
internal sealed record ExplainedShare(string Pool, Money Cost, Money Whole, string? Class, string? DividedBy);

/// <summary>What one delivery holds of a figure.</summary>
internal sealed record ExplainedDelivery(BookedDelivery Booked, Money Cost, long Charges);

/// <summary>What one rule gave a value of one shared field; a rule of null is what no rule reached.</summary>
internal sealed record ExplainedRule(string Field, string? Rule, Money Cost);

/// <summary>What was billed in a currency on the days of one rate, and what it is in the figure.</summary>
/// <param name="Billed">The sum as billed.</param>
/// <param name="Rate">The rate; null for what is in the currency of the figure already, or has no rate.</param>
/// <param name="Converted">What it is in the figure.</param>
internal sealed record ExplainedRate(Money Billed, ConversionRate? Rate, Money Converted)
{
    /// <summary>
    /// What rounding each day's amount by itself adds to the product of the sum: some units of the 18th decimal.
    /// </summary>
    public Amount Rounding => Converted.Amount - (Rate is null ? Billed.Amount : Billed.Amount.AtRate(Rate.Rate));
}

/// <summary>Opens the answer to a question down to the rows it came from.</summary>
internal sealed class ExplainCosts(BooksView view)
{
    private readonly AskCosts ask = new(view);

    public Explanation Explain(CostQuery asked, int rows, CancellationToken cancel)
    {
        var plain = asked with { By = [], Over = null, Top = null, Split = CostSplit.None, Scopes = [] };
        var answer = ask.Answer(asked with { Over = null, Top = null, Split = CostSplit.None }, cancel);
        return new Explanation(
            StandBehind.With(view, ask.Answer(plain, cancel), cancel) with
            {
                Query = answer.Query,
                Notes = answer.Notes,
                Marks = answer.Marks,
            },
            ByDelivery(plain, cancel),
            [.. Fields(answer.Query).SelectMany(field => ByRule(field, plain, cancel))],
            [.. ByRate(plain, answer.Rates, cancel)],
            [.. ByPool(plain, cancel)],
            BySplit(plain, cancel),
            new ListRows(view).Page(plain with { By = answer.Query.By }, page: 1, rows, cancel)
        );
    }

    private IEnumerable<ExplainedRate> ByRate(
        CostQuery plain,
        IReadOnlyList<ConversionRate> rates,
        CancellationToken cancel
    )
    {
        if (plain.Conversion is null)
            return [];
        var question = ConvertedCosts.Question(plain);
        var billed = ask.Answer(question with { Conversion = null }, cancel)
            .Rows.ToDictionary(row => (row.Currency, row.Period), row => row.Total);
        return from row in ask.Answer(question, cancel).Rows
            let currency = new Currency(row.Keys[0] ?? "")
            let rate = rates.FirstOrDefault(rate =>
                rate.Currency == currency && rate.Start <= row.Period && row.Period < rate.End
            )
            orderby currency, row.Period
            group (Billed: billed[(currency, row.Period)], Converted: row.Total) by (
                currency,
                rate,
                row.Currency
            ) into same
            select new ExplainedRate(
                new Money(CostGroups.Sum(same.Select(part => part.Billed)), same.Key.currency),
                same.Key.rate,
                new Money(CostGroups.Sum(same.Select(part => part.Converted)), same.Key.Currency)
            );
    }

    private IEnumerable<ExplainedShare> ByPool(CostQuery plain, CancellationToken cancel)
    {
        if (plain.Allocation == CostAllocation.Direct || !view.HasSharedCosts)
            return [];
        var pools = view.Rulebook.All<SharedCost>().ToDictionary(pool => pool.Name);
        var known = view.Star(cancel, plain.Structure, plain.Allocation).Columns;
        // What a log divides is divided line by line of the invoice, so it is explained line by line.
        var columns = pools
            .Values.Where(pool => pool.Method == SharedCostMethod.Metered)
            .SelectMany(pool => pool.Within.Keys)
            .Where(column => CostColumns.IsKnown(column, known))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var parts = plain with
        {
            By = [CostColumns.SharedCost, .. columns],
            Where = [.. plain.Where, new CostFilter(CostColumns.AllocationType, ["Direct"], Negated: true)],
        };
        var wholes = Sums(parts with { Where = [] });
        return Sums(parts)
            .Select(one => new ExplainedShare(
                one.Key.Pool,
                new Money(one.Value, one.Key.Currency),
                new Money(wholes[one.Key], one.Key.Currency),
                one.Key.Class,
                pools.TryGetValue(one.Key.Pool, out var pool) ? PoolTables.Driver(pool) : null
            ))
            .OrderByDescending(share => share.Cost.Amount.Abs())
            .ThenBy(share => $"{share.Pool} {share.Class}", StringComparer.Ordinal);

        Dictionary<(string Pool, string? Class, Currency Currency), Amount> Sums(CostQuery query) =>
            ask.Answer(query, cancel)
                .Rows.Where(row => row.Keys[0] is not null)
                .GroupBy(row => (Pool: row.Keys[0]!, Class: ClassOf(row), row.Currency))
                .ToDictionary(same => same.Key, same => CostGroups.Sum(same.Select(row => row.Total)));

        string? ClassOf(CostRow row) =>
            pools.GetValueOrDefault(row.Keys[0]!) is { Method: SharedCostMethod.Metered, Within.Count: > 0 } pool
                ? MeterClasses.Of(
                    pool,
                    WeighPools
                        .WithinOf(pool)
                        .Select(column => columns.IndexOf(column) is >= 0 and var i ? row.Keys[i + 1] : null)
                )
                : null;
    }

    private List<ExplainedSplit> BySplit(CostQuery plain, CancellationToken cancel)
    {
        if (!view.Star(cancel, plain.Structure).Columns.Contains(CostColumns.AllocatedMethod))
            return [];
        var parts = plain with
        {
            By = [CostColumns.AllocatedMethod, "AllocatedResourceId"],
            Where = [.. plain.Where, new CostFilter(CostColumns.AllocatedMethod, [null], Negated: true)],
        };
        return
        [
            .. ask.Answer(parts, cancel)
                .Rows.GroupBy(row => (Method: row.Keys[0]!, row.Currency))
                .OrderBy(same => same.Key.Method, StringComparer.Ordinal)
                .Select(same => new ExplainedSplit(
                    same.Key.Method,
                    new Money(CostGroups.Sum(same.Select(row => row.Total)), same.Key.Currency),
                    same.Select(row => row.Keys[1]).Distinct().Count()
                )),
        ];
    }

    private List<ExplainedDelivery> ByDelivery(CostQuery plain, CancellationToken cancel) =>
        [
            .. ask.Answer(plain with { By = ["x_DeliveryId"] }, cancel)
                .Rows.Select(row => new ExplainedDelivery(
                    view.State.Require(row.Keys[0]!),
                    new Money(row.Cost, row.Currency),
                    row.Charges
                )),
        ];

    /// <summary>The shared fields that the question names, or all of them.</summary>
    private static List<string> Fields(CostQuery query)
    {
        var named = query.By.Concat(query.Where.Select(filter => filter.Column)).ToHashSet();
        var asked = CostColumns
            .SharedFields.Where(field => named.Contains(field) || named.Contains(CostColumns.RuleOf(field)))
            .ToList();
        return asked.Count > 0 ? asked : [.. CostColumns.SharedFields];
    }

    private IEnumerable<ExplainedRule> ByRule(string field, CostQuery plain, CancellationToken cancel) =>
        ask.Answer(plain with { By = [CostColumns.RuleOf(field)] }, cancel)
            .Rows.Select(row => new ExplainedRule(field, row.Keys[0], new Money(row.Cost, row.Currency)));
}
