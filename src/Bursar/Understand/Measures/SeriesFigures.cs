using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Understand.Measures;

/// <summary>Sets the tables of the Series page.</summary>
internal static class SeriesFigures
{
    private const int MonthsShown = 24;
    private const int Decimals = 2;

    /// <summary>Every series, the one that is looked at (the first that holds something), and its months.</summary>
    public static (IReadOnlyList<SeriesLine> Lines, SeriesLine? Chosen, FigureTable? Figures) Of(
        BooksView view,
        string? name,
        CancellationToken cancel
    )
    {
        var lines = new ListSeries(view).Lines();
        var ask = new AskMeasures(view);
        if (!string.IsNullOrEmpty(name))
            ask.Declared(name);
        var chosen = string.IsNullOrEmpty(name)
            ? lines.FirstOrDefault(line => line.Points > 0)
            : lines.First(line => line.Name == name);
        if (chosen is null)
            return (lines, null, null);
        var answer = ask.Answer(new MeasureQuestion(chosen.Name) { Over = TimeGrain.Month }, cancel);
        return (lines, chosen, answer.Rows.Count == 0 ? null : Months(chosen, answer));
    }

    /// <summary>"3 series; the newest figure is of 30 September 2026."</summary>
    public static string Sentence(IReadOnlyList<SeriesLine> lines)
    {
        var count = Display.Count(lines.Count, "series beside the cost", "series beside the cost");
        return lines.Max(line => line.Through) is { } day
            ? $"{count}; the newest figure is of {Display.Day(day)}."
            : $"{count}; none has a figure yet.";
    }

    public static FigureTable List(IReadOnlyList<SeriesLine> lines, string? asOf) =>
        new(
            "Series of the rulebook, with the points that the books hold",
            ["Series"],
            [
                new("Unit", null),
                new("Points", null),
                new("Restated", null),
                new("Through", null),
                new("Source", null),
                new("Owner", null),
            ],
            [
                .. lines.Select(line => new FigureRow(
                    [
                        new(
                            line.DisplayName,
                            WebAddress.With(WebAddress.With("/series", "name", line.Name), "asof", asOf)
                        ),
                    ],
                    [
                        new(line.Unit, Tone: CellTone.Text),
                        new(Display.Count(line.Points)),
                        new(Display.Count(line.Restated)),
                        new(line.Through is { } day ? Display.Day(day) : "–", Tone: CellTone.Text),
                        new(line.Source, Tone: CellTone.Text),
                        new(line.Owner ?? "–", Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );

    private static FigureTable Months(SeriesLine line, SeriesAnswer answer)
    {
        var decimals = answer.Rows.All(row => row.Value == row.Value.RoundedTo(0)) ? 0 : Decimals;
        return new FigureTable(
            $"{line.DisplayName} in {line.Unit}, the newest {MonthsShown} months",
            ["Month"],
            [new("Figure", line.Unit), new("Points", null)],
            [
                .. answer
                    .Rows.Reverse()
                    .Take(MonthsShown)
                    .Select(row => new FigureRow(
                        [new(Display.Period(row.Period!.Value, TimeGrain.Month))],
                        [
                            new(Display.Figure(row.Value, decimals), Exact: row.Value),
                            new(Display.Count(row.Points), Tone: CellTone.Soft),
                        ]
                    )),
            ],
            []
        );
    }
}
