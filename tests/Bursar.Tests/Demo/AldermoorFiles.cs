using System.IO.Compression;
using System.Text;
using Bursar.Core.Amounts;
using Bursar.Demo;

namespace Bursar.Tests.Demo;

/// <summary>A row of a demo file, read back by these tests alone: plain text by column.</summary>
internal sealed record FileRow(DemoDelivery Delivery, IReadOnlyDictionary<string, int> Columns, string[] Cells)
{
    public string? this[string column] =>
        Columns.TryGetValue(column, out var at) && Cells[at] is { Length: > 0 } cell && cell != "NULL" ? cell : null;

    public string Provider => (this["ServiceProviderName"] ?? this["ProviderName"])!;

    public string Currency => this["BillingCurrency"]!;

    public Amount EffectiveCost => Amount.Parse(this["EffectiveCost"]!);

    public DateTime Start => Moment("ChargePeriodStart");

    public DateTime End => Moment("ChargePeriodEnd");

    public bool IsReadable => AmountText.TryRead(this["EffectiveCost"]!, out _, out _) == AmountReading.Exact;

    private DateTime Moment(string column) =>
        DateTimeOffset
            .Parse(
                this[column]!,
                System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.AssumeUniversal
            )
            .UtcDateTime;
}

/// <summary>The demo company written once, small, for all tests that only read it.</summary>
internal static class AldermoorFiles
{
    public static readonly DemoOptions Small = new() { Rows = 60_000 };

    private static readonly Lazy<DemoResult> Once = new(() =>
        new AldermoorGenerator(Small).Write(Directory.CreateTempSubdirectory("aldermoor-").FullName)
    );

    public static DemoResult Result => Once.Value;

    /// <summary>All rows of the deliveries that count.</summary>
    public static IEnumerable<FileRow> LiveRows() =>
        Result.Deliveries.Where(delivery => !delivery.Superseded).SelectMany(Rows);

    public static IEnumerable<FileRow> RowsOf(string source, string billingPeriod) =>
        Result
            .Deliveries.Where(delivery =>
                delivery.Source == source && delivery.BillingPeriod == billingPeriod && !delivery.Superseded
            )
            .SelectMany(Rows);

    public static IEnumerable<FileRow> Rows(DemoDelivery delivery) =>
        delivery.Files.SelectMany(file => ReadFile(delivery, file));

    public static Stream Open(string path)
    {
        Stream stream = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(stream, CompressionMode.Decompress)
            : stream;
    }

    private static IEnumerable<FileRow> ReadFile(DemoDelivery delivery, string file)
    {
        using var reader = new StreamReader(Open(Path.Combine(Result.Folder, file)), Encoding.UTF8);
        Dictionary<string, int>? columns = null;
        while (reader.ReadLine() is { } line)
        {
            var cells = Split(line);
            if (columns is null)
                columns = cells.Index().ToDictionary(cell => cell.Item.Trim(), cell => cell.Index);
            else
                yield return new FileRow(delivery, columns, cells);
        }
    }

    private static string[] Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                cell.Append(line[i++]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(line[i]);
        }
        cells.Add(cell.ToString());
        return [.. cells];
    }

    public static Amount Sum(IEnumerable<FileRow> rows, string column = "EffectiveCost") =>
        rows.Aggregate(Amount.Zero, (sum, row) => sum + Amount.Parse(row[column]!));
}
