using Bursar.Cli.Output;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Chargeback;

/// <summary>A statement as tables for people and as named fields for programs.</summary>
internal static class StatementRecord
{
    /// <summary>For a terminal: printed amounts, which add up.</summary>
    public static ResultRecord ForPeople(Statement statement)
    {
        var fields = new List<(string, object?)>
        {
            ("statement", statement.Subject.Title),
            ("period", $"{Display.Range(statement.Days)}, against {Display.Range(statement.Against)}"),
        };
        foreach (var sheet in statement.Sheets)
        {
            var of = statement.Sheets.Count > 1 ? $" in {sheet.Currency.Code.ToLowerInvariant()}" : "";
            fields.Add(("total" + of, $"{Display.Full(sheet.Money(sheet.Total))} ({Change(sheet)})"));
            fields.Add(($"{Display.Measure(statement.Measure)}{of}", ForPeople(sheet)));
            fields.Add(("what changed" + of, sheet.Drivers.Select(driver => driver.Says).ToList()));
            fields.Add(("per unit" + of, sheet.Units.Select(unit => unit.Says).ToList()));
        }
        return ResultRecord.Of([.. fields]);
    }

    /// <summary>Every line to the last digit and as printed, for spreadsheets and programs.</summary>
    public static ResultTable Lines(Statement statement) =>
        new(
            [
                new("line"),
                new("part", ColumnKind.Whole),
                new("pool"),
                new("currency", ColumnKind.Whole),
                new("cost", ColumnKind.Figure),
                new("shown", ColumnKind.Figure),
                new("before", ColumnKind.Figure),
                new("explanation"),
                new("rows"),
            ],
            [
                .. statement.Sheets.SelectMany(sheet =>
                    sheet.Lines.Select(
                        IReadOnlyList<object?> (line) =>
                            [
                                line.Title,
                                Word(line.Part),
                                line.Pool,
                                sheet.Currency.Code,
                                line.Cost,
                                line.Shown,
                                line.Before,
                                line.Says,
                                Rows(line.Behind, statement),
                            ]
                    )
                ),
            ]
        )
        {
            WhenEmpty = "It has no cost in either period.",
        };

    /// <summary>Why the total moved.</summary>
    public static ResultTable Drivers(Statement statement) =>
        new(
            [
                new("driver"),
                new("currency", ColumnKind.Whole),
                new("change", ColumnKind.Figure),
                new("byUse", ColumnKind.Figure),
                new("byPrice", ColumnKind.Figure),
                new("explanation"),
            ],
            [
                .. statement.Sheets.SelectMany(sheet =>
                    sheet.Drivers.Select(
                        IReadOnlyList<object?> (driver) =>
                            [
                                driver.Title,
                                sheet.Currency.Code,
                                driver.Change,
                                driver.ByUse,
                                driver.ByPrice,
                                driver.Says,
                            ]
                    )
                ),
            ]
        );

    /// <summary>What one unit cost.</summary>
    public static ResultTable Units(Statement statement) =>
        new(
            [
                new("series"),
                new("unit"),
                new("quantity", ColumnKind.Figure),
                new("currency", ColumnKind.Whole),
                new("costPerUnit", ColumnKind.Figure),
                new("before", ColumnKind.Figure),
            ],
            [
                .. statement.Sheets.SelectMany(sheet =>
                    sheet.Units.Select(
                        IReadOnlyList<object?> (unit) =>
                            [unit.Series, unit.Unit, unit.Quantity, sheet.Currency.Code, unit.Cost, unit.Before]
                    )
                ),
            ]
        );

    public static ResultRecord Of(Statement statement) =>
        ResultRecord.Of(
            ("statement", statement.Subject.Title),
            ("scope", statement.Subject.Scope),
            ("where", statement.Subject.Where.Select(FilterText.Write)),
            ("organisation", statement.Organisation),
            ("measure", statement.Measure.ToString()),
            ("allocation", statement.Behind.Allocation.ToString().ToLowerInvariant()),
            ("from", statement.Days.Start),
            ("to", statement.Days.End.AddDays(-1)),
            ("againstFrom", statement.Against.Start),
            ("againstTo", statement.Against.End.AddDays(-1)),
            ("partial", statement.IsPartial),
            ("sheets", statement.Sheets.Select(sheet => Of(sheet, statement))),
            ("notes", statement.Notes),
            ("draft", statement.IsDraft),
            ("incomplete", statement.IsIncomplete),
            ("dataAsOf", statement.DataAsOf),
            ("journalSequence", statement.Sequence)
        );

