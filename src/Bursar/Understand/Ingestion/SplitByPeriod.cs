using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Divides converted charges by billing period and sums each part. All parts stay in one file; only where its periods
/// lie mixed is it written again, in their order.
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

    /// <summary>Up to so many rows it makes no difference where they lie.</summary>
    private const int MixedRowsMin = 200_000;

    private readonly HashSet<string> ids = [.. stored];

    public IReadOnlyList<ConvertedPart> Run(
        IReadOnlyList<QuarantinedRecord> quarantined,
        IReadOnlyList<string> notes,
        CancellationToken cancel
    )
    {
        var sums = Sums(cancel);
        var accounts = Accounts(cancel);
        var corrections = Corrections(sums, cancel);
        var parts = new List<ConvertedPart>();
        var periods = sums.GroupBy(sum => sum.Period).OrderBy(group => group.Key).ToList();
        var path = AreMixed(sums) ? Sorted(cancel) : staged;
        foreach (var period in periods)
        {
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
                    BillingAccountIds = [.. accounts[period.Key]],
                    ChargeFrom = period.Min(sum => sum.From),
                    ChargeTo = period.Max(sum => sum.To),
                    NewestChargeStart = period.Max(sum => sum.NewestStart),
                    InvoicedRows = ids.Contains("InvoiceId") ? period.Sum(sum => sum.InvoicedRows) : null,
                    Corrections = [.. corrections[period.Key]],
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
        DateOnly NewestStart,
        long Span,
        long InvoicedRows,
        long CorrectionRows
    );

    /// <summary>Whether a period's rows lie so far apart that reading it means reading most of the others.</summary>
    private static bool AreMixed(List<PeriodSums> sums)
    {
        var periods = sums.GroupBy(sum => sum.Period).ToList();
        return periods.Count > 1
            && periods.Sum(period => period.Max(sum => sum.Span)) > 2 * sums.Sum(sum => sum.Rows) + MixedRowsMin;
    }

    private List<PeriodSums> Sums(CancellationToken cancel)
    {
        const string period = "x_BillingPeriod";
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
              CAST(min({start}) AS DATE), CAST(max({end}) - INTERVAL 1 MICROSECOND AS DATE), CAST(max({start}) AS DATE),
              max(file_row_number) - min(file_row_number) + 1,
              {(ids.Contains("InvoiceId") ? "count(InvoiceId)" : "0")},
              {(ids.Contains("ChargeClass") ? "count(*) FILTER (WHERE ChargeClass = 'Correction')" : "0")}
            FROM read_parquet({SqlText.Literal(staged)}, file_row_number=true) GROUP BY ALL ORDER BY ALL
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
                    reader.GetDate(9),
                    reader.GetInt64(10),
                    reader.GetInt64(11),
                    reader.GetInt64(12)
                )
            );
        }
        return sums;

        Amount? Sum(int column) => reader.IsNull(column) ? null : reader.GetAmount(column);
    }

    /// <summary>
    /// Puts the rows in order of their periods, with the number each had in its file: a delivery reads its period
    /// without passing over all others.
    /// </summary>
    private string Sorted(CancellationToken cancel)
    {
        var path = newPath();
        session.Execute(
            $"""
            COPY (
              SELECT {string.Join(", ", stored.Select(SqlText.Name))}, x_ProfileId, x_BillingPeriod,
                {SourceRow(cancel)} AS x_SourceRow
              FROM read_parquet({SqlText.Literal(staged)}, file_row_number=true)
              ORDER BY x_BillingPeriod, file_row_number)
            TO {SqlText.Literal(path)} {ParquetOptions.OfCharges}
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

    /// <summary>
    /// What each billing period corrects in months before it; only asked where there is a correction.
    /// </summary>
    private ILookup<BillingPeriod, DeliveryCorrection> Corrections(List<PeriodSums> sums, CancellationToken cancel)
    {
        var found = new List<(BillingPeriod Period, DeliveryCorrection Correction)>();
        if (sums.Exists(sum => sum.CorrectionRows > 0))
        {
            var month = ids.Contains("ChargePeriodStart")
                ? "CAST(date_trunc('month', coalesce(ChargePeriodStart, x_BillingPeriod::TIMESTAMP)) AS DATE)"
                : "x_BillingPeriod";
            var cost = Costs.FirstOrDefault(ids.Contains) ?? "NULL::DECIMAL(38,18)";
            using var reader = session.Query(
                $"""
                SELECT x_BillingPeriod, {month} AS month, coalesce(BillingCurrency, '') AS currency, count(*),
                  CAST(coalesce(sum(least({cost}, 0)), 0) AS DECIMAL(38,18)),
                  CAST(coalesce(sum(greatest({cost}, 0)), 0) AS DECIMAL(38,18))
                FROM read_parquet({SqlText.Literal(staged)}) WHERE ChargeClass = 'Correction' GROUP BY ALL ORDER BY ALL
                """,
                cancel: cancel
            );
            while (reader.Read())
                found.Add(
                    (
                        BillingPeriod.Containing(reader.GetDate(0)),
                        new DeliveryCorrection(
                            BillingPeriod.Containing(reader.GetDate(1)),
                            reader.GetString(2),
                            reader.GetInt64(3),
                            reader.GetAmount(4),
                            reader.GetAmount(5)
                        )
                    )
                );
        }
        return found.ToLookup(item => item.Period, item => item.Correction);
    }

    private ILookup<BillingPeriod, string> Accounts(CancellationToken cancel)
    {
        var accounts = new List<(BillingPeriod Period, string Id)>();
        if (ids.Contains("BillingAccountId"))
        {
            using var reader = session.Query(
                $"""
                SELECT DISTINCT x_BillingPeriod, BillingAccountId FROM read_parquet({SqlText.Literal(staged)})
                WHERE BillingAccountId IS NOT NULL ORDER BY ALL
                """,
                cancel: cancel
            );
            while (reader.Read())
                accounts.Add((BillingPeriod.Containing(reader.GetDate(0)), reader.GetString(1)));
        }
        return accounts.ToLookup(account => account.Period, account => account.Id);
    }
}
