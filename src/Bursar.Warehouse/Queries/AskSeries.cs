using System.Numerics;
using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Warehouse.Queries;

/// <summary>Asks the engine a <see cref="SeriesQuery"/>.</summary>
public static class AskSeries
{
    /// <summary>The figures, by keys and then time.</summary>
    /// <param name="query">The question.</param>
    /// <param name="files">Full paths of the deliveries' files that count at the moment that is asked.</param>
    /// <param name="columns">The series' own columns: ResourceId, its keys.</param>
    /// <param name="session">The engine.</param>
    /// <param name="cancel">Stops it.</param>
    public static IReadOnlyList<SeriesRow> Of(
        SeriesQuery query,
        IReadOnlyList<string> files,
        IReadOnlyList<string> columns,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        if (files.Count == 0)
            return [];
        var stored = columns.Select(SeriesSql.Stored).ToList();
        var parameters = new List<object?>();
        var sql = Sql(query, SeriesSql.Counting(files, stored), stored, parameters);
        var rows = new List<SeriesRow>();
        using var reader = session.Query(sql, parameters, cancel);
        var keys = query.By.Count;
        while (reader.Read())
        {
            var count = reader.GetInt64(keys + 2);
            var figure = reader.GetAmount(keys + 1);
            rows.Add(
                new SeriesRow(
                    [.. Enumerable.Range(0, keys).Select(i => reader.IsNull(i) ? null : reader.GetString(i))],
                    reader.IsNull(keys) ? null : reader.GetDate(keys),
                    query.Combine == SeriesCombine.Average ? Mean(figure, count) : figure,
                    count
                )
            );
        }
        return rows;
    }

    private static string Sql(SeriesQuery query, string points, IReadOnlyList<string> stored, List<object?> parameters)
    {
        var by = query.By.Select(column => SqlText.Name(SeriesSql.Stored(column))).ToList();
        var bucket = query.Over is { } grain
            ? $"CAST(date_trunc('{grain.ToString().ToLowerInvariant()}', {SeriesSql.Time}) AS DATE)"
            : "NULL::DATE";
        var conditions = Conditions(query, parameters);
        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        var rows = $"(SELECT *, {bucket} AS Bucket FROM {points} {where})";
        if (query.Combine == SeriesCombine.Last)
        {
            var each = string.Join(", ", stored.Select(SqlText.Name).Append("Bucket"));
            rows =
                $"(SELECT {each}, arg_max({SeriesSql.Value}, {SeriesSql.Time}) AS {SeriesSql.Value}, count(*) AS Points FROM {rows} GROUP BY {each})";
        }
        var count = query.Combine == SeriesCombine.Last ? "CAST(sum(Points) AS BIGINT)" : "count(*)";
        var figure = query.Combine == SeriesCombine.Largest ? "max" : "sum";
        var group = string.Join(", ", by.Append("Bucket"));
        var order = string.Join(", ", by.Append("Bucket").Select(column => $"{column} NULLS FIRST"));
        return $"SELECT {group}, {figure}({SeriesSql.Value}), {count} FROM {rows} GROUP BY {group} ORDER BY {order}";
    }

    private static List<string> Conditions(SeriesQuery query, List<object?> parameters)
    {
        var conditions = new List<string>();
        if (query.From is { } from)
        {
            conditions.Add($"{SeriesSql.Time} >= ?");
            parameters.Add(from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        }
        if (query.To is { } to)
        {
            conditions.Add($"{SeriesSql.Time} < ?");
            parameters.Add(to.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        }
        foreach (var filter in query.Where)
        {
            var column = SqlText.Name(SeriesSql.Stored(filter.Column));
            var tests = filter.Values.Select(value =>
            {
                if (value is null)
                    return $"{column} IS NULL";
                parameters.Add(value);
                return $"{column} = ?";
            });
            var any = "(" + string.Join(" OR ", tests.DefaultIfEmpty("false")) + ")";
            conditions.Add(filter.Negated ? $"NOT coalesce({any}, false)" : $"coalesce({any}, false)");
        }
        return conditions;
    }

    /// <summary>The mean to the 18th decimal, half to even.</summary>
    private static Amount Mean(Amount sum, long count)
    {
        var units = BigInteger.DivRem(sum.Units, count, out var rest);
        var half = (BigInteger.Abs(rest) * 2).CompareTo(count);
        if (half > 0 || (half == 0 && !units.IsEven))
            units += sum.IsNegative ? -1 : 1;
        return Amount.FromUnits((Int128)units);
    }
}
