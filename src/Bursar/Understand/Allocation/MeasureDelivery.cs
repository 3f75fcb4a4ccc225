using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;

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
