namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>The columns of a delivered file, found by any of their spellings.</summary>
internal sealed class FileHeaders
{
    private readonly Dictionary<string, FileColumn> byKey = [];
    private readonly Dictionary<string, FileColumn> byOriginal = [];
    private readonly Dictionary<string, FileColumn> byHeader = [];

    public FileHeaders(IReadOnlyList<FileColumn> columns)
    {
        Columns = columns;
        foreach (var column in columns)
        {
            byHeader.TryAdd(column.Header, column);
            byKey.TryAdd(HeaderName.Key(column.Header), column);
            if (HeaderName.Original(column.Header) is { } original)
                byOriginal.TryAdd(HeaderName.Key(original), column);
        }
    }

    public IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>
    /// The column of a name: that very name, the same letters and digits, or the original name of a translated header.
    /// <c>*.usage.input_tokens</c> is the one at the end of a path, however deep its object lies.
    /// </summary>
    public FileColumn? Find(string name)
    {
        if (name.StartsWith("*.", StringComparison.Ordinal))
            return byHeader.GetValueOrDefault(name[2..])
                ?? Columns
                    .Where(column => column.Header.EndsWith(name[1..], StringComparison.Ordinal))
                    .MinBy(column => column.Header.Length);
        if (byHeader.TryGetValue(name, out var same))
            return same;
        var key = HeaderName.Key(name);
        return byKey.GetValueOrDefault(key) ?? byOriginal.GetValueOrDefault(key);
    }

    /// <summary>The first of several names that the file has.</summary>
    public FileColumn? Find(ColumnOf column) => column.Names.Select(Find).FirstOrDefault(found => found is not null);

    /// <summary>The columns with a prefix, each with what its name has behind it.</summary>
    public IEnumerable<(FileColumn Column, string Remainder)> WithPrefix(string prefix)
    {
        foreach (var column in Columns)
        {
            if (HeaderName.After(column.Header, prefix) is { } rest)
                yield return (column, rest);
        }
    }
}
