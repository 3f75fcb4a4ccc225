using System.Text.Json;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>What a log says of a use beside who receives its cost: environment, feature, customer, agent.</summary>
internal static class KeptColumns
{
    /// <summary>The columns and their values as a JSON object, in a fixed order; null for none.</summary>
    public static string? Json(IReadOnlyList<string> columns, IReadOnlyList<string?> values) =>
        columns.Count == 0
            ? null
            : JsonSerializer.Serialize(
                new SortedDictionary<string, string?>(
                    columns.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second),
                    StringComparer.Ordinal
                )
            );

    /// <summary>The shared fields among them, by their places.</summary>
    public static IEnumerable<(int Field, string? Value)> SharedFields(Receiver receiver) =>
        Read(receiver)
            .Select(pair => (Allocation.SharedFields.IndexOf(pair.Key), pair.Value))
            .Where(pair => pair.Item1 >= 0 && pair.Value is not null);

    /// <summary>The tags of a part as a JSON object: those kept, and the one that receives; null for none.</summary>
    public static string? Tags(Receiver receiver)
    {
        var tags = Read(receiver)
            .Append(new(receiver.Field, receiver.Value))
            .Select(pair => (Key: ColumnNames.TagKey(pair.Key), pair.Value))
            .Where(pair => pair.Key is not null && pair.Value is not null)
            .ToList();
        return tags.Count == 0
            ? null
            : JsonSerializer.Serialize(
                new SortedDictionary<string, string?>(
                    tags.ToDictionary(pair => pair.Key!, pair => pair.Value),
                    StringComparer.Ordinal
                )
            );
    }

    private static Dictionary<string, string?> Read(Receiver receiver) =>
        receiver.Kept is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string?>>(receiver.Kept)!;
}
