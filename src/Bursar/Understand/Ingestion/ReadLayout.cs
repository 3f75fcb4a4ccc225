using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Understand.Ingestion;

/// <summary>Finds the delimiter and the columns of a text file from its first record.</summary>
internal static class ReadLayout
{
    private const int HeaderBytesMax = 1 << 20;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>The layout with the delimiter under which most header cells are FOCUS columns.</summary>
    /// <exception cref="RefusedException">The first record is no header, or names a column twice.</exception>
    public static FileLayout OfText(PreparedFile file)
    {
        var start = FirstText(file.ReadablePath);
        var best = Delimiters
            .Select(delimiter => (Delimiter: delimiter, Cells: FirstRecord(start, delimiter)))
            .MaxBy(candidate => (candidate.Cells.Count(IsKnown) * 1000) + candidate.Cells.Count);
        var columns = best
            .Cells.Select((cell, position) => new FileColumn(position, Named(cell, position), "", "", "VARCHAR"))
            .ToList();
        return new FileLayout(Checked(file, columns, StringComparer.Ordinal), best.Delimiter);
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

    private static bool IsKnown(string cell) =>
        FocusColumns.CostAndUsage.ContainsKey(cell) || FocusColumns.Aliases.ContainsKey(cell);

    private static string FirstText(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[Math.Min(stream.Length, HeaderBytesMax)];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
    }

    /// <summary>The cells of the first record, trimmed; quotes may enclose a cell (RFC 4180).</summary>
    private static List<string> FirstRecord(string text, char delimiter)
    {
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
            else if (character is '\r' or '\n')
                break;
            else
                cell.Append(character);
        }
        Take();
        return cells;

        void Take()
        {
            cells.Add(cell.ToString().Trim().Trim('\uFEFF'));
            cell.Clear();
        }
    }
}
