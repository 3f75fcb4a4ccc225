using Bursar.Core.Amounts;

namespace Bursar.Warehouse.Queries;

/// <summary>Which rates a conversion takes.</summary>
public enum RateUse
{
    /// <summary>What money was worth on the day.</summary>
    Actual,

    /// <summary>What the plan reckons with.</summary>
    Plan,
}

/// <summary>What one unit of a currency is worth in the currency of the answer, on the days of a range.</summary>
/// <param name="Currency">The currency that is converted.</param>
/// <param name="Start">The first day.</param>
/// <param name="End">The day after the last.</param>
/// <param name="Rate">An amount times this is the converted amount.</param>
public sealed record ConversionRate(Currency Currency, DateOnly Start, DateOnly End, Amount Rate)
{
    /// <summary>Who published it.</summary>
    public string Source { get; init; } = "";

    /// <summary>The published rates that it comes from: "1 EUR = 1.0823 USD of 2026-03-02".</summary>
    public string Basis { get; init; } = "";
}

/// <summary>An answer in one currency, as far as there are rates; what has none stays as it was billed.</summary>
/// <remarks>Each daily row is converted on its own, so that every grouping of an answer sums to the same.</remarks>
/// <param name="Target">The currency of the answer.</param>
/// <param name="Use">Which rates are taken.</param>
public sealed record Conversion(Currency Target, RateUse Use = RateUse.Actual)
{
    /// <summary>
    /// Ranges of one currency do not overlap. Null while nobody has looked them up: the question as a person asks it.
    /// </summary>
    public IReadOnlyList<ConversionRate>? Rates { get; init; }
}
