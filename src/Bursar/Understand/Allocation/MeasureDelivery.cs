using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>The charges of one day.</summary>
internal sealed record ChargesOfDay(DateOnly Day, long Charges);

/// <summary>Charges that are alike in what a check looks at: currency, category, service and units.</summary>
internal sealed record KindOfCharge(
    string Currency,
    string? Category,
    string? Service,
    string? ServiceCategory,
    string? PricingUnit,
    string? ConsumedUnit,
    long Charges,
    Amount EffectiveCost
);

/// <summary>Charges that belong together on an invoice.</summary>
internal sealed record InvoicedCharges(
    string? InvoiceId,
    string? Issuer,
    string? Provider,
    string? Account,
    string? Publisher,
    string? Category,
    string Currency,
    long Charges,
    Amount BilledCost
);

/// <summary>Rows of a delivery that a check picked out: how many, what they cost, and the first of them.</summary>
internal sealed record PickedRows(long Rows, IReadOnlyList<AmountAtStake> Cost, IReadOnlyList<string> First)
{
    public static PickedRows None { get; } = new(0, [], []);
}

/// <summary>What checks need to know of a delivery; no check reads rows of its own.</summary>
/// <param name="Days">Charges by day, ascending.</param>
/// <param name="Kinds">Charges by currency, category, service and units.</param>
/// <param name="Negative">Rows below zero that are no credit, adjustment, tax or correction.</param>
/// <param name="Repeated">Rows with a cost that stand in it more than once, the first of each left out.</param>
internal sealed record DeliveryMeasures(
    IReadOnlyList<ChargesOfDay> Days,
    IReadOnlyList<KindOfCharge> Kinds,
    PickedRows Negative,
    PickedRows Repeated
);

/// <summary>
/// Measures a delivery from its daily sums and profiles; only what they cannot show is looked for in the rows.
/// </summary>
/// <param name="charges">The delivery.</param>
/// <param name="session">The engine.</param>
/// <param name="cancel">Ends the measuring.</param>
internal sealed class MeasureDelivery(ChargesOfDelivery charges, DuckDbSession session, CancellationToken cancel)
{
    private const int FirstShown = 3;

    private readonly DeliveryMeasureSql sql = new(charges);

    public DeliveryMeasures Of(string dailyPath, string allocationPath) =>
        new(
            Days(dailyPath),
            Unless(() => Kinds(dailyPath, allocationPath), []),
            Unless(Negative, PickedRows.None),
            Unless(() => Repeated(dailyPath), PickedRows.None)
        );

    /// <summary>
    /// Parts that sum to more than the books can hold, though the whole does not, are beyond checking.
    /// </summary>
    private static T Unless<T>(Func<T> measure, T none)
    {
        try
        {
            return measure();
        }
        catch (Exception cause)
            when (cause is OverflowException or DuckDbException { ErrorType: DuckDbErrorType.OutOfRange })
        {
            return none;
        }
    }

    /// <summary>Charges that another delivery has too: the same kind of charge, day and sums.</summary>
    public PickedRows SharedWith(string dailyPath, string otherDailyPath, string allocationPath)
    {
        var rows = 0L;
        var cost = new List<AmountAtStake>();
        using var reader = session.Query(
            DeliveryMeasureSql.Shared(dailyPath, otherDailyPath, allocationPath),
            cancel: cancel
        );
        while (reader.Read())
        {
            rows += reader.GetInt64(1);
            cost.Add(new AmountAtStake(reader.GetString(0), reader.GetAmount(2)));
        }
        return new PickedRows(rows, cost, []);
    }

    /// <summary>What a delivery puts on which invoice, from its daily sums and profiles.</summary>
    /// <param name="dailyPath">Its daily sums.</param>
    /// <param name="allocationPath">Its profiles.</param>
    /// <param name="profileColumns">The columns of its profiles.</param>
    /// <param name="session">The engine.</param>
    /// <param name="cancel">Ends the measuring.</param>
    public static IReadOnlyList<InvoicedCharges> Invoiced(
        string dailyPath,
        string allocationPath,
        IReadOnlyList<string> profileColumns,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var found = new List<InvoicedCharges>();
        using var reader = session.Query(
            DeliveryMeasureSql.Invoiced(dailyPath, allocationPath, profileColumns),
            cancel: cancel
        );
        while (reader.Read())
            found.Add(
                new InvoicedCharges(
                    Text(1),
                    Text(2),
                    Text(3),
                    Text(4),
                    Text(5),
                    Text(6),
                    Text(0) ?? "",
                    reader.GetInt64(7),
                    reader.GetAmount(8)
                )
            );
        return found;

        string? Text(int column) => reader.IsNull(column) ? null : reader.GetString(column);
    }

