using Bursar.Core.Diagnostics;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Measures;

/// <summary>Finds the columns of a series in a file; case and spaces around do not matter.</summary>
internal sealed class SeriesColumns(Series series, PreparedFile file, DuckDbSession session)
{
    /// <exception cref="RefusedException">The file has no such column.</exception>
    public SeriesTable Table(CancellationToken cancel)
    {
        char? delimiter = null;
        IReadOnlyList<string> headers;
        if (file.Format == FileFormat.Parquet)
            headers = ParquetColumns.Of(file.ReadablePath, session, cancel);
        else
        {
            var layout = ReadLayout.OfText(file);
            delimiter = layout.Delimiter;
            headers = [.. layout.Columns.Select(column => column.Header)];
        }
        return new SeriesTable(
            file.ReadablePath,
            delimiter,
            headers,
            Find(series.Time, "time", headers),
            Find(series.Value, "value", headers),
            series.Resource is null ? null : Find(series.Resource, "resource", headers),
            [.. series.By.Select(key => KeyValuePair.Create(key.Key, Find(key.Value, "by", headers)))]
        );
    }

    private string Find(string column, string key, IReadOnlyList<string> headers) =>
        headers.FirstOrDefault(header => header == column)
        ?? headers.FirstOrDefault(header => header.Equals(column, StringComparison.OrdinalIgnoreCase))
        ?? throw new RefusedException(
            "series/no-column",
            $"{file.File.Name} has no column \"{column}\".{DidYouMean.Question(column, headers)}",
            $"It has {string.Join(", ", headers)}. Say which it is: {key}: in kind: Series, name: {series.Name}."
        );
}
