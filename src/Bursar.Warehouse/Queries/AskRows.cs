using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Warehouse.Queries;

/// <summary>Asks the engine for the charges behind a <see cref="CostQuery"/>.</summary>
public static class AskRows
{
    /// <summary>A page of the charges behind a question whose columns are resolved already.</summary>
    /// <param name="query">The question; its grouping, grain and splits make no difference to the rows.</param>
    /// <param name="star">The files that its sums come from.</param>
    /// <param name="charges">The charges of the same deliveries.</param>
    /// <param name="values">The columns to show.</param>
    /// <param name="page">How many rows, and how many to pass over.</param>
    /// <param name="session">The engine.</param>
    /// <param name="cancel">Stops the engine.</param>
    public static ChargeRows Of(
        CostQuery query,
        StarFiles star,
        IReadOnlyList<ChargeFile> charges,
        IReadOnlyList<string> values,
        (int Limit, long Offset) page,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        if (charges.Count == 0)
            return new ChargeRows([], 0, []);
        var sql = new RowSql(query, star, charges);
        session.Execute(sql.Find, sql.Parameters, cancel);
        var (count, totals) = Totals(query.Measure, session, cancel);
        var records = Records(page, session, cancel);
        return new ChargeRows(
            records.Count == 0
                ? []
                : [.. Read(sql.Of(records, values), sql, query.Measure, values.Count, session, cancel)],
            count,
            totals
        );
    }

    /// <summary>All charges behind a question, largest first, as they are read.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static IEnumerable<ChargeRow> Each(
        CostQuery query,
        StarFiles star,
        IReadOnlyList<ChargeFile> charges,
        IReadOnlyList<string> values,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        if (charges.Count == 0)
            return [];
        var sql = new RowSql(query, star, charges);
        return Read(sql.All(values), sql, query.Measure, values.Count, session, cancel);
    }

    /// <summary>The sums of charges of at most an hour, by hour, in order.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static IReadOnlyList<HourSum> Hours(
        CostQuery query,
        StarFiles star,
        IReadOnlyList<ChargeFile> charges,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var sums = new List<HourSum>();
        if (charges.Count == 0)
            return sums;
        var sql = new RowSql(query, star, charges);
        using var reader = session.Query(sql.Hours(query.By), sql.Parameters, cancel);
        while (reader.Read())
        {
            var keys = new string?[query.By.Count];
            for (var i = 0; i < keys.Length; i++)
                keys[i] = reader.IsNull(i + 3) ? null : reader.GetString(i + 3);
            sums.Add(
                new HourSum(reader.GetDateTime(0), keys, CurrencyOf(query.Measure, reader, 1), reader.GetAmount(2))
            );
        }
        return sums;
    }

    private static IEnumerable<ChargeRow> Read(
        string text,
        RowSql sql,
        CostMeasure measure,
        int values,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        using var reader = session.Query(text, sql.Parameters, cancel);
        while (reader.Read())
        {
            var texts = new string?[values];
            for (var i = 0; i < texts.Length; i++)
                texts[i] = reader.IsNull(i + 4) ? null : reader.GetString(i + 4);
            yield return new ChargeRow(
                (int)reader.GetInt64(0),
                reader.GetInt64(1),
                CurrencyOf(measure, reader, 2),
                reader.GetAmount(3),
                texts
            );
        }
    }

    private static List<(int File, long Record)> Records(
        (int Limit, long Offset) page,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var records = new List<(int, long)>();
        using var reader = session.Query(RowSql.Page(page.Limit, page.Offset), cancel: cancel);
        while (reader.Read())
            records.Add(((int)reader.GetInt64(0), reader.GetInt64(1)));
        return records;
    }

    private static (long Count, List<Money> Totals) Totals(
        CostMeasure measure,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var count = 0L;
        var totals = new List<Money>();
        using var reader = session.Query(RowSql.Totals, cancel: cancel);
        while (reader.Read())
        {
            count += reader.GetInt64(1);
            totals.Add(new Money(reader.GetAmount(2), CurrencyOf(measure, reader, 0)));
        }
        return (count, totals);
    }

    private static Currency CurrencyOf(CostMeasure measure, DuckDbReader reader, int column) =>
        measure.UnitOf(reader.IsNull(column) ? null : reader.GetString(column));

    /// <summary>The columns of each of these files of charges.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> ColumnsOf(
        IReadOnlyList<string> paths,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var columns = paths.Distinct().ToDictionary(path => path, _ => new HashSet<string>());
        using var reader = session.Query(RowSql.ColumnsOf(paths), cancel: cancel);
        while (reader.Read())
            columns[reader.GetString(0)].Add(reader.GetString(1));
        return columns.ToDictionary(pair => pair.Key, pair => (IReadOnlySet<string>)pair.Value);
    }
}
