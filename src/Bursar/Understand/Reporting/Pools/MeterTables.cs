using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>A provider's invoice against the log of its use: as a table, as named fields, and in sentences.</summary>
internal static class MeterTables
{
    /// <summary>How people call what log and invoice differ by.</summary>
    public const string ResidualName = "(residual: not explained by the log)";

    /// <summary>By what a pool is divided, in words.</summary>
    public static string Driver(SharedCost pool) =>
        (pool.Measure.IsQuantity ? "the log's quantities" : "the log at its prices")
        + (pool.IsDaily ? ", day by day" : "")
        + pool.Residual switch
        {
            SharedCostResidual.Spread => "; the residual by the same",
            SharedCostResidual.Owner => $"; the residual to {pool.ResidualTo}",
            _ => "; the residual apart",
        };

    /// <summary>One line a class of the invoice.</summary>
    public static ResultTable Lines(IReadOnlyList<ReviewedPool> pools) =>
        new(
            [
                new("pool", Spare: true),
                new("class"),
                new("currency", ColumnKind.Whole, Spare: true),
                new("invoice", ColumnKind.Figure),
                new("log", ColumnKind.Figure),
                new("allocated", ColumnKind.Figure),
                new("residual", ColumnKind.Figure),
                new("why", ColumnKind.Text),
            ],
            [
                .. pools.SelectMany(pool =>
                    (pool.Meter?.Lines ?? []).Select(
                        IReadOnlyList<object?> (line) =>
                            [
                                pool.Pool.Name,
                                line.Class.Length == 0 ? "all" : line.Class,
                                pool.Currency.Code,
                                new Money(line.Invoiced, pool.Currency),
                                new Money(line.Logged, pool.Currency),
                                new Money(line.Allocated, pool.Currency),
                                new Money(line.Residual, pool.Currency),
                                Why(line.Causes, pool.Currency),
                            ]
                    )
                ),
            ]
        )
        {
            WhenEmpty = "No log divides anything here: method: metered in a kind: SharedCost would.",
        };

    /// <summary>"not in the log 12.00, another price −3.00".</summary>
    public static string Why(IReadOnlyList<ResidualPart> causes, Currency currency) =>
        causes.Count == 1
            ? Words(causes[0].Cause)
            : string.Join(
                ", ",
                causes
                    .Where(part => !part.Cost.RoundedTo(currency.Decimals).IsZero)
                    .Select(part => $"{Words(part.Cause)} {CellText.Figure(part.Cost, currency.Decimals)}")
            );

    /// <summary>What the log explains of the invoice, why not all of it, and what to look at.</summary>
    public static IEnumerable<string> Sentences(ReviewedPool pool)
    {
        if (pool.Meter is not { } meter)
            yield break;
        yield return $"Invoice {Short(meter.Invoiced, pool)} = allocated {Short(meter.Allocated, pool)} + residual {Short(meter.Residual, pool)}"
            + (meter.Causes.Count == 0 ? "." : $" ({Why(meter.Causes, pool.Currency)}).");
        if (meter.DaysWithoutLog.Count > 0)
            yield return $"The log has nothing on {Days(meter.DaysWithoutLog)}, and the invoice has"
                + (meter.LogThrough is { } last ? $"; it ends on {last:yyyy-MM-dd}." : ".");
        if (!meter.NotInvoiced.IsZero)
            yield return $"{Short(meter.NotInvoiced, pool)} of the log have no line on the invoice: nobody gets them.";
        if (!meter.CountedBeside.IsZero)
            yield return $"The log adds {Short(meter.CountedBeside, pool)} to totals beside the invoice of the same use: "
                + "in its kind: Source, write counts: estimate and standsInFor: with the source of the invoice.";
    }

    public static ResultRecord Record(MeterReview meter, ReviewedPool pool) =>
        ResultRecord.Of(
            ("invoice", meter.Invoiced),
            ("log", meter.Logged),
            ("allocated", meter.Allocated),
            ("residual", meter.Residual),
            ("residualPolicy", pool.Pool.Residual.ToString().ToLowerInvariant()),
            ("residualTo", pool.Pool.ResidualTo),
            ("causes", meter.Causes.Select(Record)),
            ("notInvoiced", meter.NotInvoiced),
            ("countedBeside", meter.CountedBeside),
            ("logThrough", meter.LogThrough),
            ("daysWithoutLog", meter.DaysWithoutLog.Select(day => (object?)day)),
            (
                "lines",
                meter.Lines.Select(line =>
                    ResultRecord.Of(
                        ("class", line.Class),
                        ("invoice", line.Invoiced),
                        ("log", line.Logged),
                        ("unit", line.Unit),
                        ("invoicedUnits", line.InvoicedUnits),
                        ("loggedUnits", line.LoggedUnits),
                        ("allocated", line.Allocated),
                        ("residual", line.Residual),
                        ("causes", line.Causes.Select(Record))
                    )
                )
            )
        );

    private static ResultRecord Record(ResidualPart part) =>
        ResultRecord.Of(("cause", Id(part.Cause)), ("words", Words(part.Cause)), ("cost", part.Cost));

    private static string Id(ResidualCause cause) =>
        cause switch
        {
            ResidualCause.NotInLog => "not-in-log",
            ResidualCause.NoPrice => "no-price",
            ResidualCause.Quantity => "quantity",
            ResidualCause.Price => "price",
            _ => "not-comparable",
        };

    private static string Words(ResidualCause cause) =>
        cause switch
        {
            ResidualCause.NotInLog => "not in the log",
            ResidualCause.NoPrice => "no price for what the log has",
            ResidualCause.Quantity => "units beyond the log's",
            ResidualCause.Price => "another price than the log's",
            _ => "other units than the log's",
        };

    private static string Days(IReadOnlyList<DateOnly> days) =>
        days.Count > 3
            ? $"{days.Count.ToString(CultureInfo.InvariantCulture)} days, the first {days[0]:yyyy-MM-dd}"
            : string.Join(", ", days.Select(day => $"{day:yyyy-MM-dd}"));

    private static string Short(Amount amount, ReviewedPool pool) => Display.Short(new Money(amount, pool.Currency));
}
