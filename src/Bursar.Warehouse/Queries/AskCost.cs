using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Warehouse.Queries;

/// <summary>The rows and totals of a question, before the books' notes are put beside them.</summary>
public sealed record CostSums(
    CostQuery Query,
    IReadOnlyList<CostRow> Rows,
    IReadOnlyList<Money> Totals,
    IReadOnlyList<string> Notes
);

/// <summary>Asks the engine a <see cref="CostQuery"/>.</summary>
public static class AskCost
{
    private const string OtherKey = "(other)";

    /// <summary>Answers a question from the given files.</summary>
    /// <exception cref="RefusedException">A total leaves the range of amounts.</exception>
    public static CostSums Of(CostQuery asked, StarFiles star, DuckDbSession session, CancellationToken cancel)
    {
        try
        {
            return Answer(asked, star, session, cancel);
        }
        catch (Exception failure)
            when (failure
                    is OverflowException
                        or DuckDbException { ErrorType: DuckDbErrorType.OutOfRange or DuckDbErrorType.Conversion }
                || (
                    failure is DuckDbException
                    && failure.Message.Contains("An amount times a rate", StringComparison.Ordinal)
                )
            )
        {
            throw new RefusedException(
                "costs/total-too-large",
                $"A total of this question has more than 20 digits before the point: {failure.Message.Split('\n')[0]}",
                "Ask for fewer rows (--from, --to, --where), and look for a delivery whose amounts are no costs."
            );
        }
    }

    /// <summary>The rows of a question; a column that no delivery has is empty everywhere.</summary>
    public static IReadOnlyList<CostRow> RowsOf(
        CostQuery asked,
        StarFiles star,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        if (asked.Where.Any(filter => !CostColumns.IsKnown(filter.Column, star.Columns)))
            return [];
        var known = asked.By.Where(id => CostColumns.IsKnown(id, star.Columns)).ToList();
        var rows = Of(asked with { By = known }, star, session, cancel).Rows;
        return known.Count == asked.By.Count
            ? rows
            : [.. rows.Select(row => row with { Keys = [.. asked.By.Select(id => KeyOf(row, id))] })];

        string? KeyOf(CostRow row, string id) => known.IndexOf(id) is >= 0 and var place ? row.Keys[place] : null;
    }

    private static CostSums Answer(CostQuery asked, StarFiles star, DuckDbSession session, CancellationToken cancel)
    {
        var notes = new List<string>();
        var query = Resolve(asked, star.Columns, notes);
        if (star.Daily.Count == 0)
            return new CostSums(query, [], [], notes);
        var rows = query is { Top: { } top, By.Count: > 0 }
            ? TopRows(query, top, star, session, notes, cancel)
            : AllRows(query, star, session, cancel);
        return new CostSums(query, WithDeliveryIds(query, rows, star), Totals(rows), notes);
    }

    /// <summary>Puts today's ids in place of what was asked.</summary>
    public static CostQuery Resolve(CostQuery query, IReadOnlySet<string> available, ICollection<string> notes) =>
        query.Measure == CostMeasure.Carbon
            ? Resolve(
                query with
                {
                    Measure = CostMeasure.ConsumedQuantity,
                    Where = [.. query.Where, new CostFilter(CostMeasure.Carbon.UnitColumn, [CostMeasures.CarbonUnit])],
                },
                available,
                notes
            )
            : query with
            {
                By = [.. query.By.Select(column => CostColumns.Resolve(column, available, notes)).Distinct()],
                Where = Resolve(query.Where, available, notes),
                Scopes =
                [
                    .. query.Scopes.Select(scope => scope with { Where = Resolve(scope.Where, available, notes) }),
                ],
            };

    private static IReadOnlyList<CostFilter> Resolve(
        IEnumerable<CostFilter> filters,
        IReadOnlySet<string> available,
        ICollection<string> notes
    ) => [.. filters.Select(filter => filter with { Column = CostColumns.Resolve(filter.Column, available, notes) })];

    /// <summary>Deliveries are numbers in the files; people know them by their ids.</summary>
    private static IReadOnlyList<CostRow> WithDeliveryIds(CostQuery query, IReadOnlyList<CostRow> rows, StarFiles star)
    {
        var place = query.By.ToList().IndexOf("x_DeliveryId");
        if (place < 0)
            return rows;
        return
        [
            .. rows.Select(row => row with { Keys = [.. row.Keys.Select((key, i) => i == place ? IdOf(key) : key)] }),
        ];

        string? IdOf(string? key) =>
            ulong.TryParse(key, out var number) ? star.Deliveries.GetValueOrDefault(number, key) : key;
    }

    private static List<CostRow> AllRows(
        CostQuery query,
        StarFiles star,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var sql = new CostSql(query, star);
        var rows = Read(
            sql.Rows(query.By, query.Over is not null),
            sql,
            query.Measure,
            query.By.Count,
            query.Over is not null,
            session,
            cancel
        );
        return Ordered(rows);
    }

