using System.Globalization;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Records;

/// <summary>One record of a finance or procurement system, as the books hold it.</summary>
/// <param name="Values">Its fields by name, amounts and days in one spelling; fields without a value are left
/// out.</param>
/// <param name="Delivery">The delivery that brought it.</param>
/// <param name="File">The file it stood in.</param>
/// <param name="Row">Its row there, from 1, headings not counted.</param>
internal sealed record BusinessRecord(
    IReadOnlyDictionary<string, string> Values,
    string Delivery,
    string File,
    long Row
)
{
    public string? Text(string field) => Values.GetValueOrDefault(field);

    public Amount? Amount(string field) => Text(field) is { } text ? Core.Amounts.Amount.Parse(text) : null;

    /// <summary>The day; of a moment, its day in UTC.</summary>
    public DateOnly? Day(string field) =>
        Text(field) is { } text ? DateOnly.ParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    /// <summary>The values of its key: two records of the same are one, and the later counts.</summary>
    public string KeyIn(RecordKind kind) => string.Join('\u0001', kind.Key.Select(Text));
}
