namespace Bursar.Understand.Ingestion;

/// <summary>
/// Counts the records of a CSV file without the engine: line ends outside quotes, blank lines left out.
/// </summary>
internal static class CountRecords
{
    /// <remarks>
    /// A quote encloses only where a cell begins; inside a cell it is a character (and the engine refuses that record).
    /// </remarks>
    public static long In(string path, char delimiter, CancellationToken cancel)
    {
        using var stream =
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        var buffer = new byte[1 << 20];
        var records = 0L;
        var (quoted, hasText, atCellStart) = (false, false, true);
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var character in buffer.AsSpan(0, read))
            {
                if (character == (byte)'"' && (quoted || atCellStart)) quoted = !quoted;
                if (!quoted && character is (byte)'\n' or (byte)'\r')
                {
                    if (hasText) records++;
                    (hasText, atCellStart) = (false, true);
                    continue;
                }
                // A closing quote leaves the cell open for a second one: "" is a quote inside the cell.
                atCellStart = (character == (byte)'"' && !quoted) || character == delimiter;
                hasText = true;
            }
        }
        return hasText ? records + 1 : records;
    }
}
