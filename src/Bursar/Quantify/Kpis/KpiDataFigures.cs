using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>How soon the charges of a month were in the books, and how often somebody delivered in it.</summary>
/// <remarks>What a source delivers first is history: it says how long taking it in takes, and not how fresh it
/// is.</remarks>
internal sealed class KpiDataFigures(BooksView view, BillingPeriod month)
{
    /// <summary>Deliveries that follow one another so fast are one update.</summary>
    private static readonly TimeSpan OneUpdate = TimeSpan.FromHours(1);

    private readonly List<List<BookedDelivery>> sources =
    [
        .. view
            .State.Deliveries.Where(booked => booked.Delivery.Dataset == "CostAndUsage")
            .GroupBy(booked => booked.Delivery.Source)
            .Select(same => same.OrderBy(booked => booked.CommittedAt).ToList()),
    ];

    /// <summary>The figure, or why it is not known.</summary>
    public (Amount? Value, string? Why) Of(string word) =>
        word switch
        {
            "freshness-delay-hours" => Median(
                sources.Select(Delay),
                $"no source delivered charges of {month} after its first delivery"
            ),
            "freshness-update-hours" => Median(
                sources.Select(Interval),
                $"no source delivered in {month} after an earlier delivery"
            ),
            "freshness-processing-minutes" => Median(
                sources.Select(Processing),
                $"no delivery of charges of {month} says how long it took"
            ),
            "sources-declared" => (Amount.From(view.Rulebook.All<Source>().Count()), null),
            _ => (Amount.From(view.Rulebook.All<Source>().Count(HasDelivered)), null),
        };

    /// <summary>Hours from the end of a day to the first delivery that reached it.</summary>
    private decimal? Delay(List<BookedDelivery> deliveries)
    {
        var history = deliveries[0].CommittedAt + OneUpdate;
        return Median([
            .. deliveries
                .Where(OfMonth)
                .GroupBy(booked => booked.Delivery.NewestChargeStart!.Value)
                .Select(same => (Day: same.Key, At: same.Min(booked => booked.CommittedAt)))
                .Where(one => one.At > history)
                .Select(one =>
                    Hours(one.At - new DateTimeOffset(one.Day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero))
                ),
        ]);
    }

    /// <summary>Hours between the updates that the month saw.</summary>
    private decimal? Interval(List<BookedDelivery> deliveries)
    {
        var updates = new List<DateTimeOffset>();
        foreach (var at in deliveries.Select(booked => booked.CommittedAt))
            if (updates.Count == 0 || at - updates[^1] >= OneUpdate)
                updates.Add(at);
        return Median([
            .. updates
                .Zip(updates.Skip(1))
                .Where(pair => BillingPeriod.Containing(DateOnly.FromDateTime(pair.Second.UtcDateTime)) == month)
                .Select(pair => Hours(pair.Second - pair.First)),
        ]);
    }

    private decimal? Processing(List<BookedDelivery> deliveries) =>
        deliveries.LastOrDefault(booked => OfMonth(booked) && booked.Delivery.StartedAt is not null) is { } last
            ? Math.Max(0, (last.CommittedAt - last.Delivery.StartedAt!.Value).Ticks / (decimal)TimeSpan.TicksPerMinute)
            : null;

    private bool OfMonth(BookedDelivery booked) =>
        booked.Delivery.NewestChargeStart is { } newest && BillingPeriod.Containing(newest) == month;

    /// <summary>Charges that serve the month, also those paid before; of records, anything by then.</summary>
    private bool HasDelivered(Source source) =>
        view.LiveDeliveries.Any(booked =>
            booked.Delivery.Source == source.Name
            && booked.Delivery.BillingPeriod.Start < month.End
            && (
                booked.Delivery.Dataset != "CostAndUsage"
                || booked.Delivery.BillingPeriod.End > month.Start
                || booked.Delivery.ChargeTo > month.Start
            )
        );

    private static decimal Hours(TimeSpan time) => Math.Max(0, time.Ticks / (decimal)TimeSpan.TicksPerHour);

    /// <summary>The median of the sources: one that is late for a good reason does not hide the others.</summary>
    private static (Amount?, string?) Median(IEnumerable<decimal?> figures, string why) =>
        Median([.. figures.OfType<decimal>()]) is { } median
            ? (Amount.From(decimal.Round(median, 6, MidpointRounding.ToEven)), null)
            : (null, why);

    private static decimal? Median(List<decimal> figures)
    {
        if (figures.Count == 0)
            return null;
        figures.Sort();
        var half = figures.Count / 2;
        return figures.Count % 2 == 1 ? figures[half] : (figures[half - 1] + figures[half]) / 2;
    }
}
