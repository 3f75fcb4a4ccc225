namespace Bursar.Core.Time;

/// <summary>
/// Days from <see cref="Start"/> (inclusive) to <see cref="End"/> (exclusive), as every range in Bursar and in FOCUS.
/// </summary>
public readonly record struct DateRange
{
    /// <exception cref="ArgumentException">The end lies before the start.</exception>
    public DateRange(DateOnly start, DateOnly end)
    {
        if (end < start)
            throw new ArgumentException(
                $"The range ends ({end:yyyy-MM-dd}) before it starts ({start:yyyy-MM-dd}).",
                nameof(end)
            );
        Start = start;
        End = end;
    }

    public DateOnly Start { get; }

    public DateOnly End { get; }

    public int Days => End.DayNumber - Start.DayNumber;

    public bool Contains(DateOnly day) => day >= Start && day < End;

    public static DateRange Of(BillingPeriod period) => new(period.Start, period.End);

    public override string ToString() => $"[{Start:yyyy-MM-dd}, {End:yyyy-MM-dd})";
}
