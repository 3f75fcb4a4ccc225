using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>One refused record as it is kept: quarantine/&lt;delivery&gt;/records.jsonl, a line each.</summary>
internal sealed record KeptRecord(
    string File,
    long Record,
    string Column,
    string Value,
    string Reason,
    string? BillingCurrency,
    string? BilledCost,
    string? EffectiveCost
);

/// <summary>Writes and reads the refused records of a delivery.</summary>
internal static class QuarantineFile
{
    public const string Name = "records.jsonl";

    /// <summary>Writes them beside the delivery's staged charges; returns the path.</summary>
    public static string Write(StagedDelivery delivery)
    {
        var path = Path.Combine(
            Path.GetDirectoryName(delivery.Parts[0].Part.ParquetPath)!,
            Guid.NewGuid().ToString("n") + ".jsonl"
        );
        using var writer = new StreamWriter(path);
        foreach (var record in delivery.Quarantined)
        {
            var line = new KeptRecord(
                record.File,
                record.Record,
                record.Column,
                record.Value,
                record.Reason,
                record.Currency,
                record.RawBilledCost,
                record.RawEffectiveCost
            );
            writer.Write(JsonSerializer.Serialize(line, QuarantineJson.Default.KeptRecord));
            writer.Write('\n');
        }
        return path;
    }

    /// <summary>The first so many records of a delivery.</summary>
    public static IReadOnlyList<KeptRecord> Read(string path, int most) =>
        [
            .. File.ReadLines(path)
                .Take(most)
                .Select(line => JsonSerializer.Deserialize(line, QuarantineJson.Default.KeptRecord)!),
        ];

    /// <summary>What the records would have added, as far as their amounts can be read.</summary>
    public static IReadOnlyList<DeliveryTotals> Amounts(IEnumerable<QuarantinedRecord> records) =>
        [
            .. records
                .GroupBy(record => record.Currency ?? "")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new DeliveryTotals
                {
                    BillingCurrency = group.Key,
                    BilledCost = Sum(group.Select(record => record.RawBilledCost)),
                    EffectiveCost = Sum(group.Select(record => record.RawEffectiveCost)),
                }),
        ];

    private static Amount? Sum(IEnumerable<string?> texts)
    {
        Amount? sum = null;
        foreach (var text in texts)
        {
            if (
                text is null
                || AmountText.TryRead(text, out var amount, out _) is not (AmountReading.Exact or AmountReading.Rounded)
            )
                continue;
            sum = (sum ?? Amount.Zero) + amount;
        }
        return sum;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptRecord))]
internal sealed partial class QuarantineJson : JsonSerializerContext;
