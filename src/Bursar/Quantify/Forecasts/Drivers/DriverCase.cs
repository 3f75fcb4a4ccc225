using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary>A term month by month: expected, and as low and as high as one time in ten.</summary>
internal sealed record TermPath(IReadOnlyList<decimal> Base, IReadOnlyList<decimal> Low, IReadOnlyList<decimal> High)
{
    /// <summary>Always the same.</summary>
    public static TermPath Fixed(decimal value, int months)
    {
        IReadOnlyList<decimal> same = [.. Enumerable.Repeat(value, months)];
        return new TermPath(same, same, same);
    }
}

/// <summary>One line of a driver forecast: a cost as a product of terms, from a month to another.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Phase">The stage of an AI workload; null of others.</param>
/// <param name="Terms">Demand, usage per unit, price, discount (as the part that is paid) and exchange rate.</param>
/// <param name="First">Its first month, counted from 0.</param>
/// <param name="End">The month after its last.</param>
/// <param name="Probability">How likely it is.</param>
internal sealed record DriverLine(
    string Name,
    WorkloadPhase? Phase,
    IReadOnlyList<TermPath> Terms,
    int First,
    int End,
    decimal Probability
)
{
    /// <summary>The cost of a month, not weighed by how likely it is.</summary>
    public decimal Cost(int month, Func<TermPath, IReadOnlyList<decimal>> of) =>
        month < First || month >= End ? 0 : Terms.Aggregate(1m, (product, term) => product * of(term)[month - First]);
}

/// <summary>A month of a driver forecast.</summary>
/// <param name="Month">The month.</param>
/// <param name="Volume">Units of usage: demand × usage per unit; tokens of AI workloads.</param>
/// <param name="Price">What a unit costs in the mean, after discount, in the currency of the result.</param>
/// <param name="Base">What is expected, by how likely it is.</param>
/// <param name="Low">All terms as low as one time in ten.</param>
/// <param name="High">All terms as high as one time in ten.</param>
/// <param name="Full">If everything in the pipeline comes true.</param>
/// <param name="P10">Of the draws.</param>
/// <param name="P50">Of the draws.</param>
/// <param name="P90">Of the draws.</param>
internal sealed record DriverMonth(
    BillingPeriod Month,
    decimal Volume,
    decimal? Price,
    Amount Base,
    Amount Low,
    Amount High,
    Amount Full,
    Amount P10,
    Amount P50,
    Amount P90
);

/// <summary>A driver forecast worked out.</summary>
/// <param name="Forecast">What was declared.</param>
/// <param name="Months">The months.</param>
/// <param name="Total">All of them: the quantiles are those of the sum.</param>
/// <param name="Seed">The seed of the draws: the same seed, the same figures.</param>
/// <param name="Draws">How many.</param>
/// <param name="Notes">Where terms come from, gates, what is assumed.</param>
internal sealed record DriverCase(
    DriverForecast Forecast,
    IReadOnlyList<DriverMonth> Months,
    DriverMonth Total,
    int Seed,
    int Draws,
    IReadOnlyList<string> Notes
);
