using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Warehouse.Queries;

/// <summary>
/// Asks to whom each charge belongs by two rulebooks. Both have the same profiles and days; only the places differ, so
/// every amount is read once and neither side can gain what the other does not lose.
/// </summary>
public static class AskMoves
{
    /// <param name="query">The question.</param>
    /// <param name="before">The files under the one rulebook.</param>
    /// <param name="after">The files of the same deliveries under the other.</param>
    /// <param name="session">The engine.</param>
    /// <param name="cancel">Stops the engine.</param>
    public static IReadOnlyList<MovedCost> Of(
        MoveQuery query,
        StarFiles before,
        StarFiles after,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        if (before.Daily.Count == 0)
            return [];
        var moved = new List<MovedCost>();
        var fields = query.By.Count;
        using var reader = session.Query(Sql(query, before, after), cancel: cancel);
        while (reader.Read())
        {
            moved.Add(
                new MovedCost(
                    Texts(0),
                    Texts(fields),
                    Texts(2 * fields),
                    Texts(3 * fields),
                    new Currency(reader.IsNull(4 * fields) ? "" : reader.GetString(4 * fields)),
                    reader.IsNull((4 * fields) + 1) ? default : reader.GetAmount((4 * fields) + 1),
                    reader.IsNull((4 * fields) + 2) ? 0 : reader.GetInt64((4 * fields) + 2)
                )
            );
        }
        return moved;

        string?[] Texts(int first) =>
            [.. Enumerable.Range(first, fields).Select(i => reader.IsNull(i) ? null : reader.GetString(i))];
    }

    private static string Sql(MoveQuery query, StarFiles before, StarFiles after)
    {
        var keys = Columns("b", query.By)
            .Concat(Columns("b", query.By.Select(CostColumns.RuleOf)))
            .Concat(Columns("a", query.By))
            .Concat(Columns("a", query.By.Select(CostColumns.RuleOf)))
            .Select((column, i) => $"{column} AS k{i}");
        var currency = query.Conversion is null ? "b.BillingCurrency" : "d.Currency";
        return $"""
            SELECT {string.Join(", ", keys)}, {currency} AS Currency,
              CAST(sum(d.Cost) AS DECIMAL(38,18)) AS Cost, CAST(sum(d.Charges) AS BIGINT) AS Charges
            FROM ({Daily(query, before, after)}) d
            JOIN {before.ProfilesSource} b
              ON b.x_DeliveryKey = d.x_DeliveryKey AND b.x_ProfileId = d.x_ProfileId AND b.x_Interval = d.Earlier
            JOIN {after.ProfilesSource} a
              ON a.x_DeliveryKey = d.x_DeliveryKey AND a.x_ProfileId = d.x_ProfileId AND a.x_Interval = d.Later
            GROUP BY ALL
            """;
    }

    /// <summary>The daily rows with the interval of rules that their day is in, by each of the two.</summary>
    private static string Daily(MoveQuery query, StarFiles before, StarFiles after)
    {
        var range =
            $"f.Day >= DATE '{query.From:yyyy-MM-dd}' AND f.Day < DATE '{query.To:yyyy-MM-dd}' "
            + $"AND (f.{query.Measure} IS NOT NULL OR f.Charges > 0)";
        var keys = $"f.x_DeliveryKey, f.x_ProfileId, f.x_Interval AS Earlier, {Interval(after.Breakpoints)} AS Later";
        if (query.Conversion is not { } asked)
            return $"SELECT {keys}, sum(f.{query.Measure}) AS Cost, sum(f.Charges) AS Charges FROM {before.DailySource} f WHERE {range} GROUP BY ALL";
        var conversion = new ConversionSql(asked, before);
        return $"""
            SELECT {keys}, {conversion.Currency} AS Currency,
              sum({ConversionSql.Amount(query.Measure.ToString())}) AS Cost, sum(f.Charges) AS Charges
            FROM {conversion.From("Day")} WHERE {range} GROUP BY ALL
            """;
    }

    private static IEnumerable<string> Columns(string side, IEnumerable<string> ids) =>
        ids.Select(id => $"{side}.{SqlText.Name(id)}");

    /// <summary>Breakpoints cut time into the intervals 0, 1, 2, …</summary>
    private static string Interval(IReadOnlyList<DateOnly> breakpoints) =>
        breakpoints.Count == 0
            ? "0"
            : string.Join(
                " + ",
                breakpoints.Select(day => $"(CASE WHEN f.Day >= DATE '{day:yyyy-MM-dd}' THEN 1 ELSE 0 END)")
            );
}
