using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Planning;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary>Says what carries an anomaly, whose it is, and whether it was planned.</summary>
internal sealed class ExplainAnomaly(BooksView view)
{
    private const int DaysBefore = 28;
    private const decimal WorthNaming = 0.3m;
    private const decimal Most = 0.5m;

    private static readonly string[] Carriers = ["ResourceName", "SkuId", "x_ApiKeyName", "x_Model", "RegionId"];
    private static readonly string[] Owners = ["x_Owner", "x_CostCentre"];

    private readonly AskCosts ask = new(view);
    private readonly CostMeasure measure = ReportSubject.Measure(view);
    private string[]? known;

    public Anomaly Of(Anomaly anomaly, CancellationToken cancel)
    {
        if (anomaly.IsDataDefect)
            return anomaly;
        known ??= Known(cancel);
        var more = More(anomaly, anomaly.Charges, [.. Owners, .. known], measure, cancel);
        var total = more.Sum(row => row.PerDay);
        if (total == 0)
            return anomaly;
        var drivers = known
            .Select((column, i) => Driver(column, more, i + Owners.Length, total))
            .OfType<AnomalyDriver>()
            .ToList();
        var planned = view.Rulebook.All<PlannedEvent>().FirstOrDefault(one => IsOf(one, anomaly, total, cancel));
        return anomaly with
        {
            Drivers = drivers,
            Owner =
                Driver(Owners[0], more, 0, total) is { Value: { } owner, Share: >= Most } ? owner
                : Driver(Owners[1], more, 1, total) is { Value: { } centre, Share: >= Most } ? centre
                : null,
            Because = anomaly.Because ?? Because(anomaly, cancel),
            Event = planned,
            State = planned is null ? AnomalyState.Open : AnomalyState.Planned,
        };
    }

    /// <summary>Whether at least half of it is in charges of these conditions.</summary>
    public bool IsMostlyIn(Anomaly anomaly, IReadOnlyList<CostFilter> where, CancellationToken cancel)
    {
        var total = More(anomaly, anomaly.Charges, [], measure, cancel).Sum(row => row.PerDay);
        return total != 0 && IsMostlyIn(anomaly, where, total, cancel);
    }

    private bool IsMostlyIn(
        Anomaly anomaly,
        IReadOnlyList<CostFilter> where,
        decimal total,
        CancellationToken cancel
    ) => More(anomaly, [.. anomaly.Charges, .. where], [], measure, cancel).Sum(row => row.PerDay) / total >= Most;

    private string[] Known(CancellationToken cancel)
    {
        var columns = view.Star(cancel).Columns;
        return [.. Carriers.Where(column => CostColumns.IsKnown(column, columns))];
    }

    /// <summary>The value that has most of what came in addition, when it is worth naming.</summary>
    private static AnomalyDriver? Driver(
        string column,
        IReadOnlyList<(IReadOnlyList<string?> Keys, decimal PerDay)> more,
        int at,
        decimal total
    )
    {
        var (value, share) = more.GroupBy(row => row.Keys[at])
            .Select(same => (same.Key, Share: same.Sum(row => row.PerDay) / total))
            .MaxBy(one => one.Share);
        return value is null || share < WorthNaming
            ? null
            : new AnomalyDriver(column, value, decimal.Round(Math.Min(share, 1), 4, MidpointRounding.AwayFromZero));
    }

    private bool IsOf(PlannedEvent planned, Anomaly anomaly, decimal total, CancellationToken cancel)
    {
        if (anomaly.Days.Start < planned.From || anomaly.Days.Start >= planned.To)
            return false;
        var where = planned.ChargesIn(view.Rulebook).ToFilters();
        if (where.Count == 0)
            return true;
        return IsMostlyIn(anomaly, where, total, cancel);
    }

    /// <summary>"volume" when at least half of the change is in the quantity, else "price".</summary>
    private string? Because(Anomaly anomaly, CancellationToken cancel)
    {
        var quantities = Ask(anomaly.Charges, [], CostMeasure.ConsumedQuantity, anomaly.Days, null, cancel);
        var before = Ask(anomaly.Charges, [], CostMeasure.ConsumedQuantity, Before(anomaly), null, cancel);
        var cost = Ask(anomaly.Charges, [], measure, Before(anomaly), anomaly.Currency, cancel)
            .Sum(row => row.Total.ToDecimal());
        if (quantities.Count != 1 || before.Count != 1 || before[0].Total <= Amount.Zero || cost <= 0)
            return null;
        var days = (decimal)anomaly.DayCount / DaysBefore;
        var ofQuantity = (quantities[0].Total.ToDecimal() / days / before[0].Total.ToDecimal()) - 1;
        var ofCost = (anomaly.Actual.ToDecimal() / days / cost) - 1;
        return ofCost == 0 ? null
            : ofQuantity / ofCost >= Most ? "volume"
            : "price";
    }

    private static DateRange Before(Anomaly anomaly) =>
        new(anomaly.Days.Start.AddDays(-DaysBefore), anomaly.Days.Start);

    /// <summary>What each has more a day than in the four weeks before.</summary>
    private List<(IReadOnlyList<string?> Keys, decimal PerDay)> More(
        Anomaly anomaly,
        IReadOnlyList<CostFilter> place,
        string[] by,
        CostMeasure asked,
        CancellationToken cancel
    )
    {
        var now = Ask(place, by, asked, anomaly.Days, anomaly.Currency, cancel)
            .Select(row => (row.Keys, PerDay: row.Total.ToDecimal() / anomaly.DayCount));
        // The day of a runaway is not over: what its hours cost so far is no less than a whole day before.
        var before = anomaly.Runaway is not null
            ? []
            : Ask(place, by, asked, Before(anomaly), anomaly.Currency, cancel)
                .Select(row => (row.Keys, PerDay: -row.Total.ToDecimal() / DaysBefore));
        return
        [
            .. now.Concat(before)
                .GroupBy(row => string.Join('\u0001', row.Keys.Select(key => key ?? "\u0002")))
                .Select(same => (same.First().Keys, same.Sum(row => row.PerDay))),
        ];
    }

    private List<CostRow> Ask(
        IReadOnlyList<CostFilter> place,
        string[] by,
        CostMeasure asked,
        DateRange days,
        Currency? currency,
        CancellationToken cancel
    ) =>
        [
            .. ask.Answer(
                    new CostQuery
                    {
                        Measure = asked,
                        By = by,
                        Where = place,
                        From = days.Start,
                        To = days.End,
                    },
                    cancel
                )
                .Rows.Where(row => currency is null || row.Currency == currency),
        ];
}
