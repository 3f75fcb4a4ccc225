using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>How fresh a source is, against what it promises (DAT-09).</summary>
/// <param name="Source">Its name in the books.</param>
/// <param name="DisplayName">The name that people read.</param>
/// <param name="Owner">Who to ask.</param>
/// <param name="DataAsOf">The newest day with a charge.</param>
/// <param name="DataAge">From the end of that day to now.</param>
/// <param name="LastDeliveryAt">When it last delivered.</param>
/// <param name="SinceDelivery">From then to now.</param>
/// <param name="UpdateInterval">The median time between its deliveries.</param>
/// <param name="VisibilityDelay">From the end of the newest charge's day to its delivery.</param>
/// <param name="ProcessingTime">From the start of the command that took it in to its entry in the journal.</param>
/// <param name="PromisedInterval">How long there may be no delivery.</param>
/// <param name="PromisedAge">How old its newest data may be.</param>
public sealed record SourceTimeliness(
    string Source,
    string DisplayName,
    string? Owner,
    DateOnly? DataAsOf,
    TimeSpan? DataAge,
    DateTimeOffset LastDeliveryAt,
    TimeSpan SinceDelivery,
    TimeSpan? UpdateInterval,
    TimeSpan? VisibilityDelay,
    TimeSpan? ProcessingTime,
    TimeSpan? PromisedInterval,
    TimeSpan? PromisedAge
)
{
    /// <summary>Whether the source says how fresh it is to be.</summary>
    public bool IsPromised => PromisedInterval is not null || PromisedAge is not null;

    /// <summary>What is broken of the promise, in words; null when it is kept or there is none.</summary>
    public string? Breach =>
        SinceDelivery > PromisedInterval ? "no delivery in time"
        : DataAge > PromisedAge ? "data too old"
        : null;
}

/// <summary>Measures how fresh each source is, as the books stood at the moment that is asked about.</summary>
internal sealed class MeasureFreshness(BooksView view)
{
    /// <summary>So many deliveries say how often a source delivers.</summary>
    private const int DeliveriesLooked = 20;

    public IReadOnlyList<SourceTimeliness> Sources() =>
        [
            .. view
                .LiveDeliveries.GroupBy(booked => booked.Delivery.Source)
                .Select(group => Of(group.Key, [.. group]))
                .OrderBy(source => source.DisplayName, StringComparer.Ordinal),
        ];

    private SourceTimeliness Of(string name, List<BookedDelivery> live)
    {
        var declared = view.Rulebook.Find<Source>(name);
        var now = view.Clock.GetUtcNow();
        var last = live.MaxBy(booked => booked.CommittedAt)!;
        var newest = live.Where(booked => booked.Delivery.NewestChargeStart is not null)
            .MaxBy(booked => (booked.Delivery.NewestChargeStart, -booked.CommittedSeq));
        var end = newest?.Delivery.NewestChargeStart is { } day
            ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
            : (DateTimeOffset?)null;
        return new SourceTimeliness(
            name,
            declared?.DisplayName ?? name,
            declared?.Owner,
            newest?.Delivery.NewestChargeStart,
            end is null ? null : NotNegative(now - end.Value),
            last.CommittedAt,
            NotNegative(now - last.CommittedAt),
            Interval(name),
            end is null ? null : NotNegative(newest!.CommittedAt - end.Value),
            last.Delivery.StartedAt is { } started ? NotNegative(last.CommittedAt - started) : null,
            declared?.ExpectedEveryHours is { } hours ? TimeSpan.FromHours(hours + declared.GraceHours) : null,
            declared?.FreshWithinHours is { } age ? TimeSpan.FromHours(age) : null
        );
    }

    private TimeSpan? Interval(string source)
    {
        var times = view
            .State.Deliveries.Where(booked => booked.Delivery.Source == source)
            .Select(booked => booked.CommittedAt)
            .Distinct()
            .TakeLast(DeliveriesLooked)
            .ToList();
        var between = times.Skip(1).Zip(times, (later, earlier) => later - earlier).Order().ToList();
        return between.Count == 0 ? null : between[between.Count / 2];
    }

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
