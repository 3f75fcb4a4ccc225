using Bursar.Warehouse.DuckDb;

namespace Bursar.Warehouse.Queries;

/// <summary>The columns of a parquet file.</summary>
public static class ParquetColumns
{
    /// <summary>Their names, in their order.</summary>
    public static IReadOnlyList<string> Of(string path, DuckDbSession session, CancellationToken cancel)
    {
        var names = new List<string>();
        using var reader = session.Query(
            $"DESCRIBE SELECT * FROM read_parquet({SqlText.Literal(path)})",
            cancel: cancel
        );
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }
}
