using System.Text;

namespace Bursar.Understand.Ingestion.Tables;

/// <summary>
/// Reports made for reading have titles above their header: a company's name, a month, an empty line.
/// </summary>
internal static class SkipTitles
{
    private const int StartBytes = 1 << 16;

    private const int LinesLookedAt = 20;

    private const int TitleCellsMax = 2;

    private const int HeaderCellsMin = 4;

    /// <summary>
    /// The number of lines above the header: 0 unless the first line has one or two cells and a later one has words in
    /// all of many.
    /// </summary>
    public static int In(string path)
    {
        var lines = Start(path).Split('\n').Take(LinesLookedAt).Select(line => line.TrimEnd('\r')).ToList();
        foreach (var delimiter in new[] { ',', ';', '\t', '|' })
        {
            var cells = lines.Select(line => Cells(line, delimiter)).ToList();
            if (Filled(cells[0]) > TitleCellsMax)
                continue;
            var least = Filled(cells[0]) == 1 ? HeaderCellsMin - 1 : HeaderCellsMin;
            var header = cells.FindIndex(line => line.Count >= least && line.All(IsName));
            // What follows has as many cells as the header, or the header is a line of text with commas.
            if (header > 0 && header + 1 < cells.Count && cells[header + 1].Count >= cells[header].Count)
                return header;
        }
        return 0;
    }

    /// <summary>Writes the text from its header on.</summary>
    public static void Write(string from, string to, int lines)
    {
        using var source = File.OpenRead(from);
        for (var skipped = 0; skipped < lines; )
        {
            var next = source.ReadByte();
            if (next < 0)
                break;
            if (next == '\n')
                skipped++;
        }
        using var target = File.Create(to);
        source.CopyTo(target);
    }

    private static bool IsName(string cell)
    {
        var name = cell.Trim().Trim('"');
        return name.Any(char.IsLetter) && !char.IsAsciiDigit(name[0]);
    }

    private static int Filled(List<string> cells) => cells.Count(cell => cell.Trim().Length > 0);

    private static List<string> Cells(string line, char delimiter)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
                quoted = !quoted;
            if (letter == delimiter && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(letter);
        }
        cells.Add(cell.ToString());
        return cells;
    }

    private static string Start(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[Math.Min(stream.Length, StartBytes)];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
    }
}
