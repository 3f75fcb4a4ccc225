using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Focus;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>A restatement as a table and as named fields: as it was, as restated, and the difference.</summary>
internal static class RestateTable
{
    public static ResultTable Of(RestatedCosts costs)
    {
        var query = costs.Answer.Query;
        var unit = costs.Totals is [var only] ? $" ({only.Currency})" : "";
        List<ResultColumn> columns =
        [
            .. query.By.Select(id => new ResultColumn(id, ColumnKind.Text, FocusColumns.DisplayName(id))),
        ];
        if (query.Over is { } grain)
            columns.Add(new ResultColumn(grain.ToString().ToLowerInvariant(), ColumnKind.Whole, grain.ToString()));
        if (costs.Totals.Count > 1)
            columns.Add(new ResultColumn("Currency", ColumnKind.Whole));
        columns.Add(new ResultColumn("before", ColumnKind.Figure, Name(costs.Before.Query.Structure) + unit));
        columns.Add(new ResultColumn("restated", ColumnKind.Figure, Name(query.Structure) + unit));
        columns.Add(new ResultColumn("difference", ColumnKind.Figure, "Difference" + unit));
        return new ResultTable(columns, [.. costs.Rows.Select(row => Cells(row, costs))])
        {
            Totals = query.By.Count == 0 ? [] : [.. costs.Totals.Select(row => Cells(row, costs))],
            WhenEmpty = "Nothing in the books fits this question.",
        };
    }

    /// <summary>Every digit, with the totals: the differences sum to zero.</summary>
    public static ResultRecord Record(RestatedCosts costs)
    {
        var table = Of(costs);
        return ResultRecord.Of(
            ("measure", costs.Answer.Query.Measure.ToString()),
            ("structure", Text(costs.Answer.Query.Structure)),
            ("against", Text(costs.Before.Query.Structure)),
            ("columns", table.Columns.Select(column => column.Id)),
            ("rows", table.Rows),
            (
                "totals",
                costs.Totals.Select(row =>
                    ResultRecord.Of(
                        ("currency", row.Currency.Code),
                        ("before", new Money(row.Before, row.Currency)),
                        ("restated", new Money(row.Restated, row.Currency)),
                        ("difference", new Money(row.Difference, row.Currency))
                    )
                )
            ),
            ("notes", costs.Notes),
            ("incomplete", costs.Answer.Incomplete),
            ("draft", costs.Answer.Draft)
        );
    }

    private static string Text(Structure? structure) => structure?.ToString() ?? Structure.AsWas;

    private static string Name(Structure? structure) => structure is null ? "As was" : $"As of {structure}";

    private static List<object?> Cells(RestatedRow row, RestatedCosts costs)
    {
        var cells = new List<object?>(row.Keys);
        if (costs.Answer.Query.Over is { } grain)
            cells.Add(row.Period is { } start ? CostTable.Period(start, grain) : null);
        if (costs.Totals.Count > 1)
            cells.Add(row.Currency.Code);
        cells.Add(new Money(row.Before, row.Currency));
        cells.Add(new Money(row.Restated, row.Currency));
        cells.Add(new Money(row.Difference, row.Currency));
        return cells;
    }
}
