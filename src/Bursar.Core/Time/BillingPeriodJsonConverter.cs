using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bursar.Core.Time;

/// <summary>Billing periods in JSON: "2026-03".</summary>
public sealed class BillingPeriodJsonConverter : JsonConverter<BillingPeriod>
{
    public override BillingPeriod Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BillingPeriod.TryParse(reader.GetString() ?? "", out var period)
            ? period
            : throw new JsonException("A billing period is written as year and month: \"2026-03\".");

    public override void Write(Utf8JsonWriter writer, BillingPeriod value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
