namespace Bursar.Warehouse.Queries;

/// <summary>A parquet file of charges as booked, for questions that go down to single rows.</summary>
/// <param name="DeliveryKey">The number of its delivery in the daily and allocation files.</param>
/// <param name="PeriodStart">The first day of the delivery's billing period.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Columns">The columns that it has.</param>
public sealed record ChargeFile(ulong DeliveryKey, DateOnly PeriodStart, string Path, IReadOnlySet<string> Columns);

/// <summary>One charge behind a figure.</summary>
/// <param name="File">Its place in the list of charge files.</param>
/// <param name="Record">The number of its record in the provider's file, the first after the header being 1.</param>
/// <param name="Currency">Its billing currency; of a quantity, its unit.</param>
/// <param name="Amount">The measure, or the part of it that falls into the period.</param>
/// <param name="Values">The values of the columns asked for.</param>
public sealed record ChargeRow(
    int File,
    long Record,
    Core.Amounts.Currency Currency,
    Core.Amounts.Amount Amount,
    IReadOnlyList<string?> Values
);

/// <summary>Some of the charges behind a figure, and how many there are in all.</summary>
/// <param name="Rows">Largest first.</param>
/// <param name="Count">All of them.</param>
/// <param name="Totals">What all of them sum to, per currency.</param>
public sealed record ChargeRows(IReadOnlyList<ChargeRow> Rows, long Count, IReadOnlyList<Core.Amounts.Money> Totals);

/// <summary>The charges of one delivery, as the SQL of a table.</summary>
public static class ChargesSource
{
    /// <summary>
    /// A delivered file of several billing periods is stored once; each of its deliveries reads only its own period.
    /// </summary>
    /// <param name="paths">The parquet files.</param>
    /// <param name="billingPeriodStart">The first day of the delivery's billing period.</param>
    public static string Of(IEnumerable<string> paths, DateOnly billingPeriodStart) =>
        $"(SELECT * FROM read_parquet({SqlText.List(paths)}, union_by_name=true) "
        + $"WHERE x_BillingPeriod = DATE '{billingPeriodStart:yyyy-MM-dd}')";
}

/// <summary>What charges of at most an hour sum to, in one hour.</summary>
/// <param name="Hour">When the hour begins, UTC.</param>
/// <param name="Keys">The values of the columns asked for.</param>
/// <param name="Currency">The billing currency; of a quantity, its unit.</param>
/// <param name="Amount">The sum.</param>
public sealed record HourSum(
    DateTime Hour,
    IReadOnlyList<string?> Keys,
    Core.Amounts.Currency Currency,
    Core.Amounts.Amount Amount
);
