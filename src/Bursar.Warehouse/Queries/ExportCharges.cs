using Bursar.Core.Amounts;
using Bursar.Core.Focus;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Warehouse.Queries;

/// <summary>In which form charges are written to a file.</summary>
public enum ChargesFormat
{
    /// <summary>Text with a header, RFC 4180.</summary>
    Csv,

    /// <summary>The same, packed by gzip.</summary>
    CsvGz,

    /// <summary>Columns with their types; times are in UTC.</summary>
    Parquet,
}

/// <summary>What the charges of one currency in a written file sum to.</summary>
/// <param name="Currency">Their billing currency.</param>
/// <param name="Charges">How many rows.</param>
/// <param name="Billed">The sum of BilledCost.</param>
/// <param name="Effective">The sum of EffectiveCost.</param>
public sealed record WrittenCharges(Currency Currency, long Charges, Amount Billed, Amount Effective);

/// <summary>Writes the charges of a question to a file, as a FOCUS Cost and Usage dataset.</summary>
public static class ExportCharges
{
    /// <summary>Writes the file, then adds up what it says.</summary>
    /// <param name="query">Conditions and billing periods, with columns resolved to ids of today.</param>
    /// <param name="star">What is known of each charge's profile.</param>
    /// <param name="charges">The charges; at least one file.</param>
    /// <param name="version">The release whose columns are written.</param>
    /// <param name="path">The file; one that is there is written over.</param>
    /// <param name="format">Its form.</param>
    /// <param name="session">The engine.</param>
    /// <param name="cancel">Stops the engine.</param>
    /// <returns>The sums of the file as it was read again, by currency.</returns>
    public static IReadOnlyList<WrittenCharges> Write(
        CostQuery query,
        StarFiles star,
        IReadOnlyList<ChargeFile> charges,
        FocusVersion version,
        string path,
        ChargesFormat format,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var sql = new ExportSql(query, star, charges, version, asText: format != ChargesFormat.Parquet);
        var options = format switch
        {
            ChargesFormat.Csv => "FORMAT csv, HEADER true",
            ChargesFormat.CsvGz => "FORMAT csv, HEADER true, COMPRESSION gzip",
            _ => "FORMAT parquet, COMPRESSION zstd",
        };
        session.Execute($"COPY ({sql.Rows}) TO {SqlText.Literal(path)} ({options})", cancel: cancel);
        return Sums(path, format, session, cancel);
    }

    private static List<WrittenCharges> Sums(
        string path,
        ChargesFormat format,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var source = format switch
        {
            ChargesFormat.Parquet => $"read_parquet({SqlText.Literal(path)})",
            ChargesFormat.CsvGz =>
                $"read_csv({SqlText.Literal(path)}, all_varchar=true, header=true, delim=',', quote='\"', compression='gzip')",
            _ => $"read_csv({SqlText.Literal(path)}, all_varchar=true, header=true, delim=',', quote='\"')",
        };
        var sums = new List<WrittenCharges>();
        using var reader = session.Query(
            $"""
            SELECT coalesce(BillingCurrency, '') AS Currency, count(*), {Sum("BilledCost")}, {Sum("EffectiveCost")}
            FROM {source} GROUP BY Currency ORDER BY Currency
            """,
            cancel: cancel
        );
        while (reader.Read())
            sums.Add(
                new WrittenCharges(
                    new Currency(reader.GetString(0)),
                    reader.GetInt64(1),
                    reader.GetAmount(2),
                    reader.GetAmount(3)
                )
            );
        return sums;
    }

    private static string Sum(string cost) =>
        $"CAST(coalesce(sum(CAST({cost} AS DECIMAL(38,18))), 0) AS DECIMAL(38,18))";
}
