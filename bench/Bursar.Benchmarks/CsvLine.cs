using System.Globalization;

namespace Bursar.Benchmarks;

/// <summary>A line of a benchmark's file, which knows where it stands.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Cells">What stands between commas.</param>
internal sealed record CsvLine(string File, int Number, string[] Cells)
{
    /// <summary>The lines of a file that are not empty.</summary>
    public static IEnumerable<CsvLine> Read(string file) =>
        System
            .IO.File.ReadLines(file)
            .Select((line, i) => new CsvLine(file, i + 1, line.Split(',')))
            .Where(line => line.Cells is not [""]);

    public string Text(int cell) => cell < Cells.Length ? Cells[cell] : throw Wrong(cell, "a value");

    public int Whole(int cell) =>
        int.TryParse(Text(cell), CultureInfo.InvariantCulture, out var whole)
            ? whole
            : throw Wrong(cell, "a whole number");

    /// <summary>A number; one that is missing is no number.</summary>
    public double Figure(int cell) =>
        Text(cell).Length == 0 ? double.NaN
        : double.TryParse(Text(cell), CultureInfo.InvariantCulture, out var figure) ? figure
        : throw Wrong(cell, "a number");

    public double[] Figures(int from) => [.. Enumerable.Range(from, Math.Max(0, Cells.Length - from)).Select(Figure)];

    private InvalidDataException Wrong(int cell, string expected) =>
        new(
            cell < Cells.Length
                ? $"{File}:{Number}: {expected} was expected in column {cell + 1}, found \"{Cells[cell]}\"."
                : $"{File}:{Number}: {expected} was expected in column {cell + 1}, and the line has {Cells.Length}."
        );
}
