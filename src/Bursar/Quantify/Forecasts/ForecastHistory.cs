using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Forecasts;

/// <summary>What a forecast is learned from.</summary>
/// <param name="Asked">The question that its figures answer.</param>
/// <param name="Currency">The currency or unit.</param>
/// <param name="Through">The newest day of all data.</param>
/// <param name="IsByMonth">Whether figures are of whole months.</param>
/// <param name="Groups">By group; one without keys where none were asked for.</param>
/// <param name="Notes">What was left out or filled.</param>
internal sealed record ForecastHistory(
    CostQuery Asked,
    Currency Currency,
    DateOnly Through,
    bool IsByMonth,
    IReadOnlyList<HistoryGroup> Groups,
    IReadOnlyList<string> Notes
)
{
    public IEnumerable<Strand> Strands => Groups.SelectMany(group => group.Strands);

    /// <summary>The first day with a figure.</summary>
    public DateOnly First => Strands.Min(strand => strand.First);

    /// <summary>Up to this day, every provider has delivered.</summary>
    public DateOnly CompleteThrough => Strands.Min(strand => strand.Known);
}

/// <summary>A group: what is booked of each day (of months: on their first), and its strands.</summary>
internal sealed record HistoryGroup(
    IReadOnlyList<string?> Keys,
    IReadOnlyDictionary<DateOnly, Amount> Figures,
    IReadOnlyList<Strand> Strands
)
{
    private readonly SortedList<DateOnly, Amount> sorted = new(Figures.ToDictionary());

    /// <summary>What is booked of a period.</summary>
    public Amount Booked(DateRange period)
    {
        var sum = Amount.Zero;
        foreach (var (day, figure) in sorted)
        {
            if (day >= period.End)
                break;
            if (day >= period.Start)
                sum += figure;
        }
        return sum;
    }
}
