using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bursar.Core.Time;

namespace Bursar.Understand.Ingestion.Tables;

/// <summary>
/// Tables made for reading have a column for each month: each of its cells becomes a row, with its month and amount.
/// </summary>
internal static partial class PivotedMonths
{
    private const int MonthsMin = 2;

    private const long BytesMax = 64L << 20;

    /// <summary>What the two new columns are called.</summary>
    private static readonly string[] Added = ["Month", "Amount"];

    /// <returns>How many columns are months; 0 when the table is none of this kind, and nothing was written.</returns>
    public static int Write(string from, string to)
    {
        var (delimiter, header) = ReadLayout.HeaderOf(from);
        var months = header.Select(MonthOf).ToList();
        var count = months.Count(month => month is not null);
        if (count < MonthsMin || header.Any(Added.Contains) || new FileInfo(from).Length > BytesMax)
            return 0;
        var labels = Enumerable
            .Range(0, header.Count)
            .Where(i => months[i] is null && !TotalName.IsMatch(header[i]))
            .ToList();
        var records = File.ReadLines(from).Skip(1).Where(line => line.Trim().Length > 0);
        using var table = new TableText(to);
        table.Write([.. labels.Select(i => header[i]), .. Added]);
        foreach (var cells in records.Select(line => Cells(line, delimiter)))
        {
            // A cell with a line break in it, or one too many: the file is left as it is.
            if (cells.Count != header.Count)
                return 0;
            for (var i = 0; i < cells.Count; i++)
            {
                if (months[i] is { } month && cells[i].Length > 0)
                    table.Write([.. labels.Select(label => cells[label]), month, cells[i]]);
            }
        }
        return count;
    }

    /// <summary>The first day of the month that a header names; null when it names none.</summary>
    private static string? MonthOf(string header) =>
        WrittenDay.TryRead(header, out var day, out var grain)
        && (grain == DayGrain.Month || (grain == DayGrain.Day && day.Day == 1))
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    private static List<string> Cells(string line, char delimiter)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                cell.Append(line[++i]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == delimiter && !quoted)
                Take();
            else
                cell.Append(line[i]);
        }
        Take();
        return quoted ? [] : cells;

        void Take()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }
    }

    [GeneratedRegex(
        @"\A(grand |sub|sub-|net )?(total|sum|summe|gesamt|ytd|year to date|jahr|合計|合计)\b.{0,12}\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TotalName { get; }
}
