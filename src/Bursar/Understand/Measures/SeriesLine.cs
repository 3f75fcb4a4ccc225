using Bursar.Workspaces;

namespace Bursar.Understand.Measures;

/// <summary>One series, as lists show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">The name people read.</param>
/// <param name="Purpose">business or utilisation.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Source">Where the figures come from.</param>
/// <param name="Combine">How points become a longer time.</param>
/// <param name="Points">Points in the books, earlier versions left out.</param>
/// <param name="Restated">How often a point was told anew with another figure.</param>
/// <param name="From">The first day with a point.</param>
/// <param name="Through">The last.</param>
/// <param name="DeliveredAt">When something was last delivered.</param>
public sealed record SeriesLine(
    string Name,
    string DisplayName,
    string Purpose,
    string Unit,
    string? Owner,
    string Source,
    string Combine,
    long Points,
    long Restated,
    DateOnly? From,
    DateOnly? Through,
    DateTimeOffset? DeliveredAt
);

/// <summary>Lists the series of the rulebook with what the books hold of each.</summary>
internal sealed class ListSeries(BooksView view)
{
    public IReadOnlyList<SeriesLine> Lines() =>
        [.. view.Rulebook.All<Series>().Select(Line).OrderBy(line => line.Name, StringComparer.Ordinal)];

    private SeriesLine Line(Series series)
    {
        var booked = view.State.SeriesDeliveries.Where(one => one.Fact.Series == series.Name).ToList();
        return new SeriesLine(
            series.Name,
            series.DisplayName ?? series.Name,
            series.Purpose.ToString().ToLowerInvariant(),
            series.Unit,
            series.Owner,
            series.Source,
            series.Combine.ToString().ToLowerInvariant(),
            booked.Sum(one => one.Fact.Points - one.Fact.Restated),
            booked.Sum(one => one.Fact.Restated),
            booked.Count == 0 ? null : booked.Min(one => one.Fact.From),
            booked.Count == 0 ? null : booked.Max(one => one.Fact.To).AddDays(-1),
            booked.Count == 0 ? null : booked[^1].CommittedAt
        );
    }
}
