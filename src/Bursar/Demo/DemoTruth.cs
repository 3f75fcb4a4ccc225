using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;

namespace Bursar.Demo;

/// <summary>One category's cost in one month ("2026-09"), to the last digit.</summary>
/// <remarks>
/// Effective cost stands in the month whose days the charge serves, a charge over several days spread evenly over them;
/// billed cost stands in the billing period it was invoiced in.
/// </remarks>
public sealed record DemoMonth(string Month, string Category, string Currency, Amount EffectiveCost, Amount BilledCost);

/// <summary>One provider's totals over all live deliveries, to the last digit.</summary>
public sealed record DemoProvider(
    string ServiceProviderName,
    string Currency,
    long Rows,
    Amount BilledCost,
    Amount EffectiveCost,
    Amount ListCost,
    Amount ContractedCost
);

/// <summary>
/// Something planted in the files, with the exact amount that tells it, its days (end exclusive) and where to see it.
/// </summary>
public sealed record DemoStory(
    string Name,
    string What,
    Amount Amount,
    string Currency,
    DateOnly Start,
    DateOnly End,
    string Where
);

/// <summary>
/// A resource that came or went on the first day of a month, and costs at least a five thousandth of all charges:
/// what it costs a day in that month (a negative amount when it went: in its last month).
/// </summary>
public sealed record DemoStep(
    string ServiceName,
    string SubAccountName,
    string ResourceName,
    DateOnly Start,
    Amount PerDay
);

/// <summary>
/// What is true about the demo company's files: totals and planted stories, to hold every answer against.
/// </summary>
public sealed record DemoTruth
{
    public required ulong Seed { get; init; }

    public required long Rows { get; init; }

    public required long UnreadableRows { get; init; }

    public required IReadOnlyList<DemoMonth> Months { get; init; }

    public required IReadOnlyList<DemoProvider> Providers { get; init; }

    public required IReadOnlyList<DemoStory> Stories { get; init; }

    /// <summary>The large resources that came and went, newest first.</summary>
    public required IReadOnlyList<DemoStep> Steps { get; init; }

    /// <summary>Effective cost of one month in one currency over all categories.</summary>
    public Amount EffectiveCostOf(string month, string currency = "USD") =>
        Months
            .Where(row => row.Month == month && row.Currency == currency)
            .Aggregate(Amount.Zero, (sum, row) => sum + row.EffectiveCost);

    /// <summary>The truth as JSON, amounts as numbers with all their digits.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DemoTruthJson.Default.DemoTruth);
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(AmountJsonConverter)]
)]
[JsonSerializable(typeof(DemoTruth))]
internal sealed partial class DemoTruthJson : JsonSerializerContext;

/// <summary>An amount in JSON is a number with all its digits, never in exponent form.</summary>
internal sealed class AmountJsonConverter : JsonConverter<Amount>
{
    public override Amount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Amount.Parse(System.Text.Encoding.UTF8.GetString(reader.ValueSpan));

    public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString(), skipInputValidation: true);
}
