using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>One group of an answer in one currency: its total, its figure in each period, and what it was in the
/// earlier period.</summary>
/// <param name="Keys">The values of the By columns; null is "no value".</param>
/// <param name="IsOther">True for the row that sums up everything below the largest groups.</param>
/// <param name="Cost">The measure, without the parts that are split off.</param>
/// <param name="Tax">Its tax, when split off.</param>
/// <param name="Credits">Its credits, when split off.</param>
/// <param name="ByPeriod">The whole measure by the start of each period.</param>
/// <param name="Before">The whole measure in the earlier period, when compared.</param>
internal sealed record CostGroup(
    IReadOnlyList<string?> Keys,
    bool IsOther,
    Amount Cost,
    Amount Tax,
    Amount Credits,
    IReadOnlyDictionary<DateOnly, Amount> ByPeriod,
    Amount? Before
)
{
    public Amount Total => Cost + Tax + Credits;
}

/// <summary>The groups of one currency, largest first as answered, with their periods in order.</summary>
internal sealed record CostGroups(
    Currency Currency,
    IReadOnlyList<DateOnly> Periods,
    IReadOnlyList<CostGroup> Groups,
    Amount? Before
)
{
    /// <summary>What an answer calls the groups below the largest ones.</summary>
    public const string Other = "(other)";

    public Amount Total => Sum(Groups.Select(group => group.Total));

    /// <summary>The groups of every currency of an answer; currencies are never added.</summary>
    public static IReadOnlyList<CostGroups> Of(ExploreView view) =>
        [.. view.Answer.Totals.Select(total => Of(view, total.Currency))];

    public static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);

    private static CostGroups Of(ExploreView view, Currency currency)
    {
        var rows = view.Answer.Rows.Where(row => row.Currency == currency).ToArray();
        var earlier = view
            .Compared?.Rows.Where(row => row.Currency == currency)
            .ToDictionary(row => Key(row.Keys), row => row.Total);
        var groups = rows.GroupBy(row => Key(row.Keys))
            .Select(group => Group(view, group.Key, [.. group], earlier))
            .ToArray();
        // What moved away altogether shows where it was.
        if (
            view.Question.Compare == Comparison.Structure
            && view.Compared is { } asWas
            && !Array.Exists(groups, group => group.IsOther)
        )
            groups = [.. groups, .. Gone(groups, asWas.Rows.Where(row => row.Currency == currency))];
        var before = earlier is null ? (Amount?)null : Sum(earlier.Values);
        var other = Array.FindIndex(groups, group => group.IsOther);
        if (other >= 0 && before is { } whole)
        {
            var named = Sum(groups.Where(group => !group.IsOther).Select(group => group.Before ?? Amount.Zero));
            groups[other] = groups[other] with { Before = whole - named };
        }
        var periods = rows.Where(row => row.Period is not null)
            .Select(row => row.Period!.Value)
            .Distinct()
            .Order()
            .ToArray();
        return new CostGroups(currency, periods, groups, before);
    }

    private static CostGroup Group(ExploreView view, string key, CostRow[] rows, Dictionary<string, Amount>? earlier)
    {
        var keys = rows[0].Keys;
        var isOther = view.Answer.Query.Top is not null && keys.Count > 0 && keys[0] == Other;
        var byPeriod = rows.Where(row => row.Period is not null)
            .ToDictionary(row => row.Period!.Value, row => row.Total);
        return new CostGroup(
            keys,
            isOther,
            Sum(rows.Select(row => row.Cost)),
            Sum(rows.Select(row => row.Tax)),
            Sum(rows.Select(row => row.Credits)),
            byPeriod,
            earlier is null ? null : earlier.GetValueOrDefault(key)
        );
    }

    private static IEnumerable<CostGroup> Gone(CostGroup[] groups, IEnumerable<CostRow> asWas)
    {
        var shown = groups.Select(group => Key(group.Keys)).ToHashSet();
        return asWas
            .Where(row => !shown.Contains(Key(row.Keys)))
            .Select(row => new CostGroup(
                row.Keys,
                IsOther: false,
                default,
                default,
                default,
                new Dictionary<DateOnly, Amount>(),
                row.Total
            ));
    }

    /// <summary>One text per set of keys; "no value" differs from an empty value.</summary>
    private static string Key(IReadOnlyList<string?> keys) =>
        string.Join('\u001f', keys.Select(key => key ?? "\u0000"));
}
