using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Understand.Ingestion;

/// <summary>Finds the delimiter and the columns of a text file from its first record.</summary>
internal static class ReadLayout
{
    private const int HeaderBytesMax = 1 << 20;

    private const int RecordsLookedAt = 3;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>The layout with the delimiter under which most header cells are FOCUS columns.</summary>
    /// <exception cref="RefusedException">The first record is no header, or names a column twice.</exception>
    public static FileLayout OfText(PreparedFile file)
    {
        var (delimiter, header) = HeaderOf(file.ReadablePath);
        var columns = header
            .Select((cell, position) => new FileColumn(position, Named(cell, position), "", "", "VARCHAR"))
            .ToList();
        return new FileLayout(Checked(file, columns, StringComparer.Ordinal), delimiter);
    }

    /// <summary>The delimiter of a text, and the cells of its first record.</summary>
    public static (char Delimiter, IReadOnlyList<string> Cells) HeaderOf(string path)
    {
        var start = FirstText(path);
        var best = Delimiters
            .Select(delimiter => (Delimiter: delimiter, Records: FirstRecords(start, delimiter)))
            .Select(read => (read.Delimiter, Cells: read.Records[0], IsEven: IsEven(read.Records)))
            .MaxBy(candidate =>
                (candidate.Cells.Count(IsKnown) * 1000) + (candidate.IsEven ? 500 : 0) + candidate.Cells.Count
            );
        return (best.Delimiter, best.Cells);
    }

    /// <summary>A column without a name gets one from its place, so that its cells are kept.</summary>
    public static string Named(string header, int position) =>
        header.Trim() is { Length: > 0 } name ? name : $"x_Column{position + 1}";

    /// <summary>Refuses repeated names; the same rule for text and parquet.</summary>
    public static IReadOnlyList<FileColumn> Checked(
        PreparedFile file,
        IReadOnlyList<FileColumn> columns,
        StringComparer comparer
    )
    {
        var repeated = columns.GroupBy(column => column.Header, comparer).FirstOrDefault(group => group.Count() > 1);
        if (repeated is null)
            return columns;
        if (file.IsJson)
            throw new RefusedException(
                "ingestion/not-a-table",
                $"{file.File.Name} is JSON, and its objects are no rows of a table: they have a field \"{repeated.Key}\" more than "
                    + "once, as where the names of fields are values themselves.",
                "A file that describes others (a manifest, a profile, a schema) is left out: name the export itself. "
                    + "Charges come as an array of objects, each field named once."
            );
        var positions = string.Join(" and ", repeated.Select(column => column.Position + 1));
        throw new RefusedException(
            "ingestion/duplicate-header",
            $"{file.File.Name}: the header has \"{repeated.Key}\" more than once (columns {positions}).",
            "Give each column one name in the first line; which of the two holds the amount cannot be guessed."
        );
    }

    /// <summary>
    /// Records below a header have as many cells; a comma in one of its names divides only the header.
    /// </summary>
    private static bool IsEven(List<List<string>> records) =>
        records[0].Count > 1 && records.Count > 1 && records.TrueForAll(record => record.Count == records[0].Count);

    private static bool IsKnown(string cell) =>
        FocusColumns.CostAndUsage.ContainsKey(cell) || FocusColumns.Aliases.ContainsKey(cell);

    private static string FirstText(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[Math.Min(stream.Length, HeaderBytesMax)];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
    }

    /// <summary>The cells of the first records, trimmed; quotes may enclose a cell (RFC 4180).</summary>
    private static List<List<string>> FirstRecords(string text, char delimiter)
    {
        var records = new List<List<string>>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var character in text)
        {
            if (character == '"')
                quoted = !quoted;
            else if (quoted)
                cell.Append(character);
            else if (character == delimiter)
                Take();
            else if (character is not ('\r' or '\n'))
                cell.Append(character);
            else if (cells.Count > 0 || cell.Length > 0 || records.Count == 0)
                End();
            if (records.Count == RecordsLookedAt)
                return records;
        }
        if (cells.Count > 0 || cell.Length > 0 || records.Count == 0)
            End();
        return records;

        void Take()
        {
            cells.Add(cell.ToString().Trim().Trim('\uFEFF'));
            cell.Clear();
        }

        void End()
        {
            Take();
            records.Add(cells);
            cells = [];
        }
    }
}
