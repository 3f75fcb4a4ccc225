using Bursar.Cli.Output;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>What rates brought in, as a table for people and as named fields for programs.</summary>
internal static class RecoveryTables
{
    /// <summary>One line a month, pool and meter.</summary>
    public static ResultTable List(RecoveryReview review) =>
        new(
            [
                new("month", ColumnKind.Whole),
                new("pool", Spare: review.Lines.Select(line => line.Pool).Distinct().Count() < 2),
                new("line"),
                new("quantity", ColumnKind.Figure, Spare: true),
                new("unit", ColumnKind.Text, Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
                new("rate", ColumnKind.Figure),
                new("charged", ColumnKind.Figure),
                new("cost", ColumnKind.Figure),
                new("underRecovery", ColumnKind.Figure, "Unrecovered"),
                new("suggestedRate", ColumnKind.Figure, "Suggested"),
            ],
            [
                .. review.Lines.Select(
                    IReadOnlyList<object?> (line) =>
                        [
                            line.Month,
                            line.Pool,
                            line.Meter ?? NoRate,
                            line.Quantity,
                            line.Unit,
                            line.Currency.Code,
                            line.Rates,
                            new Money(line.Charged, line.Currency),
                            new Money(line.Cost, line.Currency),
                            new Money(line.UnderRecovery, line.Currency),
                            line.Suggested is { } rate ? RecoveryLine.Text(rate) : null,
                        ]
                ),
            ]
        )
        {
            Totals =
            [
                .. review
                    .Lines.GroupBy(line => line.Currency)
                    .Select(
                        IReadOnlyList<object?> (same) =>
                            [
                                null,
                                null,
                                "total",
                                null,
                                null,
                                same.Key.Code,
                                null,
                                new Money(CostGroups.Sum(same.Select(line => line.Charged)), same.Key),
                                new Money(CostGroups.Sum(same.Select(line => line.Cost)), same.Key),
                                new Money(CostGroups.Sum(same.Select(line => line.UnderRecovery)), same.Key),
                                null,
                            ]
                    ),
            ],
            WhenEmpty =
                $"No shared cost was charged by rates in {review.Month}. Declare one (kind: SharedCost, method: rates), or ask for another month: --period.",
        };

    public static ResultRecord Record(RecoveryReview review) =>
        ResultRecord.Of(
            ("month", review.Month.ToString()),
            ("lines", review.Lines.Select(Record)),
            ("notes", review.Notes),
            ("draft", review.IsDraft)
        );

    /// <summary>"Rates charged 9,000.00 of 10,000.00 USD; 1,000.00 is under-recovery."</summary>
    public static string Says(IReadOnlyList<RecoveryLine> lines)
    {
        var currency = lines[0].Currency;
        var left = CostGroups.Sum(lines.Select(line => line.UnderRecovery));
        return $"Rates charged {Text(CostGroups.Sum(lines.Select(line => line.Charged)))} of "
            + $"{Text(CostGroups.Sum(lines.Select(line => line.Cost)))}; "
            + (
                left.IsZero ? "that is all of it."
                : left.IsNegative ? $"{Text(left.Abs())} is over-recovery."
                : $"{Text(left)} is under-recovery."
            );

        string Text(Amount amount) => CellText.Figure(amount, currency.Decimals) + " " + currency.Code;
    }

    private const string NoRate = "(no rate)";

    public static ResultRecord Record(RecoveryLine line) =>
        ResultRecord.Of(
            ("month", line.Month.ToString()),
            ("pool", line.Pool),
            ("rateCard", line.Book),
            ("line", line.Meter),
            ("unit", line.Unit),
            ("billingCurrency", line.Currency.Code),
            ("quantity", line.Quantity),
            ("charged", line.Charged),
            ("cost", line.Cost),
            ("underRecovery", line.UnderRecovery),
            ("suggestedRate", line.Suggested),
            (
                "uses",
                line.Uses.Select(use =>
                    ResultRecord.Of(
                        ("receiver", use.Receiver),
                        ("quantity", use.Quantity),
                        ("rate", use.Rate),
                        ("charged", use.Charged)
                    )
                )
            )
        );
}
