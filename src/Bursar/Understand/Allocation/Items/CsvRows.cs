using System.Text;

namespace Bursar.Understand.Allocation.Items;

/// <summary>The cells of a csv file: quotes, line ends inside quotes, comma or semicolon.</summary>
internal static class CsvRows
{
    /// <summary>Lines that are not empty, each with its number from 1.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string?> Cells)> Of(string text)
    {
        var first = text.Split('\n')[0];
        var divider = first.Count(letter => letter == ';') > first.Count(letter => letter == ',') ? ';' : ',';
        var cells = new List<string?>();
        var cell = new StringBuilder();
        var quoted = false;
        var (line, start) = (1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '\n')
                line++;
            if (quoted)
            {
                if (letter != '"')
                    cell.Append(letter);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (letter == '"' && cell.Length == 0)
                quoted = true;
            else if (letter == divider)
                End();
            else if (letter == '\n')
            {
                End();
                if (cells.Exists(one => one!.Length > 0))
                    yield return (start, [.. cells]);
                cells.Clear();
                start = line;
            }
            else if (letter != '\r')
                cell.Append(letter);
        }
        End();
        if (cells.Exists(one => one!.Length > 0))
            yield return (start, [.. cells]);

        void End()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }
    }
}
