using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Reporting.Pools;

namespace Bursar.Understand.Reporting;

/// <summary>An opened figure as tables for people: by delivery, by rule, down to source rows.</summary>
internal static class ExplainTables
{
    private static readonly ResultColumn[] DeliveryColumns =
    [
        new("delivery", ColumnKind.Whole),
        new("what", ColumnKind.Whole),
        new("files", Spare: true),
        new("charges", ColumnKind.Figure),
        new("amount", ColumnKind.Figure),
    ];

    private static readonly ResultColumn[] RuleColumns =
    [
        new("field", ColumnKind.Whole),
        new("rule"),
        new("amount", ColumnKind.Figure),
    ];

    private static readonly ResultColumn[] RateColumns =
    [
        new("days", ColumnKind.Whole),
        new("billed", ColumnKind.Figure),
        new("rate", ColumnKind.Figure),
        new("amount", ColumnKind.Figure),
        new("source", Spare: true),
    ];

    private static readonly ResultColumn[] ShareColumns =
    [
        new("pool"),
        new("dividedBy", ColumnKind.Text, "Divided by", Spare: true),
        new("whole", ColumnKind.Figure, "Of"),
        new("share", ColumnKind.Figure),
        new("amount", ColumnKind.Figure),
    ];

    private static readonly ResultColumn[] SplitColumns =
    [
        new("method"),
        new("receivers", ColumnKind.Figure),
        new("amount", ColumnKind.Figure),
    ];

    private static readonly ResultColumn[] RowColumns =
    [
        new("file"),
        new("record", ColumnKind.Figure),
        new("what"),
        new("amount", ColumnKind.Figure),
    ];

    public static ResultRecord Of(Explanation explanation)
    {
        var (answer, rows) = (explanation.Answer, explanation.Rows);
        var rates = explanation.Conversions.Select(part => Conversion(part, answer.Query.Conversion!.Target)).ToList();
        return ResultRecord.Of([
            ("measure", answer.Query.Measure.ToString()),
            ("total", answer.Totals.Select(Text)),
            ("charges", rows.Count),
            ("entry", answer.AsOfSequence),
            .. rates.Count == 0 ? [] : new (string, object?)[] { ("conversion", new ResultTable(RateColumns, rates)) },
            ("deliveries", Deliveries(explanation.Deliveries)),
            ("rules", new ResultTable(RuleColumns, [.. explanation.Rules.Select(Rule)])),
            .. explanation.Shared.Count == 0
                ? []
                : new (string, object?)[]
                {
                    ("shared", new ResultTable(ShareColumns, [.. explanation.Shared.Select(Share)])),
                },
            .. explanation.Splits.Count == 0
                ? []
                : new (string, object?)[]
                {
                    (
                        "split by the provider",
                        new ResultTable(
                            SplitColumns,
                            [
                                .. explanation.Splits.Select(
                                    IReadOnlyList<object?> (part) => [part.Method, part.Receivers, Text(part.Cost)]
                                ),
                            ]
                        )
                    ),
                },
            ("rows", new ResultTable(RowColumns, [.. rows.Rows.Select(row => Row(row, rows.Columns))])),
        ]);
    }

    private static IReadOnlyList<object?> Conversion(ExplainedRate part, Currency target) =>
        [
            part.Rate is { } held ? $"{held.Start:yyyy-MM-dd} to {held.End.AddDays(-1):yyyy-MM-dd}" : "all",
            Text(part.Billed),
            part.Rate?.Rate.ToString() ?? (part.Billed.Currency == target ? "1" : "none"),
            Text(part.Converted),
            part.Rate?.Source ?? "",
        ];

    private static IReadOnlyList<object?> Share(ExplainedShare part) =>
        [
            part.Class is null ? part.Pool : $"{part.Pool}: {part.Class}",
            part.DividedBy,
            Text(part.Whole),
            part.Cost.Amount.ShareOf(part.Whole.Amount) is { } share ? PoolTables.Percent(share) : "",
            Text(part.Cost),
        ];

    /// <summary>What a delivery is has a column only where one is more than a bill.</summary>
    private static ResultTable Deliveries(IReadOnlyList<ExplainedDelivery> deliveries)
    {
        var table = new ResultTable(DeliveryColumns, [.. deliveries.Select(Delivery)]);
        if (deliveries.Any(explained => DeliveryWords.Short(explained.Booked.Delivery).Length > 0))
            return table;
        return new ResultTable(
            [.. table.Columns.Where((_, i) => i != WhatColumn)],
            [.. table.Rows.Select(row => (IReadOnlyList<object?>)[.. row.Where((_, i) => i != WhatColumn)])]
        );
    }

    private const int WhatColumn = 1;

    private static IReadOnlyList<object?> Delivery(ExplainedDelivery explained)
    {
        var delivery = explained.Booked.Delivery;
        var files = string.Join(", ", delivery.SourceFiles.Select(file => file.Name));
        return [delivery.Id, DeliveryWords.Short(delivery), files, explained.Charges, Text(explained.Cost)];
    }

    private static IReadOnlyList<object?> Rule(ExplainedRule rule) =>
        [rule.Field, rule.Rule ?? "(none)", Text(rule.Cost)];

    /// <summary>Amounts of single rows keep every digit: they are what somebody compares with a file.</summary>
    private static IReadOnlyList<object?> Row(SourceRow row, IReadOnlyList<string> columns)
    {
        var said = columns
            .Zip(row.Values)
            .Where(pair => pair.Second is not null && !pair.First.StartsWith("ChargePeriod", StringComparison.Ordinal))
            .Select(pair => pair.Second!)
            .Distinct();
        return [row.File, row.FileRow, string.Join(" · ", said), $"{row.Amount} {row.Currency.Code}".TrimEnd()];
    }

    private static string Text(Money money) =>
        $"{CellText.Figure(money.Amount, money.Currency.Decimals)} {money.Currency.Code}".TrimEnd();
}
