using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Anomalies;
using Bursar.Understand.Anomalies.Alerts;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>What was odd in a month: what it cost, how soon it was told and mended, how many of the alerts were
/// right.</summary>
/// <remarks>An anomaly belongs to the month of its first day; defects of the data are none of spend.</remarks>
internal sealed class KpiAnomalyFigures(
    BooksView view,
    BillingPeriod month,
    Currency currency,
    CancellationToken cancel
)
{
    private const int HoursADay = 24;

    private readonly Lazy<List<Anomaly>> items = new(() =>
        [.. Found(view, month, cancel).Where(one => one.Currency == currency)]
    );

    private readonly IReadOnlyList<MadeAlert> alerts = MadeAlert.Of(view.State);

    private readonly AnomalyHistory history = AnomalyHistory.Of(view.State);

    /// <summary>What was said last of each that began in the month.</summary>
    private IReadOnlyList<MadeAnomalyDecision> Decisions =>
        [.. history.Latest.Where(made => BillingPeriod.Containing(made.Fact.Since) == month)];

    /// <summary>The anomalies of spend that began in the month.</summary>
    public IReadOnlyList<Anomaly> Items => items.Value;

    /// <summary>The figure, or why it is not known.</summary>
    public (Amount? Value, string? Why) Of(string word) =>
        word switch
        {
            "anomaly-true" => Decided(AnomalyCategory.True),
            "anomaly-false" => Decided(AnomalyCategory.False),
            "anomaly-missed" => Decided(AnomalyCategory.Missed),
            "anomaly-excess-per-day" or "anomaly-days-avoided" => Avoided(word),
            "anomaly-count" => (Amount.From(Items.Count), null),
            "anomaly-automated" => Automated(),
            "anomaly-cost-of-ai" => (Sum(OfAi().Select(one => one.Excess)), null),
            _ when Items.Count == 0 => (null, $"nothing odd began in {month}"),
            "anomaly-actual" => (Sum(Items.Select(one => one.Actual)), null),
            "anomaly-expected" => (Sum(Items.Select(one => one.Expected)), null),
            "anomaly-detect-hours" => (Mean([.. Items.Select(HoursToDetect)]), null),
            "anomaly-notify-hours" => Mean(
                [.. Items.Select(one => Hours(Told(one), First(one))).OfType<decimal>()],
                $"no message went out about what began in {month}"
            ),
            _ => Mean(
                [.. Items.Select(one => Hours(First(one) ?? Told(one), Resolved(one))).OfType<decimal>()],
                $"nothing that began in {month} was resolved"
            ),
        };

    private static IEnumerable<Anomaly> Found(BooksView view, BillingPeriod month, CancellationToken cancel)
    {
        // What everybody asks is known; only an older month is looked at by itself.
        var find = new FindAnomalies(view);
        var review = find.Of(null, cancel);
        if (review is not null && review.Since > month.Start)
            review = find.Of(month.Start, cancel);
        return (review?.Items ?? []).Where(one =>
            !one.IsDataDefect && BillingPeriod.Containing(one.Days.Start) == month
        );
    }

    /// <summary>Those whose place or cause is a service of AI, or the category itself.</summary>
    private IEnumerable<Anomaly> OfAi()
    {
        var services = new AskCosts(view)
            .Answer(
                new CostQuery
                {
                    By = ["ServiceName"],
                    From = month.Start,
                    To = month.End,
                    Where = [new CostFilter("ServiceCategory", ["AI and Machine Learning"])],
                },
                cancel
            )
            .Rows.Select(row => row.Keys[0])
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        return Items.Where(one =>
            one.Excess > Amount.Zero
            && one.Place.Any(place => place.Values.Any(value => services.Contains(value ?? "")))
        );
    }

    private (Amount?, string?) Decided(AnomalyCategory category) =>
        Decisions.Any(made => made.Fact.As is not null)
            ? (Amount.From(Decisions.Count(made => made.Fact.As == category)), null)
            : (null, $"nobody has said of anything that began in {month} what it was (`bursar anomalies resolve`)");

    /// <summary>What true ones cost a day, and the days that were spared: their product is what was avoided.</summary>
    private (Amount?, string?) Avoided(string word)
    {
        var mended = Decisions
            .Where(made =>
                made.Fact is { As: AnomalyCategory.True }
                && made.Fact.PerDay > Amount.Zero
                && made.Fact.Currency == currency.Code
            )
            .Select(made => (PerDay: made.Fact.PerDay.ToDecimal(), Days: history.DaysSpared(made)))
            .ToList();
        if (mended.Count == 0)
            return (null, $"nothing that began in {month} was resolved as true");
        var perDay = mended.Sum(one => one.PerDay);
        return (
            Amount.From(word == "anomaly-excess-per-day" ? perDay : mended.Sum(one => one.PerDay * one.Days) / perDay),
            null
        );
    }

    private (Amount?, string?) Automated() =>
        !view.Rulebook.All<Alert>().Any()
            ? (null, "no kind: Alert says who hears of anomalies")
            : (Amount.From(Items.Count(one => First(one) is not null)), null);

    /// <summary>From its beginning to the end of what told it: a runaway's first hour, else a day.</summary>
    private static decimal HoursToDetect(Anomaly one) =>
        one.Runaway is not null ? 1 : (one.ToldOn.DayNumber - one.Days.Start.DayNumber + 1) * HoursADay;

    /// <summary>The end of the hour or day whose charges told.</summary>
    private static DateTimeOffset Told(Anomaly one) =>
        one.Runaway is { } runaway
            ? new(runaway.Start.AddHours(1), TimeSpan.Zero)
            : new(one.ToldOn.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private DateTimeOffset? First(Anomaly one) => alerts.FirstOrDefault(alert => alert.IsOf(one))?.At;

    private static DateTimeOffset? Resolved(Anomaly one) => one.Decision is { Fact.As: not null } made ? made.At : null;

    private static decimal? Hours(DateTimeOffset from, DateTimeOffset? to) =>
        to is { } end ? Math.Max(0, (end - from).Ticks / (decimal)TimeSpan.TicksPerHour) : null;

    private static (Amount?, string?) Mean(List<decimal> times, string why) =>
        times.Count == 0 ? (null, why) : (Mean(times), null);

    private static Amount Mean(List<decimal> times) =>
        Amount.From(decimal.Round(times.Average(), 6, MidpointRounding.ToEven));

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
