using Bursar.Core.Diagnostics;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>Writes a small parquet file as text, for readers that go through a file record by record.</summary>
internal static class ParquetAsText
{
    /// <summary>The same file with its cells as text; other formats are text already.</summary>
    /// <exception cref="RefusedException">It cannot be read.</exception>
    public static PreparedFile Of(PreparedFile file, string folder, DuckDbSession session, CancellationToken cancel)
    {
        if (file.Format != FileFormat.Parquet)
            return file;
        var path = Path.Combine(folder, Guid.NewGuid().ToString("n") + ".csv");
        try
        {
            session.Execute(
                $"COPY (SELECT COLUMNS(*)::VARCHAR FROM read_parquet({SqlText.Literal(file.ReadablePath)})) "
                    + $"TO {SqlText.Literal(path)} (FORMAT csv, HEADER, DELIMITER ',')",
                cancel: cancel
            );
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.Of(file, failure);
        }
        return file with { Format = FileFormat.Csv, ReadablePath = path };
    }
}
