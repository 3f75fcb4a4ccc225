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

    /// <summary>The commitment that a lost discount came from.</summary>
    public const string Commitment = "CommitmentDiscountName";

    // Of those that have as much, the first is named.
    private static readonly string[] Carriers = ["ResourceName", "x_ApiKeyName", "x_Model", "RegionId", "SkuId"];
    private const string Delivery = "x_DeliveryId";

    private static readonly string[] Owners = ["x_Owner", "x_CostCentre"];

    private readonly AskCosts ask = new(view);
    private readonly CostMeasure measure = ReportSubject.Measure(view);
    private string[]? known;

    public Anomaly Of(Anomaly anomaly, CancellationToken cancel)
    {
        if (anomaly.IsDataDefect)
            return anomaly with { Drivers = Delivered(anomaly, cancel) };
        known ??= Known(cancel);
        var (more, before) = More(anomaly, anomaly.Charges, [.. Owners, .. known], cancel);
        var total = more.Sum(row => row.PerDay);
        if (total == 0)
            return anomaly;
        List<AnomalyDriver> drivers =
        [
            .. Lapsed(anomaly, cancel),
            .. known.Select((column, i) => Driver(column, more, i + Owners.Length, total)).OfType<AnomalyDriver>(),
        ];
        var planned = view.Rulebook.All<PlannedEvent>().FirstOrDefault(one => IsOf(one, anomaly, total, cancel));
        return anomaly with
        {
            Drivers = drivers,
            Owner =
                Driver(Owners[0], more, 0, total) is { Value: { } owner, Share: >= Most } ? owner
                : Driver(Owners[1], more, 1, total) is { Value: { } centre, Share: >= Most } ? centre
                : null,
            Because = anomaly.Because ?? Because(anomaly, before, cancel),
            Event = planned,
            State = planned is null ? AnomalyState.Open : AnomalyState.Planned,
        };
    }

    /// <summary>
    /// The delivery that brought what is counted twice: the later one where two brought these days, else the only one.
    /// </summary>
    private List<AnomalyDriver> Delivered(Anomaly anomaly, CancellationToken cancel)
    {
        if (anomaly.Kind != AnomalyKind.Doubled)
            return [];
        var rows = Ask(anomaly, anomaly.Charges, [Delivery], measure, cancel).Where(row => row.Now > 0).ToList();
        var total = rows.Sum(row => row.Now);
        return
        [
            .. rows.Where(row => row.Now >= WorthNaming * total)
                .OrderByDescending(row => view.Deliveries.FirstOrDefault(one => one.Id == row.Keys[0])?.CommittedSeq)
                .Take(1)
                .Select(row => new AnomalyDriver(
                    Delivery,
                    row.Keys[0],
                    decimal.Round(row.Now / total, 4, MidpointRounding.AwayFromZero)
                )),
        ];
    }

    /// <summary>The commitment that covered the most of it in the weeks before, and nothing of it now.</summary>
    private IEnumerable<AnomalyDriver> Lapsed(Anomaly anomaly, CancellationToken cancel)
    {
        if (anomaly.Kind != AnomalyKind.LostDiscount || !CostColumns.IsKnown(Commitment, view.Star(cancel).Columns))
            return [];
        var rows = Ask(anomaly, anomaly.Charges, [Commitment], measure, cancel);
        var before = rows.Sum(row => row.Before);
        return rows.Where(row => row.Keys[0] is not null && row.Now == 0 && row.Before >= WorthNaming * before)
            .OrderByDescending(row => row.Before)
            .Take(1)
            .Select(row => new AnomalyDriver(
                Commitment,
                row.Keys[0],
                decimal.Round(row.Before / before, 4, MidpointRounding.AwayFromZero)
            ));
    }

    /// <summary>Whether at least half of it is in charges of these conditions.</summary>
    public bool IsMostlyIn(Anomaly anomaly, IReadOnlyList<CostFilter> where, CancellationToken cancel)
    {
        var total = More(anomaly, anomaly.Charges, [], cancel).More.Sum(row => row.PerDay);
        return total != 0 && IsMostlyIn(anomaly, where, total, cancel);
    }

    private bool IsMostlyIn(
        Anomaly anomaly,
        IReadOnlyList<CostFilter> where,
        decimal total,
        CancellationToken cancel
    ) => More(anomaly, [.. anomaly.Charges, .. where], [], cancel).More.Sum(row => row.PerDay) / total >= Most;

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
    private string? Because(Anomaly anomaly, decimal cost, CancellationToken cancel)
    {
        var rows = Ask(anomaly, anomaly.Charges, [], CostMeasure.ConsumedQuantity, cancel);
        var before = rows.Where(row => row.Before != 0).ToList();
        if (before is not [{ Before: > 0 } usual] || rows.Count(row => row.Now != 0) != 1 || cost <= 0)
            return null;
        var days = (decimal)anomaly.DayCount / DaysBefore;
        var ofQuantity = (rows.Sum(row => row.Now) / days / usual.Before) - 1;
        var ofCost = (anomaly.Actual.ToDecimal() / days / cost) - 1;
        return ofCost == 0 ? null
            : ofQuantity / ofCost >= Most ? "volume"
            : "price";
    }

    /// <summary>What each has more a day than in the four weeks before, and what all cost in these.</summary>
    private (List<(IReadOnlyList<string?> Keys, decimal PerDay)> More, decimal Before) More(
        Anomaly anomaly,
        IReadOnlyList<CostFilter> place,
        string[] by,
        CancellationToken cancel
    )
    {
        var rows = Ask(anomaly, place, by, measure, cancel);
        return (
            [.. rows.Select(row => (row.Keys, (row.Now / anomaly.DayCount) - Usual(row.Before)))],
            rows.Sum(row => row.Before)
        );

        // The day of a runaway is not over: what its hours cost so far is no less than a whole day before.
        decimal Usual(decimal before) => anomaly.Runaway is not null ? 0 : before / DaysBefore;
    }

    /// <summary>By key, and by unit of what is counted: its days, and the four weeks before them.</summary>
    private List<(IReadOnlyList<string?> Keys, decimal Now, decimal Before)> Ask(
        Anomaly anomaly,
        IReadOnlyList<CostFilter> place,
        string[] by,
        CostMeasure asked,
        CancellationToken cancel
    ) =>
        [
            .. ask.Answer(
                    new CostQuery
                    {
                        Measure = asked,
                        By = by,
                        Over = TimeGrain.Day,
                        Where = place,
                        From = anomaly.Days.Start.AddDays(-DaysBefore),
                        To = anomaly.Days.End,
                    },
                    cancel
                )
                .Rows.Where(row => asked.IsQuantity || row.Currency == anomaly.Currency)
                .GroupBy(row =>
                    string.Join('\u0001', row.Keys.Select(key => key ?? "\u0002").Append(row.Currency.Code))
                )
                .Select(same =>
                    (
                        same.First().Keys,
                        Sum(same.Where(row => row.Period >= anomaly.Days.Start)),
                        Sum(same.Where(row => row.Period < anomaly.Days.Start))
                    )
                ),
        ];

    private static decimal Sum(IEnumerable<CostRow> rows) => rows.Sum(row => row.Total.ToDecimal());
}
