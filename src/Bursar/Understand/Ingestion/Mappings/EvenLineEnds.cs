namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>
/// Writes a text again with one kind of line end: files that were pasted together have several, and the engine refuses
/// them.
/// </summary>
internal static class EvenLineEnds
{
    /// <summary>Line ends inside quotes stay as they are.</summary>
    public static void Write(string from, string to, char delimiter, CancellationToken cancel)
    {
        using var source = File.OpenRead(from);
        using var target = File.Create(to);
        var buffer = new byte[1 << 20];
        var even = new byte[buffer.Length];
        var (quoted, atCellStart, afterReturn) = (false, true, false);
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var length = 0;
            foreach (var character in buffer.AsSpan(0, read))
            {
                if (character == (byte)'"' && (quoted || atCellStart))
                    quoted = !quoted;
                atCellStart =
                    (character == (byte)'"' && !quoted)
                    || character == delimiter
                    || (!quoted && character is (byte)'\r' or (byte)'\n');
                var isSecondHalf = afterReturn && character == (byte)'\n';
                afterReturn = !quoted && character == (byte)'\r';
                if (!isSecondHalf)
                    even[length++] = afterReturn ? (byte)'\n' : character;
            }
            target.Write(even, 0, length);
        }
    }
}
