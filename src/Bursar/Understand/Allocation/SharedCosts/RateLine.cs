using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>One thing that a rate card charges: core-hours, GiB-hours, GPU-hours, kW, seats.</summary>
internal sealed record RateLine : RulebookRecord
{
    [Description("The meter of the price book whose rate it is: cpu-core-hours.")]
    public required string Meter { get; init; }

    [Description("The charges whose ConsumedQuantity is counted; without it, SkuMeter is the meter."), AsFilter]
    public Conditions? Use { get; init; }

    [Description("Instead of charges: the series with the quantity of each month."), RefersTo("Series")]
    public string? Series { get; init; }

    [Description("For a series: its key that names who receives: product.")]
    public string? Key { get; init; }

    [Description("For a series: what it counts, for people: kW, seats.")]
    public string? Unit { get; init; }

    [
        Description(
            "The charges of the pool that this rate has to bring in; without it, a part of all others, by what was charged."
        ),
        AsFilter
    ]
    public Conditions? Cost { get; init; }
}
