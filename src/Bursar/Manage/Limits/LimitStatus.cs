using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Limits;

/// <summary>Where a limit stands, from harmless to used up.</summary>
internal enum LimitState
{
    Ok,

    /// <summary>Much of it is spent.</summary>
    Soft,

    /// <summary>An hour of the last day was too fast.</summary>
    Tripwire,

    /// <summary>Nearly all of it is spent, or will be before anybody can act.</summary>
    Hard,

    /// <summary>Nothing is left.</summary>
    Exhausted,
}

/// <summary>The finest time that charges tell.</summary>
internal enum FinestTime
{
    Hour,
    Day,
}

/// <summary>What an hour came to; of charges of whole days, a twenty-fourth.</summary>
/// <param name="Hour">When it begins, UTC.</param>
/// <param name="Amount">What it came to.</param>
internal readonly record struct HourFigure(DateTime Hour, decimal Amount);

/// <summary>Hours one after the other that were too fast.</summary>
/// <param name="Start">When the first begins.</param>
/// <param name="End">When the last ends.</param>
/// <param name="Amount">What they came to.</param>
/// <param name="Peak">The fastest of them.</param>
internal sealed record FastHours(DateTime Start, DateTime End, decimal Amount, decimal Peak);

/// <summary>A limit of money or of a quantity, and what was used of it.</summary>
/// <param name="Unit">The currency, or the unit.</param>
/// <param name="Cap">How much may be used in the period, with the override in force.</param>
/// <param name="Spent">What was used so far.</param>
/// <param name="PeriodHours">How many hours the period has.</param>
/// <param name="Tripwire">What an hour may come to at most; null without one.</param>
/// <param name="LastHour">What the newest hour came to.</param>
/// <param name="Hours">Hour by hour, up to the newest one, for ninety days.</param>
/// <param name="Fast">Hours of the period that were too fast, oldest first.</param>
internal sealed record LimitGauge(
    Currency Unit,
    Amount Cap,
    Amount Spent,
    int PeriodHours,
    decimal? Tripwire,
    decimal LastHour,
    IReadOnlyList<HourFigure> Hours,
    IReadOnlyList<FastHours> Fast
)
{
    public Amount Remaining => Cap - Spent;

    public decimal? UsedShare => Spent.ShareOf(Cap);

    /// <summary>What an hour may come to for the amount to last.</summary>
    public decimal Pace => VelocityMath.Pace(Cap.ToDecimal(), PeriodHours);

    /// <summary>How long the rest lasts if it goes on as in the newest hour; null when nothing is used.</summary>
    public decimal? HoursLeft => VelocityMath.HoursLeft(Remaining.ToDecimal(), LastHour);

    /// <summary>The fastest hour seen; null without any.</summary>
    public HourFigure? Peak =>
        Hours.Where(one => one.Amount > 0).Select(one => (HourFigure?)one).MaxBy(one => one!.Value.Amount);
}

/// <summary>A limit as it stands with the newest charges.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Key">Of a limit for each value, which value.</param>
/// <param name="Period">The days of the period.</param>
/// <param name="Until">When the newest hour ends, UTC.</param>
/// <param name="Finest">The finest time that its charges tell.</param>
/// <param name="Money">What it limits in money.</param>
/// <param name="State">Where it stands.</param>
internal sealed record LimitStatus(
    SpendLimit Limit,
    string? Key,
    DateRange Period,
    DateTime Until,
    FinestTime Finest,
    LimitGauge Money,
    LimitState State
)
{
    /// <summary>What it limits in tokens or requests.</summary>
    public LimitGauge? Quantity { get; init; }

    /// <summary>The override in force.</summary>
    public MadeOverride? Override { get; init; }

    /// <summary>Which part of the last week's cost is told by the day or longer, from 0 to 1.</summary>
    public decimal ByDayShare { get; init; }

    /// <summary>The rates that charges in other currencies count at, each on its days; the newest last.</summary>
    public IReadOnlyList<ConversionRate> Rates { get; init; } = [];

    /// <summary>What its charges came to in other currencies without a rate, which are never added.</summary>
    public IReadOnlyList<RateGap> NotCounted { get; init; } = [];

    /// <summary>What it cannot count for want of a rate.</summary>
    public IEnumerable<Diagnostic> MissingRates =>
        NotCounted.Select(gap => new Diagnostic(
            "limits/no-rate",
            Severity.Warning,
            $"The limit {Name} cannot count all of its charges. {gap.Says}",
            RateGap.Remedy
        ));

    /// <summary>Its charges.</summary>
    public required IReadOnlyList<CostFilter> Charges { get; init; }

    public required CostMeasure Measure { get; init; }

    /// <summary>"claims-triage-agent"; of a limit for each key, "keys/claims-summary".</summary>
    public string Name => Key is null ? Limit.Name : $"{Limit.Name}/{Key}";

    public string Title => Key is null ? Limit.Title : $"{Limit.Title}: {Key}";

    public bool IsBreached => State >= LimitState.Tripwire;

    /// <summary>When nothing is left, if it goes on as in the newest hour; null when the period ends before.</summary>
    public DateTime? ExhaustedAt =>
        Money.HoursLeft is { } left
        && left < LimitTimes.Hours(Period)
        && Until.AddMinutes((int)(left * 60)) is var then
        && then < LimitTimes.Midnight(Period.End)
            ? then
            : null;

    /// <summary>Hours of the last day of charges that were too fast, in money or in quantity.</summary>
    public IEnumerable<FastHours> FastNow =>
        Money.Fast.Concat(Quantity?.Fast ?? []).Where(one => one.End > Until.AddHours(-MeasureLimits.HoursOfNow));

    /// <summary>The question behind what was spent.</summary>
    public CostQuery Behind =>
        new()
        {
            Measure = Measure,
            Where = Charges,
            From = Period.Start,
            To = Period.End,
            Conversion = Rates.Count > 0 ? new Conversion(Money.Unit) : null,
        };
}

/// <summary>All limits as they stand.</summary>
/// <param name="Items">The worst first.</param>
/// <param name="IsDraft">Whether the rules are not published.</param>
internal sealed record LimitReview(IReadOnlyList<LimitStatus> Items, bool IsDraft);
