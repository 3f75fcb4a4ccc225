using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Warehouse.Queries;

/// <summary>A figure that was told first and the one that took its place.</summary>
/// <param name="Time">The time of the point.</param>
/// <param name="Keys">Resource and keys.</param>
/// <param name="Delivery">The number of the delivery, as its file is called.</param>
/// <param name="Value">The figure it told.</param>
public sealed record PointVersion(DateTime Time, IReadOnlyList<string?> Keys, string Delivery, Amount Value);

/// <summary>Reads what a series told of the same points over time.</summary>
public static class ReadRestatements
{
    /// <summary>All versions of the points that have more than one, by point and then delivery.</summary>
    public static IReadOnlyList<PointVersion> Of(
        IReadOnlyList<string> files,
        IReadOnlyList<string> columns,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        if (files.Count == 0)
            return [];
        var stored = columns.Select(SeriesSql.Stored).ToList();
        var keys = SeriesSql.Keys(stored);
        var versions = new List<PointVersion>();
        using var reader = session.Query(
            $"""
            SELECT {keys}, {SeriesSql.Value}, filename
            FROM (SELECT *, count(*) OVER (PARTITION BY {keys}) AS Same FROM {SeriesSql.Read(files, stored)})
            WHERE Same > 1 ORDER BY {keys}, filename
            """,
            cancel: cancel
        );
        while (reader.Read())
            versions.Add(
                new PointVersion(
                    reader.GetDateTime(0),
                    [.. Enumerable.Range(1, stored.Count).Select(i => reader.IsNull(i) ? null : reader.GetString(i))],
                    Path.GetFileNameWithoutExtension(reader.GetString(stored.Count + 2)),
                    reader.GetAmount(stored.Count + 1)
                )
            );
        return versions;
    }
}
