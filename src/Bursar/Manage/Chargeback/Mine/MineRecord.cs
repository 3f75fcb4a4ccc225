using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Manage.Limits;
using Bursar.Understand.Reporting;
using Bursar.Web;

namespace Bursar.Manage.Chargeback.Mine;

/// <summary>An owner's answer for people and for programs.</summary>
internal static class MineRecord
{
    public static ResultRecord ForPeople(MyCost mine)
    {
        var fields = new List<(string, object?)> { ("owner", mine.SoFar.Subject.Title) };
        foreach (var sheet in mine.SoFar.Sheets)
        {
            var of = mine.SoFar.Sheets.Count > 1 ? $" in {sheet.Currency.Code.ToLowerInvariant()}" : "";
            fields.Add(("so far" + of, SoFar(mine, sheet)));
            fields.Add(("last month" + of, LastMonth(mine, sheet.Currency)));
            fields.Add(
                (
                    "what changed" + of,
                    new ResultTable(
                        [new("why"), new("change", ColumnKind.Figure)],
                        [
                            .. sheet
                                .Drivers.Take(MyCost.Reasons)
                                .Select(IReadOnlyList<object?> (driver) => [driver.Says, sheet.Money(driver.Change)]),
                        ]
                    )
                )
            );
        }
        if (mine.Limits.Count > 0)
            fields.Add(("left of my limits", LimitTables.List(mine.Limits)));
        fields.Add(("not labelled", Parts(mine.Missing)));
        fields.Add(("without an owner, near yours", Parts(mine.Near)));
        fields.Add(("next", mine.Next));
        return ResultRecord.Of([.. fields]);
    }

    /// <summary>"$1,234.00 in 1 to 11 October 2026, +$12.00, +1.0 % against 1 to 11 September 2026".</summary>
    public static string SoFar(MyCost mine, StatementSheet sheet) =>
        $"{Display.Full(sheet.Money(sheet.Total))} in {Display.Range(mine.SoFar.Days)}; "
        + $"{StatementRecord.Change(sheet)} against {Display.Range(mine.SoFar.Against)}";

    /// <summary>"$4,321.00 in September 2026".</summary>
    public static string LastMonth(MyCost mine, Currency currency) =>
        $"{Display.Full(Before(mine, currency))} in {Display.Range(mine.LastMonth.Days)}";

    /// <summary>What the whole month before cost.</summary>
    public static Money Before(MyCost mine, Currency currency) =>
        new(mine.LastMonth.Totals.FirstOrDefault(total => total.Currency == currency).Amount, currency);

    public static ResultRecord Of(MyCost mine) =>
        ResultRecord.Of(
            ("owner", mine.Owner),
            ("title", mine.SoFar.Subject.Title),
            ("from", mine.SoFar.Days.Start),
            ("to", mine.SoFar.Days.End.AddDays(-1)),
            (
                "sheets",
                mine.SoFar.Sheets.Select(sheet =>
                    ResultRecord.Of(
                        ("currency", sheet.Currency.Code),
                        ("soFar", sheet.Total),
                        ("sameDaysBefore", sheet.Before),
                        ("lastMonth", Before(mine, sheet.Currency).Amount),
                        (
                            "drivers",
                            sheet
                                .Drivers.Take(MyCost.Reasons)
                                .Select(driver =>
                                    ResultRecord.Of(
                                        ("driver", driver.Title),
                                        ("change", driver.Change),
                                        ("explanation", driver.Says)
                                    )
                                )
                        )
                    )
                )
            ),
            ("limits", mine.Limits.Select(LimitTables.Item)),
            ("notLabelled", Parts(mine.Missing)),
            ("withoutOwner", Parts(mine.Near)),
            ("next", mine.Next),
            ("nextCommand", mine.NextBehind is { } behind ? CostCommandLine.Of(behind) : null),
            ("draft", mine.SoFar.IsDraft),
            ("incomplete", mine.SoFar.IsIncomplete),
            ("dataAsOf", mine.SoFar.DataAsOf),
            ("notes", mine.SoFar.Notes)
        );

    private static List<ResultRecord> Parts(IReadOnlyList<MissingPart> parts) =>
        [
            .. parts.Select(part =>
                ResultRecord.Of(("what", part.What), ("cost", part.Cost), ("currency", part.Cost.Currency.Code))
            ),
        ];
}
