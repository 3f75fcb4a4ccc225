using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Allocation;

/// <summary>
/// Finds the rules that would explain the most cost without a cost centre: spellings of tags, accounts, groups and
/// names.
/// </summary>
/// <remarks>
/// Tax and credits are left out. Every amount is an answer of the books; the order is by amount, then by name.
/// </remarks>
internal sealed class SuggestRules(BooksView view, CostMeasure measure)
{
    /// <summary>The shared field that the suggested rules set first of all.</summary>
    public const string Field = "x_CostCentre";

    /// <summary>The suggestions, the largest first.</summary>
    /// <param name="period">The period whose cost is looked at.</param>
    /// <param name="main">The currency by which they are ordered.</param>
    /// <param name="cancel">Ends the asking.</param>
    public IReadOnlyList<RuleSuggestion> Find(DateRange period, Currency main, CancellationToken cancel)
    {
        var star = view.Star(cancel);
        using var session = view.Engine.Connect();
        var ask = new UnownedCost(star, session, period, measure, cancel);
        var found = new SuggestTagSpellings(view.Rulebook, ask)
            .Find()
            .Concat(new SuggestPlaces(view.Rulebook, ask).Find());
        return
        [
            .. found
                .Where(suggestion => suggestion.Explains.Any(money => money.Amount > Amount.Zero))
                .OrderByDescending(suggestion => suggestion.In(main).Times(suggestion.IsLastResort ? 0.5m : 1m))
                .ThenByDescending(suggestion => suggestion.IsReady)
                .ThenBy(suggestion => suggestion.Name, StringComparer.Ordinal),
        ];
    }
}

/// <summary>Asks for cost by a column, with and without the shared field that is looked for.</summary>
internal sealed class UnownedCost(
    StarFiles star,
    DuckDbSession session,
    DateRange period,
    CostMeasure measure,
    CancellationToken cancel
)
{
    /// <summary>The question for cost of a part, tax and credits left out.</summary>
    public CostQuery Question(IReadOnlyList<string> by, params CostFilter[] where) =>
        new()
        {
            Measure = measure,
            By = by,
            Where = where,
            From = period.Start,
            To = period.End,
            Split = CostSplit.Tax | CostSplit.Credits,
        };

    /// <summary>Cost that has no value in the field.</summary>
    public static CostFilter IsUnowned { get; } = new(SuggestRules.Field, [null]);

    public bool Has(string column) => star.Columns.Contains(column);

    /// <summary>Columns of the deliveries that name resource groups.</summary>
    public IEnumerable<string> ResourceGroupColumns =>
        star
            .Columns.Where(column =>
                column.EndsWith("ResourceGroupName", StringComparison.OrdinalIgnoreCase)
                || column.EndsWith("ResourceGroup", StringComparison.OrdinalIgnoreCase)
            )
            .Order(StringComparer.Ordinal);

    public IReadOnlyList<CostRow> Rows(CostQuery query) => AskCost.Of(query, star, session, cancel).Rows;

    public IReadOnlyList<CostRow> Rows(IReadOnlyList<string> by, params CostFilter[] where) =>
        Rows(Question(by, where));

    /// <summary>Sums without tax and credits, by currency.</summary>
    public static IReadOnlyList<Money> Sums(IEnumerable<CostRow> rows) =>
        [
            .. rows.GroupBy(row => row.Currency)
                .Select(same => new Money(same.Aggregate(Amount.Zero, (sum, row) => sum + row.Cost), same.Key))
                .OrderBy(money => money.Currency),
        ];
}