    /// <summary>The units and services of a delivery in the books, from its profiles.</summary>
    public IReadOnlySet<string> UnitsOf(string allocationPath, IReadOnlyList<string> profileColumns)
    {
        var units = new HashSet<string>();
        if (DeliveryMeasureSql.Units(allocationPath, profileColumns) is not { } question)
            return units;
        using var reader = session.Query(question, cancel: cancel);
        while (reader.Read())
            if (!reader.IsNull(0))
                units.Add(reader.GetString(0));
        return units;
    }

    private List<ChargesOfDay> Days(string dailyPath)
    {
        var days = new List<ChargesOfDay>();
        using var reader = session.Query(DeliveryMeasureSql.Days(dailyPath), cancel: cancel);
        while (reader.Read())
            days.Add(new ChargesOfDay(reader.GetDate(0), reader.GetInt64(1)));
        return days;
    }

    private List<KindOfCharge> Kinds(string dailyPath, string allocationPath)
    {
        var kinds = new List<KindOfCharge>();
        using var reader = session.Query(sql.Kinds(dailyPath, allocationPath), cancel: cancel);
        while (reader.Read())
            kinds.Add(
                new KindOfCharge(
                    Text(0) ?? "",
                    Text(1),
                    Text(2),
                    Text(3),
                    Text(4),
                    Text(5),
                    reader.GetInt64(6),
                    reader.GetAmount(7)
                )
            );
        return kinds;

        string? Text(int column) => reader.IsNull(column) ? null : reader.GetString(column);
    }

    private PickedRows Negative() => sql.Negative is { } condition ? Picked(condition) : PickedRows.None;

    /// <summary>
    /// The daily sums tell which profiles have several charges on a day, and a few columns of those whether any may be
    /// the same; only then are rows compared whole.
    /// </summary>
    private PickedRows Repeated(string dailyPath)
    {
        if (sql.Suspects is not { } suspects)
            return PickedRows.None;
        session.Execute(DeliveryMeasureSql.Busy(dailyPath), cancel: cancel);
        using (var reader = session.Query(DeliveryMeasureSql.CountBusy, cancel: cancel))
        {
            reader.Read();
            if (reader.GetInt64(0) == 0)
                return PickedRows.None;
        }
        session.Execute(suspects, cancel: cancel);
        using (var reader = session.Query(DeliveryMeasureSql.CountSuspects, cancel: cancel))
        {
            reader.Read();
            if (reader.GetInt64(0) == 0)
                return PickedRows.None;
        }
        session.Execute(sql.Repeats, cancel: cancel);
        return Read(DeliveryMeasureSql.SumOfRepeats, DeliveryMeasureSql.FirstRepeats(FirstShown));
    }

    private PickedRows Picked(string condition) => Read(sql.SumOf(condition), sql.FirstOf(condition, FirstShown));

    private PickedRows Read(string sums, string firsts)
    {
        var rows = 0L;
        var cost = new List<AmountAtStake>();
        using (var reader = session.Query(sums, cancel: cancel))
        {
            while (reader.Read())
            {
                rows += reader.GetInt64(1);
                cost.Add(new AmountAtStake(reader.GetString(0), reader.GetAmount(2)));
            }
        }
        if (rows == 0)
            return PickedRows.None;
        var first = new List<string>();
        using (var reader = session.Query(firsts, cancel: cancel))
        {
            while (reader.Read())
                first.Add(
                    $"row {reader.GetInt64(0)}: {reader.GetAmount(1)} {reader.GetString(2)}"
                        + (reader.IsNull(3) ? "" : $", {reader.GetString(3)}")
                );
        }
        return new PickedRows(rows, cost, first);
    }
}

