using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using Bursar.Core.Amounts;

namespace Bursar.Tests.Ingestion;

/// <summary>
/// A delivered CSV file as a test reads it: by twenty lines of its own, without the engine and without the product's
/// reading of numbers, so that a total made with it is independent.
/// </summary>
internal sealed class RawFile
{
    private const int Scale = 60;

    private RawFile(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
    {
        Header = header;
        Rows = rows;
    }

    public IReadOnlyList<string> Header { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; }

    public static RawFile Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(stream);
        var records = Records(reader.ReadToEnd().TrimStart('\uFEFF'));
        var header = records[0].Select(name => name.Trim('\uFEFF')).ToList();
        return new RawFile(
            header,
            [
                .. records
                    .Skip(1)
                    .Select(cells =>
                        (IReadOnlyDictionary<string, string>)
                            header
                                .Select((name, i) => (name, cell: i < cells.Count ? cells[i] : ""))
                                .ToDictionary(pair => pair.name, pair => pair.cell)
                    ),
            ]
        );
    }

    /// <summary>
    /// The sum over the rows of one or more columns, each cell rounded to 18 decimals as the books keep it.
    /// </summary>
    public Amount Sum(params string[] columns) => Sum(_ => true, columns);

    public Amount Sum(Func<IReadOnlyDictionary<string, string>, bool> where, params string[] columns)
    {
        var sum = BigInteger.Zero;
        foreach (var row in Rows.Where(where))
            sum += columns.Select(column => Units(row[column])).Aggregate(BigInteger.Zero, (all, one) => all + one);
        return Amount.FromUnits((Int128)sum);
    }

    /// <summary>A number in 10⁻¹⁸, half away from zero.</summary>
    public static BigInteger Units(string cell)
    {
        if (cell.Length == 0)
            return 0;
        var parts = cell.ToUpperInvariant().Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var digits = parts[0].TrimStart('-');
        var point = digits.IndexOf('.');
        var decimals = point < 0 ? 0 : digits.Length - point - 1;
        var exact =
            BigInteger.Parse(digits.Replace(".", ""), CultureInfo.InvariantCulture)
            * BigInteger.Pow(10, Scale - decimals + exponent);
        var step = BigInteger.Pow(10, Scale - 18);
        var units = (exact + (step / 2)) / step;
        return parts[0].StartsWith('-') ? -units : units;
    }

    private static List<List<string>> Records(string text)
    {
        var records = new List<List<string>>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quoted && character == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (character == '"')
                quoted = !quoted;
            else if (!quoted && character == ',')
                EndCell();
            else if (!quoted && character == '\n')
                EndRecord();
            else if (quoted || character != '\r')
                cell.Append(character);
        }
        EndRecord();
        return records;

        void EndCell()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }

        void EndRecord()
        {
            EndCell();
            if (cells.Count > 1 || cells[0].Length > 0)
                records.Add(cells);
            cells = [];
        }
    }
}
