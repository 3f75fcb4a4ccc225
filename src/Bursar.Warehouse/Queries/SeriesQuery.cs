using Bursar.Core.Amounts;

namespace Bursar.Warehouse.Queries;

/// <summary>How the points of a longer time become one figure.</summary>
public enum SeriesCombine
{
    /// <summary>They are added: orders, revenue, CPU hours.</summary>
    Sum,

    /// <summary>Their mean: a degree of use.</summary>
    Average,

    /// <summary>
    /// The last of the time, for each resource and key, added over these: customers, stored gigabytes.
    /// </summary>
    Last,

    /// <summary>The largest of them.</summary>
    Largest,
}

/// <summary>A question about a series of measures: the twin of <see cref="CostQuery"/>.</summary>
public sealed record SeriesQuery
{
    /// <summary>The name of the series.</summary>
    public required string Name { get; init; }

    public required SeriesCombine Combine { get; init; }

    /// <summary>Its columns to group by: ResourceId, or a key of the series.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>The grain of time, or null for one figure over the whole period.</summary>
    public TimeGrain? Over { get; init; }

    /// <summary>All of these must hold, on columns of the series.</summary>
    public IReadOnlyList<CostFilter> Where { get; init; } = [];

    /// <summary>The first day, inclusive; null for the first day there is.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The end, exclusive; null for the last day there is.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>One figure of a series.</summary>
/// <param name="Keys">The values of the By columns, in their order; null is "no value".</param>
/// <param name="Period">The start of the day, week, month, quarter or year, or null without a grain.</param>
/// <param name="Value">The figure, in the unit of the series.</param>
/// <param name="Points">How many points it is made of. Where there are none, there is no row: never a zero.</param>
public sealed record SeriesRow(IReadOnlyList<string?> Keys, DateOnly? Period, Amount Value, long Points);

/// <summary>The answer to a <see cref="SeriesQuery"/>.</summary>
/// <param name="Query">The question.</param>
/// <param name="Rows">By keys, then time.</param>
/// <param name="DataAsOf">The newest day that has a point.</param>
/// <param name="AsOfSequence">The journal entry up to which the books were read.</param>
public sealed record SeriesAnswer(
    SeriesQuery Query,
    IReadOnlyList<SeriesRow> Rows,
    DateOnly? DataAsOf,
    long AsOfSequence
);
