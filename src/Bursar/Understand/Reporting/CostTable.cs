using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>
/// An answer as a table: keys, time, currency if there are several, the measure, and what was split off.
/// </summary>
internal static class CostTable
{
    public static ResultTable Of(CostAnswer answer)
    {
        var query = answer.Query;
        var grain = query.Over?.ToString().ToLowerInvariant();
        var columns = query
            .By.Select(id => new ResultColumn(id, ColumnKind.Text, FocusColumns.DisplayName(id)))
            .ToList();
        if (grain is not null)
            columns.Add(new ResultColumn(grain, ColumnKind.Whole, query.Over.ToString()));
        if (answer.HasSeveralCurrencies)
            columns.Add(
                new ResultColumn(
                    query.Conversion is null ? query.Measure.UnitColumn : "Currency",
                    ColumnKind.Whole,
                    query.Measure.IsQuantity ? "Unit" : "Currency"
                )
            );
        var unit = answer is { HasSeveralCurrencies: false, Totals: [var only] } ? $" ({only.Currency})" : "";
        columns.Add(
            new ResultColumn(
                query.Measure.ToString(),
                ColumnKind.Figure,
                FocusColumns.DisplayName(query.Measure.ToString()) + unit
            )
        );
        if (query.Split.HasFlag(CostSplit.Tax))
            columns.Add(new ResultColumn("Tax", ColumnKind.Figure));
        if (query.Split.HasFlag(CostSplit.Credits))
            columns.Add(new ResultColumn("Credits", ColumnKind.Figure));
        return new ResultTable(columns, [.. answer.Rows.Select(row => Cells(row, answer))]);
    }

    /// <summary><c>{"columns":[…],"rows":[[…]],"dataAsOf":"2026-09-30"}</c>.</summary>
    public static ResultRecord Export(CostAnswer answer, IReadOnlyList<Deployment> deployments)
    {
        var table = Of(answer);
        return ResultRecord.Of([
            ("columns", table.Columns.Select(column => column.Id)),
            ("rows", table.Rows),
            .. DeploymentTables.Field(deployments),
            ("dataAsOf", answer.DataAsOf),
        ]);
    }

    /// <summary><c>{"columns":[…],"rows":[[…]],"marks":[…],"notes":[…],"incomplete":false,"draft":false}</c>.</summary>
    public static ResultRecord Record(CostAnswer answer, IReadOnlyList<Deployment>? deployments = null)
    {
        var table = Of(answer);
        return ResultRecord.Of([
            ("columns", table.Columns.Select(column => column.Id)),
            ("rows", table.Rows),
            .. Unit(answer),
            .. RateFields.Of(answer),
            .. StandBehind.Fields(answer),
            .. Structure(answer),
            .. Allocation(answer),
            .. DeploymentTables.Field(deployments ?? []),
            ("marks", MarkCosts.Records(answer)),
            ("notes", answer.Notes),
            ("incomplete", answer.Incomplete),
            ("draft", answer.Draft),
            ("dataAsOf", answer.DataAsOf),
        ]);
    }

    /// <summary><c>"unit":"Hours"</c> for a quantity of one unit; with several, a column says it.</summary>
    private static IEnumerable<(string, object?)> Unit(CostAnswer answer) =>
        answer is { Query.Measure.IsQuantity: true, Totals: [var only] }
            ? [("unit", only.Currency.Code.Length == 0 ? null : only.Currency.Code)]
            : [];

    private static IEnumerable<(string, object?)> Structure(CostAnswer answer) =>
        answer.Query.Structure is { } structure ? [("structure", structure.ToString())] : [];

    private static IEnumerable<(string, object?)> Allocation(CostAnswer answer) =>
        answer.Query.Allocation == CostAllocation.Distributed ? [("allocation", "distributed")] : [];

    /// <summary>"2026-04" for a month, "2026-Q2", "2026", or the first day of a day or week.</summary>
    public static string Period(DateOnly start, TimeGrain grain) =>
        grain switch
        {
            TimeGrain.Month => BillingPeriod.Containing(start).ToString(),
            TimeGrain.Quarter => $"{start.Year}-Q{((start.Month - 1) / 3) + 1}",
            TimeGrain.Year => start.ToString("yyyy", CultureInfo.InvariantCulture),
            _ => start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };

    private static List<object?> Cells(CostRow row, CostAnswer answer)
    {
        var query = answer.Query;
        var cells = new List<object?>(row.Keys);
        if (query.Over is { } grain)
            cells.Add(row.Period is { } start ? Period(start, grain) : null);
        if (answer.HasSeveralCurrencies)
            cells.Add(row.Currency is { IsUnit: true, Code.Length: 0 } ? null : row.Currency.Code);
        cells.Add(new Money(row.Cost, row.Currency));
        if (query.Split.HasFlag(CostSplit.Tax))
            cells.Add(new Money(row.Tax, row.Currency));
        if (query.Split.HasFlag(CostSplit.Credits))
            cells.Add(new Money(row.Credits, row.Currency));
        return cells;
    }
}
