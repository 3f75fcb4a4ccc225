using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Sets source rows as a table: where each row came from, what it says, and its exact amount.</summary>
internal static class RowsTable
{
    public static FigureTable Of(RowsView view, CostQuestion question)
    {
        var several = view.Totals.Count > 1;
        FigureHeading amount = new(
            Display.Measure(question.Query.Measure),
            several ? "" : Display.Unit(view.Totals[0].Currency)
        );
        return new FigureTable(
            "Source rows, largest first; amounts with every digit",
            ["Where it came from"],
            [
                amount,
                .. several
                    ? [Words(question.Query.Measure.IsQuantity ? "Unit" : "Currency")]
                    : Array.Empty<FigureHeading>(),
                .. view.Columns.Select(column => Words(Display.Column(column))),
                Words("Delivery"),
            ],
            [.. view.Rows.Select(row => Row(row, several))],
            []
        );
    }

    /// <summary>"In September 2026 effective cost of $6,902,114.41 comes from 4,312 source rows."</summary>
    public static string Sentence(RowsView view, CostQuestion question)
    {
        var measure = Display.Measure(question.Query.Measure);
        var start = question.Query.Period is { } range
            ? Display.During(range) + " " + measure.ToLowerInvariant()
            : measure;
        var totals = string.Join(" and ", view.Totals.Select(Display.Full));
        return $"{start} of {totals} comes from {Display.Count(view.Count, "source row", "source rows")}.";
    }

    private static FigureHeading Words(string text) => new(text, null);

    private static FigureRow Row(SourceRow row, bool several) =>
        new(
            [new($"{row.File}, row {Display.Count(row.FileRow)}")],
            [
                new(Display.Exact(row.Amount), Exact: row.Amount, Tone: CellTone.Sum),
                .. several
                    ? [new FigureCell(Display.Unit(row.Currency), Tone: CellTone.Text)]
                    : Array.Empty<FigureCell>(),
                .. row.Values.Select(value => new FigureCell(value ?? "–", Tone: CellTone.Text)),
                new(row.DeliveryId, Tone: CellTone.Text),
            ]
        );

    /// <summary>"Rows 101 to 200 of 4,312".</summary>
    public static string Position(RowsView view, int page)
    {
        var first = ((long)(page - 1) * view.PageSize) + 1;
        var last = first + view.Rows.Count - 1;
        return $"Rows {Display.Count(first)} to {Display.Count(last)} of {Display.Count(view.Count)}";
    }

    public static bool HasMore(RowsView view, int page) => (long)page * view.PageSize < view.Count;
}
