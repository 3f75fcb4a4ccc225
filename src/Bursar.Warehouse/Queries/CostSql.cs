using Bursar.Core.Diagnostics;

namespace Bursar.Warehouse.Queries;

/// <summary>
/// The SQL of a resolved <see cref="CostQuery"/> over the star: sums per profile first, joined to what the profile is
/// afterwards. Plain SQL, so that other engines can run it too.
/// </summary>
internal sealed class CostSql
{
    private readonly CostQuery query;
    private readonly StarFiles star;
    private readonly FilterSql filters;

    /// <param name="query">The question, with its columns resolved to ids of today.</param>
    /// <param name="star">The files.</param>
    /// <exception cref="RefusedException">The grain is finer than the basis of time knows.</exception>
    public CostSql(CostQuery query, StarFiles star)
    {
        if (query is { Time: TimeBasis.Billing, Over: TimeGrain.Day or TimeGrain.Week })
            throw new RefusedException(
                "costs/grain-too-fine",
                "A billing period is a month; it cannot be shown by day or week.",
                "Use --time charge for days and weeks, or --over month.",
                exitCode: 2
            );
        (this.query, this.star, filters) = (query, star, new FilterSql(star));
    }

    public IReadOnlyList<object?> Parameters => filters.Parameters;

    /// <summary>Columns: the keys, Period (if a grain is asked), Currency (or unit), Cost, Tax, Credits,
    /// Charges, Beside.</summary>
    public string Rows(IReadOnlyList<string> keys, bool byPeriod)
    {
        filters.Parameters.Clear();
        var keySql = keys.Select(
                (key, i) => $"{(key == CostColumns.Scopes ? ScopesSql() : CostColumns.Sql(key, star.Stored))} AS k{i}"
            )
            .ToList();
        var groups = Enumerable.Range(0, keys.Count).Select(i => $"k{i}").ToList();
        if (byPeriod)
            groups.Add("Period");
        var period = byPeriod ? "d.Period, " : "";
        var where = filters.Where(query.Where, Undivided);
        return $"""
            SELECT {string.Join("", keySql.Select(sql => sql + ", "))}{period}{UnitSql()} AS Currency,
              {Sum(CostSplit.None)} AS Cost, {Sum(CostSplit.Tax)} AS Tax, {Sum(CostSplit.Credits)} AS Credits,
              CAST(sum(d.Charges) AS BIGINT) AS Charges,
              {(query.Beside is null ? "NULL::DECIMAL(38,18)" : "CAST(sum(d.Beside) AS DECIMAL(38,18))")} AS Beside
            FROM ({DailySums(keys, byPeriod)}) d
            JOIN {star.ProfilesSource} p
              ON p.x_DeliveryKey = d.x_DeliveryKey AND p.x_ProfileId = d.x_ProfileId AND p.x_Interval = d.x_Interval
            {where}
            GROUP BY {string.Join(", ", groups.Append("Currency"))}{(
                query.Measure.IsQuantity ? " HAVING sum(d.Cost) IS NOT NULL" : ""
            )}
            """;
    }

    /// <summary>What the figure is in. A charge without a quantity has no part in an answer about quantities.</summary>
    private string UnitSql() =>
        query.Measure.IsQuantity ? CostColumns.Sql(query.Measure.UnitColumn, star.Stored)
        : query.Conversion is null ? "p.BillingCurrency"
        : "d.Currency";

    /// <summary>
    /// The same, without a grain of time: the largest groups of one currency, ties in the order of their keys.
    /// </summary>
    public string Largest(IReadOnlyList<string> keys, string currency, int limit) =>
        $"""
            SELECT * FROM ({Rows(keys, byPeriod: false)}) WHERE coalesce(Currency, '') = {SqlText.Literal(currency)}
            ORDER BY coalesce(Cost, 0) + coalesce(Tax, 0) + coalesce(Credits, 0) DESC{string.Concat(
                keys.Select((_, i) => $", k{i} NULLS LAST")
            )}
            LIMIT {limit}
            """;

