using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bursar.Core.Amounts;

/// <summary>
/// Amounts in JSON: plain numbers with all their digits, never an exponent, never through a binary fraction.
/// </summary>
public sealed class AmountJsonConverter : JsonConverter<Amount>
{
    public override Amount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException($"An amount is a JSON number; this is {reader.TokenType}.");
        ReadOnlySpan<byte> digits = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        return AmountText.TryRead(digits, out var amount, out _) == AmountReading.Exact
            ? amount
            : throw new JsonException("An amount has at most 20 digits before the point and 18 after it.");
    }

    public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options) =>
        writer.WriteRawValue(AmountText.Write(value), skipInputValidation: true);
}
