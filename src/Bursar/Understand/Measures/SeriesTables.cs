using Bursar.Cli.Output;
using Bursar.Core.Focus;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Measures;

/// <summary>What is known of series, as tables for every door.</summary>
internal static class SeriesTables
{
    /// <summary>The list of series.</summary>
    public static ResultTable Of(IReadOnlyList<SeriesLine> lines) =>
        new(
            [
                new("series", ColumnKind.Whole),
                new("unit"),
                new("combine", ColumnKind.Whole, Spare: true),
                new("points", ColumnKind.Figure),
                new("restated", ColumnKind.Figure),
                new("from", ColumnKind.Whole, Spare: true),
                new("through", ColumnKind.Whole),
                new("owner", Spare: true),
                new("source", Spare: true),
            ],
            [
                .. lines.Select(line =>
                    (IReadOnlyList<object?>)
                        [
                            line.Name,
                            line.Unit,
                            line.Combine,
                            line.Points,
                            line.Restated,
                            line.From,
                            line.Through,
                            line.Owner,
                            line.Source,
                        ]
                ),
            ]
        )
        {
            WhenEmpty =
                "The rulebook has no kind: Series. Write one into rulebook/series.yaml, then `bursar series load FILE`.",
        };

    /// <summary>The figures of one series.</summary>
    public static ResultTable Of(Series series, SeriesAnswer answer)
    {
        var columns = answer
            .Query.By.Select(id => new ResultColumn(id, ColumnKind.Text, FocusColumns.DisplayName(id)))
            .ToList();
        if (answer.Query.Over is { } grain)
            columns.Add(new ResultColumn(Word(grain), ColumnKind.Whole, grain.ToString()));
        columns.Add(
            new ResultColumn(series.Name, ColumnKind.Figure, $"{series.DisplayName ?? series.Name} ({series.Unit})")
        );
        columns.Add(new ResultColumn("points", ColumnKind.Figure, Spare: true));
        return new ResultTable(
            columns,
            [
                .. answer.Rows.Select(row =>
                    (IReadOnlyList<object?>)
                        [.. row.Keys, .. Period(row.Period, answer.Query.Over), row.Value, row.Points]
                ),
            ]
        )
        {
            WhenEmpty = "The books hold no figure of this series for that time.",
        };
    }

    /// <summary>Cost and measure of the same resource and time.</summary>
    public static ResultTable Of(Series series, CostJoin join, TimeGrain? grain, CostMeasure measure, int top)
    {
        var columns = new List<ResultColumn> { new("ResourceId", ColumnKind.Text, "Resource") };
        if (grain is { } over)
            columns.Add(new ResultColumn(Word(over), ColumnKind.Whole, over.ToString()));
        columns.Add(
            new(
                measure.ToString(),
                ColumnKind.Figure,
                $"{FocusColumns.DisplayName(measure.ToString())} ({join.Currency})"
            )
        );
        columns.Add(new(series.Name, ColumnKind.Figure, series.Unit));
        columns.Add(new("costPerUnit", ColumnKind.Figure, $"{join.Currency} per unit", 4));
        return new ResultTable(
            columns,
            [
                .. join
                    .Rows.Take(top)
                    .Select(row =>
                        (IReadOnlyList<object?>)
                            [row.ResourceId, .. Period(row.Period, grain), row.Cost, row.Value, row.CostPerUnit]
                    ),
            ]
        );
    }

    /// <summary>Points that were told anew.</summary>
    public static ResultTable Of(
        Series series,
        IReadOnlyList<PointVersion> versions,
        IReadOnlyList<Bursar.Warehouse.Books.BookedSeries> booked
    )
    {
        var times = booked.ToDictionary(
            one => one.Fact.Id[(series.Name.Length + 1)..],
            one =>
                one.CommittedAt.UtcDateTime.ToString(
                    "yyyy-MM-dd HH:mm",
                    System.Globalization.CultureInfo.InvariantCulture
                )
        );
        return new ResultTable(
            [
                new("time", ColumnKind.Whole),
                .. series.Columns.Select(column => new ResultColumn(column)),
                new("delivery", ColumnKind.Whole),
                new("delivered", ColumnKind.Whole),
                new(series.Name, ColumnKind.Figure, series.Unit),
            ],
            [
                .. versions.Select(version =>
                    (IReadOnlyList<object?>)
                        [
                            version.Time.ToString(
                                "yyyy-MM-dd HH:mm",
                                System.Globalization.CultureInfo.InvariantCulture
                            ),
                            .. version.Keys,
                            $"{series.Name}-{version.Delivery}",
                            times.GetValueOrDefault(version.Delivery),
                            version.Value,
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "No point of this series was ever restated.",
        };
    }

    private static object?[] Period(DateOnly? start, TimeGrain? grain) =>
        grain is { } over ? [start is { } day ? CostTable.Period(day, over) : null] : [];

    private static string Word(TimeGrain grain) => grain.ToString().ToLowerInvariant();
}
