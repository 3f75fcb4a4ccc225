using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Sets source rows as a table: where each row came from, what it says, and its exact amount.</summary>
internal static class RowsTable
{
    public static FigureTable Of(RowsView view, CostQuestion question)
    {
        FigureHeading amount = new(Display.Measure(question.Query.Measure), view.Totals.Count == 1 ? view.Totals[0].Currency.Code : "");
        var several = view.Totals.Count > 1;
        var rows = view.Rows.Select(row => new FigureRow(
            [new(row.File), new(Display.Count(row.FileRow)), new(row.DeliveryId), .. row.Values.Select(value => new FigureCell(value ?? "–"))],
            [.. several ? [new FigureCell(row.Currency.Code)] : Array.Empty<FigureCell>(), new(Display.Exact(row.Amount), Exact: row.Amount)]));
        return new FigureTable(
            "Source rows, largest first; amounts with every digit",
            ["File", "Row", "Delivery", .. view.Columns.Select(Display.Column)],
            several ? [new("Currency", ""), amount] : [amount],
            [.. rows],
            []);
    }

    /// <summary>"Rows 101 to 200 of 4,312".</summary>
    public static string Position(RowsView view, int page)
    {
        var first = ((long)(page - 1) * view.PageSize) + 1;
        return $"Rows {Display.Count(first)} to {Display.Count(first + view.Rows.Count - 1)} of {Display.Count(view.Count)}";
    }

    public static bool HasMore(RowsView view, int page) => (long)page * view.PageSize < view.Count;
}
