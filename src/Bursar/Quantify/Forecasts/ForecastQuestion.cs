using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Forecasts;

/// <summary>What is to be forecast: any question about cost, or a series, and how far ahead.</summary>
internal sealed record ForecastQuestion
{
    /// <summary>The farthest that is answered, in months.</summary>
    public const int MonthsMax = 60;

    /// <summary>So many parts are forecast by themselves; the rest is one.</summary>
    public const int PartsUsual = 12;

    /// <summary>P10, P50 and P90.</summary>
    public static IReadOnlyList<decimal> UsualQuantiles { get; } = [0.1m, 0.5m, 0.9m];

    /// <summary>
    /// Which cost or quantity: measure, by, where, time basis, currency, allocation and structure count; <c>From</c> is
    /// the first day that is learned from.
    /// </summary>
    public CostQuery Cost { get; init; } = new();

    /// <summary>The series to forecast instead of a cost; <c>Cost.By</c> and <c>Cost.Where</c> then name its
    /// keys.</summary>
    public string? Series { get; init; }

    /// <summary>Only the charges of this scope; null for all.</summary>
    public string? Scope { get; init; }

    /// <summary>One figure per day, week, month, quarter or year.</summary>
    public TimeGrain Over { get; init; } = TimeGrain.Month;

    /// <summary>The last day that is forecast; null for as far as is usual for the grain.</summary>
    public DateOnly? Through { get; init; }

    /// <summary>As if nothing after this day were known, to see how it would have been; null for all there
    /// is.</summary>
    public DateOnly? KnownThrough { get; init; }

    /// <summary>Which quantiles, besides P10, P50 and P90.</summary>
    public IReadOnlyList<decimal> Quantiles { get; init; } = [];

    /// <summary>Whether what is planned (kind: PlannedEvent) is laid over it.</summary>
    public bool WithEvents { get; init; } = true;
}