    /// <summary>The daily files summed to one row per profile, interval and period.</summary>
    private string DailySums(IReadOnlyList<string> keys, bool byPeriod)
    {
        var columns = new List<string> { "x_DeliveryKey", "x_ProfileId", "x_Interval" };
        if (NeedsBillingPeriod(keys))
            columns.Add("x_BillingPeriod");
        var period = byPeriod ? $", {PeriodSql()} AS Period" : "";
        if (query.Conversion is { } conversion)
            return ConvertedSums(new ConversionSql(conversion, star), columns, period);
        var grouped = string.Join(", ", columns);
        var isByDay = byPeriod && IsByDay;
        return $"""
            SELECT {grouped}{period}, {Summed(query.Measure.ToString(), isByDay)} AS Cost, {Summed("Charges", isByDay)} AS Charges{(
                query.Beside is { } beside ? $", {Summed(beside.ToString(), isByDay)} AS Beside" : ""
            )}
            FROM {star.DailySource}
            WHERE ({query.Measure} IS NOT NULL OR Charges > 0){Range()}
            {(isByDay ? "" : $"GROUP BY {grouped}{(byPeriod ? ", Period" : "")}")}
            """;
    }

    /// <summary>A daily file has few rows of a profile and day: summing them first would only cost time.</summary>
    private bool IsByDay => query.Over == TimeGrain.Day;

    private static string Summed(string sql, bool isByDay) => isByDay ? sql : $"sum({sql})";

    /// <summary>The same in the currency that was asked for, row by row of the daily files.</summary>
    private string ConvertedSums(ConversionSql conversion, List<string> columns, string period)
    {
        var groups = columns.Select(column => "f." + column).Append("Currency");
        return $"""
            SELECT {string.Join(
                ", ",
                columns.Select(column => "f." + column)
            )}{period}, {conversion.Currency} AS Currency,
              sum({ConversionSql.Amount(query.Measure.ToString())}) AS Cost, sum(f.Charges) AS Charges{(
                query.Beside is { } beside ? $", sum({ConversionSql.Amount(beside.ToString())}) AS Beside" : ""
            )}
            FROM {conversion.From(DayColumn)}
            WHERE (f.{query.Measure} IS NOT NULL OR f.Charges > 0){Range()}
            GROUP BY {string.Join(", ", period.Length > 0 ? groups.Append("Period") : groups)}
            """;
    }

    /// <summary>The names of the sets that a row is in, in their order, divided by "|"; "" for none.</summary>
    private string ScopesSql()
    {
        var names = query.Scopes.Select(scope =>
            $"CASE WHEN {string.Join(" AND ", scope.Where.Select(filters.Of).DefaultIfEmpty("true"))} THEN {SqlText.Literal(scope.Name)} END"
        );
        return query.Scopes.Count == 0 ? "''" : $"concat_ws('|', {string.Join(", ", names)})";
    }

    /// <summary>Once pools are divided, their parts stand for them.</summary>
    private string? Undivided =>
        query.Allocation == CostAllocation.Distributed ? $"p.{CostColumns.AllocationType} <> 'Shared'" : null;

    private bool NeedsBillingPeriod(IReadOnlyList<string> keys) =>
        keys.Any(CostColumns.IsDaily)
        || query
            .Where.Concat(query.Scopes.SelectMany(scope => scope.Where))
            .Any(filter => CostColumns.IsDaily(filter.Column));

    private string DayColumn => query.Time == TimeBasis.Billing ? "x_BillingPeriod" : "Day";

    private string PeriodSql() =>
        query.Over == TimeGrain.Day
            ? DayColumn
            : $"CAST(date_trunc('{query.Over!.Value.ToString().ToLowerInvariant()}', {DayColumn}) AS DATE)";

    private string Range()
    {
        var range = "";
        if (query.From is { } from)
            range += $" AND {DayColumn} >= DATE '{from:yyyy-MM-dd}'";
        if (query.To is { } to)
            range += $" AND {DayColumn} < DATE '{to:yyyy-MM-dd}'";
        return range;
    }

    /// <summary>The measure of tax rows, of credit rows, or of all rows that are not split off.</summary>
    private string Sum(CostSplit part)
    {
        const string Amount = "CAST(sum({0}) AS DECIMAL(38,18))";
        if (part != CostSplit.None)
            return query.Split.HasFlag(part)
                ? string.Format(Amount, $"CASE WHEN p.ChargeCategory = '{Category(part)}' THEN d.Cost END")
                : "NULL::DECIMAL(38,18)";
        var apart = new[] { CostSplit.Tax, CostSplit.Credits }
            .Where(split => query.Split.HasFlag(split))
            .Select(split => $"'{Category(split)}'")
            .ToList();
        return string.Format(
            Amount,
            apart.Count == 0
                ? "d.Cost"
                : $"CASE WHEN p.ChargeCategory IS NULL OR p.ChargeCategory NOT IN ({string.Join(", ", apart)}) THEN d.Cost END"
        );
    }

    private static string Category(CostSplit part) => part == CostSplit.Tax ? "Tax" : "Credit";
}