    /// <summary>The address of the rows behind a figure.</summary>
    public static string Rows(CostQuery query, Statement statement, string? asOf = null) =>
        CostQueryUrl.Href("/rows", query, asOf ?? $"#{statement.Sequence}");

    /// <summary>The command line that explains a figure.</summary>
    public static string Command(CostQuery query, Statement statement) =>
        "bursar explain"
        + CostCommandLine.Of(query)["bursar costs".Length..]
        + (query.Allocation == CostAllocation.Distributed ? " --allocation distributed" : "")
        + $" --as-of '#{statement.Sequence}'";

    /// <summary>"In September 2026 it cost $1.2M, $30k more than in August 2026."</summary>
    public static string Sentence(Statement statement, StatementSheet sheet) =>
        $"{Display.During(statement.Days)} it cost {Display.Short(sheet.Money(sheet.Total))}, "
        + (
            sheet.Change.IsZero
                ? "as before."
                : $"{Display.Short(sheet.Money(sheet.Change.Abs()))} {(sheet.Change.IsNegative ? "less" : "more")} than in {Display.Range(statement.Against)}."
        );

    /// <summary>"+$12.34, +4.5 %".</summary>
    public static string Change(StatementSheet sheet) =>
        sheet.Change.IsZero
            ? "as before"
            : $"{Display.Change(sheet.Money(sheet.Change))}"
                + (
                    sheet.Before.IsZero
                        ? ", new"
                        : $", {Display.ChangeFigure(sheet.Change.ShareOf(sheet.Before.Abs()))} %"
                );

    private static string Word(StatementPart part) => Cli.Choice.KebabCase(part.ToString());

    private static ResultTable ForPeople(StatementSheet sheet) =>
        new(
            [
                new("line"),
                new("cost", ColumnKind.Figure),
                new("before", ColumnKind.Figure),
                new("whatItIs", ColumnKind.Text, "What it is"),
            ],
            [
                .. sheet.Lines.Select(
                    IReadOnlyList<object?> (line) =>
                        [line.Title, sheet.Money(line.Shown), sheet.Money(line.Before), line.Says]
                ),
            ]
        )
        {
            Totals =
            [
                ["Total", sheet.Money(sheet.Shown), sheet.Money(sheet.Before), null],
            ],
            WhenEmpty = "It has no cost in either period.",
        };

    private static ResultRecord Of(StatementSheet sheet, Statement statement) =>
        ResultRecord.Of(
            ("currency", sheet.Currency.Code),
            ("total", sheet.Total),
            ("shown", sheet.Shown),
            ("before", sheet.Before),
            ("change", sheet.Change),
            (
                "lines",
                sheet.Lines.Select(line =>
                    ResultRecord.Of(
                        ("line", line.Title),
                        ("part", Word(line.Part)),
                        ("pool", line.Pool),
                        ("cost", line.Cost),
                        ("shown", line.Shown),
                        ("before", line.Before),
                        ("explanation", line.Says),
                        ("rows", Rows(line.Behind, statement)),
                        ("command", Command(line.Behind, statement))
                    )
                )
            ),
            (
                "drivers",
                sheet.Drivers.Select(driver =>
                    ResultRecord.Of(
                        ("driver", driver.Title),
                        ("change", driver.Change),
                        ("byUse", driver.ByUse),
                        ("byPrice", driver.ByPrice),
                        ("explanation", driver.Says)
                    )
                )
            ),
            (
                "units",
                sheet.Units.Select(unit =>
                    ResultRecord.Of(
                        ("series", unit.Series),
                        ("unit", unit.Unit),
                        ("quantity", unit.Quantity),
                        ("costPerUnit", unit.Cost),
                        ("before", unit.Before)
                    )
                )
            )
        );
}
