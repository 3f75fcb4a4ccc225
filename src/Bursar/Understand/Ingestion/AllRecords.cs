using System.Globalization;
using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Proves that no record was lost between the file and the books. The engine may skip what it cannot hold (a record
/// longer than its buffer, for one) without a word, so every text is counted independently of it.
/// </summary>
internal static class AllRecords
{
    /// <param name="file">The file.</param>
    /// <param name="delimiter">What stands between its cells.</param>
    /// <param name="lines">Lines of its text; without line breaks in cells and blank lines, that many records.</param>
    /// <param name="read">Records that the engine read.</param>
    /// <param name="rejected">Records that it told it could not read.</param>
    /// <param name="cancel">Stops the counting.</param>
    /// <exception cref="RefusedException">There are more, or fewer, in the file.</exception>
    public static void Require(
        PreparedFile file,
        char delimiter,
        Task<long> lines,
        long read,
        long rejected,
        CancellationToken cancel
    )
    {
        // Lines were counted meanwhile; only line breaks in cells and blank lines need a closer look.
        if (file.Format == FileFormat.Parquet || lines.GetAwaiter().GetResult() - 1 == read + rejected)
            return;
        var records = CountRecords.In(file.ReadablePath, delimiter, cancel) - 1;
        if (records == read + rejected)
            return;
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"{file.File.Name} holds {records} records, but {read} could be read and {rejected} set aside."
        );
        throw new RefusedException(
            "ingestion/records-lost",
            $"{found} What is between would be lost, so nothing was booked.",
            "Look for a record longer than 32 MB or a quote that is not closed, and deliver the file again."
        );
    }
}
