using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Warehouse.Queries;

/// <summary>Adds up rows that were exported as csv: a column of the currency or unit and a column amount.</summary>
public static class ExportedRows
{
    /// <summary>Rows and exact sum by currency, or by unit.</summary>
    public static IReadOnlyDictionary<string, (long Rows, Amount Sum)> Sum(
        string path,
        string unitColumn,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        using var reader = session.Query(
            $"""
            SELECT coalesce({SqlText.Name(
                unitColumn
            )}, '') AS Unit, count(*), CAST(sum(CAST(amount AS DECIMAL(38,18))) AS DECIMAL(38,18))
            FROM read_csv({SqlText.Literal(path)}, all_varchar=true, header=true, delim=',', quote='"', escape='"')
            GROUP BY Unit
            """,
            cancel: cancel
        );
        var sums = new Dictionary<string, (long, Amount)>();
        while (reader.Read())
            sums.Add(reader.GetString(0), (reader.GetInt64(1), reader.GetAmount(2)));
        return sums;
    }
}
