using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies.Detection;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Anomalies;

/// <summary>What was charged on a day in the finest part that is looked at.</summary>
/// <param name="Of">What the figure is.</param>
/// <param name="Keys">The values of the columns, in their order.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Day">The day.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="List">The same at list prices; 0 where nobody tells them.</param>
/// <param name="Charges">How many charges that is; 0 where it is not known.</param>
internal readonly record struct DayFigure(
    SeriesOf Of,
    IReadOnlyList<string?> Keys,
    Currency Currency,
    DateOnly Day,
    decimal Cost,
    decimal List,
    long Charges
);

/// <summary>The cost of every day at every level that is looked at.</summary>
internal sealed class SeriesCube
{
    /// <summary>Which columns say where a charge of use is.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    ["ServiceProviderName", "ServiceName", "SubAccountName", "x_Application"];

    /// <summary>Which say where a commitment is.</summary>
    public static IReadOnlyList<string> ColumnsOfUnused { get; } = ["ServiceProviderName", "CommitmentDiscountId"];

    /// <summary>The lines of commitments that say what nobody used.</summary>
    public static CostFilter Unused { get; } = new("CommitmentDiscountStatus", ["Unused"]);

    /// <summary>Only charges of use that correct nothing.</summary>
    public static IReadOnlyList<CostFilter> UsageOnly { get; } =
    [new("ChargeCategory", ["Usage"]), new("ChargeClass", ["Correction"], Negated: true)];

    /// <summary>Which columns name a level: everything, the provider, and what is inside it.</summary>
    private static readonly int[][] Levels =
    [
        [],
        [0],
        [0, 1],
        [0, 2],
        [0, 3],
        [0, 1, 2, 3],
    ];

    private static readonly int[][] LevelsOfUnused =
    [
        [],
        [0],
        [0, 1],
    ];

    private SeriesCube(DateOnly first, DateOnly through, IReadOnlyList<DaySeries> all)
    {
        First = first;
        Through = through;
        All = all;
    }

    public DateOnly First { get; }

    /// <summary>The newest day that is not provisional, wherever it is.</summary>
    public DateOnly Through { get; }

    public IReadOnlyList<DaySeries> All { get; }

    /// <param name="figures">What was charged; not empty.</param>
    /// <param name="ends">By provider, the day after the last one that is not provisional.</param>
    public static SeriesCube Of(IReadOnlyList<DayFigure> figures, Func<string?, DateOnly> ends)
    {
        var first = figures.Min(one => one.Day);
        var known = figures.Select(one => one.Keys[0]).Distinct().ToDictionary(one => one ?? "", ends);
        var all = new List<DaySeries>();
        foreach (var same in figures.GroupBy(one => (one.Of, one.Currency)))
            all.AddRange(Series([.. same], same.Key.Of, same.Key.Currency, first, known));
        return new SeriesCube(first, known.Values.Max().AddDays(-1), all);
    }

    private static List<DaySeries> Series(
        List<DayFigure> figures,
        SeriesOf of,
        Currency currency,
        DateOnly first,
        Dictionary<string, DateOnly> ends
    )
    {
        var columns = of == SeriesOf.Cost ? Columns : ColumnsOfUnused;
        var levels = of == SeriesOf.Cost ? Levels : LevelsOfUnused;
        var leaves = Leaves(figures, first, ends);
        var byKey = new List<Dictionary<string, DaySeries>>();
        foreach (var level in levels)
        {
            var found = new Dictionary<string, DaySeries>();
            foreach (var same in leaves.GroupBy(leaf => Key(level, leaf.Keys)))
            {
                // Everything is judged up to the day that all providers have reached.
                var days = same.Min(leaf => leaf.Days);
                if (days > 0)
                    found[same.Key] = One([.. same], level, days);
            }
            byKey.Add(found);
        }
        foreach (var part in byKey[^1].Values)
        {
            var keys = part.Place.Select(filter => filter.Values[0]).ToList();
            for (var level = 0; level < levels.Length; level++)
            {
                if (!byKey[level].TryGetValue(Key(levels[level], keys), out var whole))
                    continue;
                whole.Parts.Add(part);
                part.Wholes.Add(whole);
            }
        }
        return [.. byKey.SelectMany(level => level.Values)];

        DaySeries One(List<Leaf> same, int[] level, int days)
        {
            var cost = new decimal[days];
            var list = new decimal[days];
            var charges = new long[days];
            foreach (var leaf in same)
                for (var day = 0; day < days; day++)
                {
                    cost[day] += leaf.Cost[day];
                    list[day] += leaf.List[day];
                    charges[day] += leaf.Charges[day];
                }
            // Less than a cent's ten-thousandth is no figure of a day.
            for (var day = 0; day < days; day++)
                (cost[day], list[day]) = (Rounded(cost[day]), Rounded(list[day]));
            return new DaySeries(
                of,
                [.. level.Select(column => new CostFilter(columns[column], [same[0].Keys[column]]))],
                currency,
                first,
                cost,
                Array.TrueForAll(list, figure => figure == 0) ? [] : list,
                charges
            );
        }
    }

    /// <summary>A finest part: its values, and its cost on the days that are not provisional.</summary>
    private sealed record Leaf(IReadOnlyList<string?> Keys, int Days)
    {
        public decimal[] Cost { get; } = new decimal[Math.Max(0, Days)];

        public decimal[] List { get; } = new decimal[Math.Max(0, Days)];

        public long[] Charges { get; } = new long[Math.Max(0, Days)];
    }

    private static List<Leaf> Leaves(List<DayFigure> figures, DateOnly first, Dictionary<string, DateOnly> ends)
    {
        var leaves = new Dictionary<string, Leaf>();
        foreach (var one in figures)
        {
            var key = Key(one.Keys);
            if (!leaves.TryGetValue(key, out var leaf))
                leaves[key] = leaf = new Leaf(one.Keys, ends[one.Keys[0] ?? ""].DayNumber - first.DayNumber);
            var day = one.Day.DayNumber - first.DayNumber;
            if (day >= leaf.Days)
                continue;
            leaf.Cost[day] += one.Cost;
            leaf.List[day] += one.List;
            leaf.Charges[day] += one.Charges;
        }
        return [.. leaves.Values];
    }

    private static decimal Rounded(decimal figure) => decimal.Round(figure, 6, MidpointRounding.AwayFromZero);

    private static string Key(IReadOnlyList<string?> keys) =>
        string.Join('\u0001', keys.Select(key => key ?? "\u0002"));

    private static string Key(int[] level, IReadOnlyList<string?> keys) =>
        string.Join('\u0001', level.Select(column => keys[column] ?? "\u0002"));
}
