using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Divides converted charges by billing period and sums each part. A file of a single period is not written again.
/// </summary>
/// <param name="session">The engine.</param>
/// <param name="staged">The converted charges.</param>
/// <param name="stored">Ids of their columns.</param>
/// <param name="newPath">Names files in the staging folder.</param>
internal sealed class SplitByPeriod(
    DuckDbSession session,
    string staged,
    IReadOnlyCollection<string> stored,
    Func<string> newPath
)
{
    private static readonly string[] Costs = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"];

    private readonly HashSet<string> ids = [.. stored];

    public IReadOnlyList<ConvertedPart> Run(
        IReadOnlyList<QuarantinedRecord> quarantined,
        IReadOnlyList<string> notes,
        CancellationToken cancel
    )
    {
        var sums = Sums(cancel);
        var parts = new List<ConvertedPart>();
        var periods = sums.GroupBy(sum => sum.Period).OrderBy(group => group.Key).ToList();
        foreach (var period in periods)
        {
            var path = periods.Count == 1 ? staged : Cut(period.Key, cancel);
            parts.Add(
                new ConvertedPart
                {
                    Period = period.Key,
                    ParquetPath = path,
                    StoredIds = ids,
                    Rows = period.Sum(sum => sum.Rows),
                    Totals =
                    [
                        .. period
                            .Select(sum => sum.Totals)
                            .OrderBy(totals => totals.BillingCurrency, StringComparer.Ordinal),
                    ],
                    BillingAccountIds = Accounts(path, cancel),
                    ChargeFrom = period.Min(sum => sum.From),
                    ChargeTo = period.Max(sum => sum.To),
                    NewestChargeStart = period.Max(sum => sum.NewestStart),
                    Quarantined =
                    [
                        .. quarantined.Where(record =>
                            (record.Period ?? periods[0].Key) == period.Key
                            || (period == periods[0] && !periods.Any(other => other.Key == record.Period))
                        ),
                    ],
                    Notes = notes,
                }
            );
        }
        return parts;
    }

    private sealed record PeriodSums(
        BillingPeriod Period,
        long Rows,
        DeliveryTotals Totals,
        DateOnly From,
        DateOnly To,
        DateOnly NewestStart
    );

    private List<PeriodSums> Sums(CancellationToken cancel)
    {
        var period = RowPlace.Period(ids);
        var start = ids.Contains("ChargePeriodStart")
            ? $"coalesce(ChargePeriodStart, {period}::TIMESTAMP)"
            : $"{period}::TIMESTAMP";
        var end = ids.Contains("ChargePeriodEnd")
            ? $"coalesce(ChargePeriodEnd, {start} + INTERVAL 1 DAY)"
            : $"{start} + INTERVAL 1 DAY";
        var costs = string.Join(
            ", ",
            Costs.Select(cost => ids.Contains(cost) ? $"CAST(sum({cost}) AS DECIMAL(38,18))" : "NULL::DECIMAL(38,18)")
        );
        var sums = new List<PeriodSums>();
        using var reader = session.Query(
            $"""
            SELECT {period} AS period, coalesce(BillingCurrency, '') AS currency, count(*), {costs},
              CAST(min({start}) AS DATE), CAST(max({end}) - INTERVAL 1 MICROSECOND AS DATE), CAST(max({start}) AS DATE)
            FROM read_parquet({SqlText.Literal(staged)}) GROUP BY ALL ORDER BY ALL
            """,
            cancel: cancel
        );
        while (reader.Read())
        {
            var totals = new DeliveryTotals
            {
                BillingCurrency = reader.GetString(1),
                BilledCost = Sum(3),
                EffectiveCost = Sum(4),
                ListCost = Sum(5),
                ContractedCost = Sum(6),
            };
            sums.Add(
                new PeriodSums(
                    BillingPeriod.Containing(reader.GetDate(0)),
                    reader.GetInt64(2),
                    totals,
                    reader.GetDate(7),
                    reader.GetDate(8).AddDays(1),
                    reader.GetDate(9)
                )
            );
        }
        return sums;

        Amount? Sum(int column) => reader.IsNull(column) ? null : reader.GetAmount(column);
    }

    /// <summary>Writes the rows of one period, with the number each had in its file.</summary>
    private string Cut(BillingPeriod period, CancellationToken cancel)
    {
        var path = newPath();
        var columns = string.Join(", ", stored.Select(SqlText.Name));
        session.Execute(
            $"""
            COPY (
              SELECT {columns}, x_ProfileId, {SourceRow(cancel)} AS x_SourceRow
              FROM read_parquet({SqlText.Literal(staged)}, file_row_number=true)
              WHERE {RowPlace.Period(ids)} = DATE '{period.Start:yyyy-MM-dd}')
            TO {SqlText.Literal(path)} {ParquetOptions.Sql}
            """,
            cancel: cancel
        );
        return path;
    }

    /// <summary>Stored when rows were left out, otherwise the place in the staged file.</summary>
    private string SourceRow(CancellationToken cancel)
    {
        using var reader = session.Query(
            $"SELECT count(*) FROM (DESCRIBE SELECT * FROM read_parquet({SqlText.Literal(staged)})) WHERE column_name = 'x_SourceRow'",
            cancel: cancel
        );
        reader.Read();
        return reader.GetInt64(0) > 0 ? "x_SourceRow" : "file_row_number + 1";
    }

    private List<string> Accounts(string path, CancellationToken cancel)
    {
        var accounts = new List<string>();
        if (!ids.Contains("BillingAccountId"))
            return accounts;
        using var reader = session.Query(
            $"SELECT DISTINCT BillingAccountId FROM read_parquet({SqlText.Literal(path)}) WHERE BillingAccountId IS NOT NULL ORDER BY 1",
            cancel: cancel
        );
        while (reader.Read())
            accounts.Add(reader.GetString(0));
        return accounts;
    }
}