/// <summary>The questions that <see cref="MeasureDelivery"/> asks of the staged files of a delivery.</summary>
internal sealed class DeliveryMeasureSql(ChargesOfDelivery charges)
{
    /// <summary>These in common, two rows may be the same; then all their columns are compared.</summary>
    private static readonly string[] Distinguishing =
    [
        "ChargePeriodStart",
        "BilledCost",
        "EffectiveCost",
        "ConsumedQuantity",
    ];

    private string Rows
    {
        get
        {
            var files = charges.ChargeFiles.Select(SqlText.Literal);
            return $"(SELECT * FROM read_parquet([{string.Join(", ", files)}], union_by_name=true, file_row_number=true) "
                + $"WHERE x_BillingPeriod = DATE '{charges.Period.Start:yyyy-MM-dd}')";
        }
    }

    private IEnumerable<string> Costs => new[] { "BilledCost", "EffectiveCost" }.Where(charges.StoredIds.Contains);

    public static string Days(string daily) =>
        $"SELECT Day, CAST(sum(Charges) AS BIGINT) FROM read_parquet({SqlText.Literal(daily)}) GROUP BY Day HAVING sum(Charges) > 0 ORDER BY Day";

    public string Kinds(string daily, string allocation) =>
        SumBy(
            ["ChargeCategory", "ServiceName", "ServiceCategory", "PricingUnit", "ConsumedUnit"],
            "EffectiveCost",
            daily,
            allocation,
            charges.ProfileColumns
        );

    public static string Invoiced(string daily, string allocation, IReadOnlyList<string> profileColumns) =>
        SumBy(
            [
                "InvoiceId",
                "InvoiceIssuerName",
                "ServiceProviderName",
                "BillingAccountId",
                "PublisherName",
                "ChargeCategory",
            ],
            "BilledCost",
            daily,
            allocation,
            profileColumns
        );

    private static string SumBy(
        string[] attributes,
        string cost,
        string daily,
        string allocation,
        IReadOnlyList<string> profileColumns
    )
    {
        var columns = string.Join(
            ", ",
            attributes.Select(id => profileColumns.Contains(id) ? $"p.{id} AS {id}" : $"NULL::VARCHAR AS {id}")
        );
        return $"""
            SELECT coalesce(p.BillingCurrency, '') AS Currency, {columns}, CAST(sum(d.Charges) AS BIGINT),
              CAST(coalesce(sum(d.Cost), 0) AS DECIMAL(38,18))
            FROM (SELECT x_ProfileId, x_Interval, sum(Charges) AS Charges, sum({cost}) AS Cost
                FROM read_parquet({SqlText.Literal(daily)}) GROUP BY ALL) d JOIN read_parquet({SqlText.Literal(
                allocation
            )}) p
              ON p.x_ProfileId = d.x_ProfileId AND p.x_Interval = d.x_Interval
            GROUP BY ALL ORDER BY ALL
            """;
    }

    public static string? Units(string allocation, IReadOnlyList<string> profileColumns)
    {
        var units = new[] { "PricingUnit", "ConsumedUnit" }.Where(profileColumns.Contains).ToList();
        return units.Count == 0
            ? null
            : string.Join(
                " UNION ",
                units.Select(unit => $"SELECT {unit} FROM read_parquet({SqlText.Literal(allocation)})")
            );
    }

    public static string Shared(string daily, string other, string allocation) =>
        $"""
            SELECT coalesce(p.BillingCurrency, '') AS Currency, CAST(sum(d.Charges) AS BIGINT),
              CAST(coalesce(sum(coalesce(d.EffectiveCost, d.BilledCost)), 0) AS DECIMAL(38,18))
            FROM read_parquet({SqlText.Literal(daily)}) d
            SEMI JOIN read_parquet({SqlText.Literal(other)}) o ON o.x_ProfileId = d.x_ProfileId AND o.Day = d.Day
              AND o.Charges = d.Charges AND o.BilledCost IS NOT DISTINCT FROM d.BilledCost
              AND o.EffectiveCost IS NOT DISTINCT FROM d.EffectiveCost
            JOIN read_parquet({SqlText.Literal(allocation)}) p
              ON p.x_ProfileId = d.x_ProfileId AND p.x_Interval = d.x_Interval
            WHERE d.Charges > 0 GROUP BY Currency ORDER BY Currency
            """;

