using System.Text;

namespace Bursar.Understand.Records;

/// <summary>Reads the records of a text file; quotes may enclose a cell, and lines within it (RFC 4180).</summary>
internal static class CsvRecords
{
    /// <summary>Every record with the line it begins on; empty lines are none.</summary>
    public static IEnumerable<(long Line, IReadOnlyList<string> Cells)> Read(TextReader text, char delimiter)
    {
        var line = 1L;
        while (text.Peek() >= 0)
        {
            var begins = line;
            var cells = ReadOne(text, delimiter, ref line);
            if (cells.Count > 1 || cells[0].Length > 0)
                yield return (begins, cells);
        }
    }

    private static List<string> ReadOne(TextReader text, char delimiter, ref long line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var next = text.Read(); next >= 0; next = text.Read())
        {
            var letter = (char)next;
            if (letter == '\n')
                line++;
            if (quoted && letter == '"' && text.Peek() == '"')
                cell.Append((char)text.Read());
            else if (letter == '"' && (quoted || cell.Length == 0))
                quoted = !quoted;
            else if (letter == delimiter && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else if (letter == '\n' && !quoted)
                break;
            else if (letter != '\r' || quoted)
                cell.Append(letter);
        }
        cells.Add(cell.ToString().Trim());
        return cells;
    }
}