    /// <summary>
    /// The groups with the largest totals in each currency, ties with the last one kept, everything else as
    /// "(other)".
    /// </summary>
    private static IReadOnlyList<CostRow> TopRows(
        CostQuery query,
        int top,
        StarFiles star,
        DuckDbSession session,
        List<string> notes,
        CancellationToken cancel
    )
    {
        var wholes = AllRows(query with { By = [], Top = null }, star, session, cancel);
        var kept = new HashSet<string>();
        var leaders = new List<CostRow>();
        foreach (var currency in wholes.Select(whole => whole.Currency).Distinct())
        {
            var ranked = Leaders(query, top, currency, star, session, cancel);
            var last = ranked[Math.Min(top, ranked.Count) - 1].Total;
            var keptHere = ranked.TakeWhile((group, rank) => rank < top || group.Total == last).ToList();
            if (keptHere.Count > top)
                notes.Add(
                    $"{keptHere.Count} rows are shown, not {top}: {keptHere.Count(group => group.Total == last)} of them tie at {last} {currency}."
                );
            kept.UnionWith(keptHere.Select(KeyOf));
            leaders.AddRange(keptHere);
        }
        var rows = query.Over is null
            ? leaders
            : RowsOf(query, leaders, star, session, cancel).Where(row => kept.Contains(KeyOf(row))).ToList();
        return [.. Ordered(rows), .. Others(query, wholes, rows)];
    }

    /// <summary>
    /// The largest groups of one currency: at least so many, and all that tie with the last of them.
    /// </summary>
    private static List<CostRow> Leaders(
        CostQuery query,
        int top,
        Currency currency,
        StarFiles star,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        for (var limit = top + 50; ; limit *= 10)
        {
            var sql = new CostSql(query, star);
            var rows = Read(
                sql.Largest(query.By, currency.Code, limit),
                sql,
                query.Measure,
                query.By.Count,
                byPeriod: false,
                session,
                cancel
            );
            if (rows.Count < limit || rows[^1].Total != rows[top - 1].Total)
                return rows;
        }
    }

    /// <summary>
    /// The rows over time of these groups, and perhaps of some more: each key column is filtered on its own.
    /// </summary>
    private static List<CostRow> RowsOf(
        CostQuery query,
        IReadOnlyList<CostRow> groups,
        StarFiles star,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var filters = query.By.Select(
            (column, i) => new CostFilter(column, [.. groups.Select(group => group.Keys[i]).Distinct()])
        );
        return AllRows(query with { Where = [.. query.Where, .. filters], Top = null }, star, session, cancel);
    }

    /// <summary>What the wholes hold beyond the kept rows, per period and currency.</summary>
    private static IEnumerable<CostRow> Others(
        CostQuery query,
        IEnumerable<CostRow> wholes,
        IReadOnlyList<CostRow> rows
    )
    {
        foreach (var whole in wholes)
        {
            var here = rows.Where(row => row.Currency == whole.Currency && row.Period == whole.Period).ToList();
            var other = whole with
            {
                Keys = [.. Enumerable.Repeat(OtherKey, query.By.Count)],
                Cost = here.Aggregate(whole.Cost, (left, row) => left - row.Cost),
                Tax = here.Aggregate(whole.Tax, (left, row) => left - row.Tax),
                Credits = here.Aggregate(whole.Credits, (left, row) => left - row.Credits),
                Charges = whole.Charges - here.Sum(row => row.Charges),
                Beside = here.Aggregate(whole.Beside, (left, row) => left - row.Beside),
            };
            if (!other.Cost.IsZero || !other.Tax.IsZero || !other.Credits.IsZero)
                yield return other;
        }
    }

    private static string KeyOf(CostRow row) =>
        string.Join('\u0001', row.Keys.Select(key => key ?? "\u0000").Append(row.Currency.Code));

    private static List<CostRow> Read(
        string sql,
        CostSql built,
        CostMeasure measure,
        int keys,
        bool byPeriod,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var rows = new List<CostRow>();
        using var reader = session.Query(sql, built.Parameters, cancel);
        while (reader.Read())
        {
            var values = new string?[keys];
            for (var i = 0; i < keys; i++)
                values[i] = reader.IsNull(i) ? null : reader.GetString(i);
            var next = keys;
            DateOnly? period = byPeriod ? reader.GetDate(next++) : null;
            var currency = measure.UnitOf(reader.IsNull(next) ? null : reader.GetString(next));
            rows.Add(
                new CostRow(
                    values,
                    period,
                    currency,
                    Amount(next + 1),
                    Amount(next + 2),
                    Amount(next + 3),
                    reader.IsNull(next + 4) ? 0 : reader.GetInt64(next + 4)
                )
                {
                    Beside = Amount(next + 5),
                }
            );
        }
        return rows;

        Amount Amount(int column) => reader.IsNull(column) ? default : reader.GetAmount(column);
    }

    /// <summary>
    /// Currencies apart; groups by their total, largest first, then by key; within a group by time.
    /// </summary>
    private static List<CostRow> Ordered(IReadOnlyList<CostRow> rows) =>
        [
            .. rows.GroupBy(KeyOf)
                .Select(group => (Key: group.Key, Rows: group.ToList()))
                .Select(group => (group.Key, group.Rows, Total: Sum(group.Rows)))
                .OrderBy(group => group.Rows[0].Currency)
                .ThenByDescending(group => group.Total)
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(group => group.Rows.OrderBy(row => row.Period)),
        ];

    private static Amount Sum(IEnumerable<CostRow> rows) => rows.Aggregate(Amount.Zero, (sum, row) => sum + row.Total);

    private static List<Money> Totals(IEnumerable<CostRow> rows) =>
        [
            .. rows.GroupBy(row => row.Currency)
                .Select(group => new Money(group.Aggregate(Amount.Zero, (sum, row) => sum + row.Total), group.Key))
                .OrderBy(total => total.Currency),
        ];
}