    /// <summary>Below zero although nothing says that it gives money back.</summary>
    public string? Negative
    {
        get
        {
            var below = Costs.Select(cost => $"{cost} < 0").ToList();
            if (below.Count == 0)
                return null;
            var excused = charges.StoredIds.Contains("ChargeCategory")
                ? " AND coalesce(ChargeCategory, '') NOT IN ('Credit', 'Adjustment', 'Refund', 'Tax')"
                : "";
            var corrected = charges.StoredIds.Contains("ChargeClass")
                ? " AND coalesce(ChargeClass, '') <> 'Correction'"
                : "";
            return $"({string.Join(" OR ", below)}){excused}{corrected}";
        }
    }

    public string SumOf(string condition) =>
        $"""
            SELECT {Currency} AS Currency, count(*), CAST(sum({Cost}) AS DECIMAL(38,18))
            FROM {Rows} WHERE {condition} GROUP BY Currency ORDER BY Currency
            """;

    public string FirstOf(string condition, int most) =>
        $"""
            SELECT file_row_number + 1, CAST({Cost} AS DECIMAL(38,18)), {Currency}, {What}
            FROM {Rows} WHERE {condition} ORDER BY file_row_number LIMIT {most}
            """;

    /// <summary>Profiles with several charges on one day: all that repeated rows can be among.</summary>
    public static string Busy(string daily) =>
        $"CREATE OR REPLACE TEMP TABLE busy AS SELECT DISTINCT x_ProfileId FROM read_parquet({SqlText.Literal(daily)}) WHERE Charges > 1";

    public const string CountBusy = "SELECT count(*) FROM busy";

    /// <summary>
    /// Hashes of rows with a cost that more than one row has; null where rows have nothing to tell by.
    /// </summary>
    public string? Suspects
    {
        get
        {
            var costs = Costs.Select(cost => $"{cost} <> 0").ToList();
            return costs.Count == 0
                ? null
                : $"""
                    CREATE OR REPLACE TEMP TABLE suspects AS SELECT Likeness FROM (
                      SELECT {Likeness} AS Likeness FROM {Rows}
                      WHERE ({string.Join(" OR ", costs)}) AND x_ProfileId IN (SELECT x_ProfileId FROM busy))
                    GROUP BY Likeness HAVING count(*) > 1
                    """;
        }
    }

    public const string CountSuspects = "SELECT count(*) FROM suspects";

    /// <summary>Rows that are the same in every column as one before them.</summary>
    public string Repeats
    {
        get
        {
            var all = string.Join(", ", charges.StoredIds.Order(StringComparer.Ordinal).Select(SqlText.Name));
            var costs = string.Join(" OR ", Costs.Select(cost => $"{cost} <> 0"));
            return $"""
                CREATE OR REPLACE TEMP TABLE repeats AS
                SELECT file_row_number, Currency, Cost, What FROM (
                  SELECT file_row_number, {Currency} AS Currency, CAST({Cost} AS DECIMAL(38,18)) AS Cost, {What} AS What,
                    row_number() OVER (PARTITION BY hash({all}) ORDER BY file_row_number) AS Place
                  FROM {Rows} WHERE ({costs}) AND {Likeness} IN (SELECT Likeness FROM suspects))
                WHERE Place > 1
                """;
        }
    }

    public const string SumOfRepeats =
        "SELECT Currency, count(*), CAST(sum(Cost) AS DECIMAL(38,18)) FROM repeats GROUP BY Currency ORDER BY Currency";

    public static string FirstRepeats(int most) =>
        $"SELECT file_row_number + 1, Cost, Currency, What FROM repeats ORDER BY file_row_number LIMIT {most}";

    private string Likeness =>
        $"hash({string.Join(", ", Distinguishing.Where(charges.StoredIds.Contains).Prepend("x_ProfileId"))})";

    private string Currency => charges.StoredIds.Contains("BillingCurrency") ? "coalesce(BillingCurrency, '')" : "''";

    private string Cost => $"coalesce({string.Join(", ", Costs.Reverse().Append("0"))})";

    private string What =>
        charges.StoredIds.Contains("ServiceName") ? "ServiceName"
        : charges.StoredIds.Contains("ChargeDescription") ? "ChargeDescription"
        : "NULL::VARCHAR";
}
