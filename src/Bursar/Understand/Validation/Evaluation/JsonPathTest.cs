using System.Text;
using System.Text.Json;
using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>
/// A test of what stands at a path inside a JSON cell, such as <c>$.Elements[*].AllocatedRatio</c>: each element by
/// itself. A cell that is no JSON passes; that is another rule's business.
/// </summary>
/// <param name="text">The check as the rule tables write it, its column left out: <c>json-key('$.Elements[*].Id')</c>.
/// With two paths, the first is tested for elements in which the second holds (or does not).</param>
internal sealed class JsonPathTest(string text)
{
    private readonly Check check = CheckText.Read(text)!;

    public bool Holds(ReadOnlySpan<byte> cell)
    {
        if (cell.Length == 0)
            return true;
        try
        {
            using var document = JsonDocument.Parse(cell.ToArray());
            return Holds(document.RootElement, check);
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static bool Holds(JsonElement root, Check check)
    {
        // Or means here: where the first holds, the second must, element by element.
        if (check.Kind is CheckKind.Or)
            return Parents(root, check.Items[0].Arguments[0])
                .All(parent => !HoldsIn(parent, check.Items[0]) || HoldsIn(parent, check.Items[1]));
        return Parents(root, check.Arguments[0]).All(parent => HoldsIn(parent, check));
    }

    /// <summary>The check for one parent of what the path names.</summary>
    private static bool HoldsIn(JsonElement parent, Check check)
    {
        var key = LastKey(check.Arguments[0]);
        var value = key is null ? parent : Member(parent, key);
        return check.Kind switch
        {
            CheckKind.JsonKey => value is not null,
            CheckKind.JsonNull => value is not { ValueKind: not JsonValueKind.Null },
            CheckKind.JsonNotNull => value is { ValueKind: not JsonValueKind.Null },
            _ => value is not { ValueKind: not JsonValueKind.Null } || HoldsFor(value.Value, check),
        };
    }

    /// <summary>The check for a value that is there.</summary>
    private static bool HoldsFor(JsonElement value, Check check) =>
        check.Kind switch
        {
            CheckKind.JsonType => IsType(value, check.Arguments[1]),
            CheckKind.JsonKeyValue => value.ValueKind != JsonValueKind.Object
                || JsonCell.IsKeyValue(Encoding.UTF8.GetBytes(value.GetRawText())),
            CheckKind.JsonKeyPrefix => value.ValueKind != JsonValueKind.Object
                || value
                    .EnumerateObject()
                    .All(member =>
                        member.Name.StartsWith(check.Arguments[1], StringComparison.Ordinal)
                        || check.Arguments.Skip(2).Contains(member.Name, StringComparer.OrdinalIgnoreCase)
                    ),
            CheckKind.JsonNumericFormat => CellForms.IsNumber(Utf8(value), withPlus: false),
            CheckKind.JsonUnitFormat => CellForms.IsUnit(Utf8(value)),
            _ => true,
        };

    private static byte[] Utf8(JsonElement value) =>
        Encoding.UTF8.GetBytes(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());

    private static bool IsType(JsonElement value, string type) =>
        type switch
        {
            "Array" => value.ValueKind == JsonValueKind.Array,
            "Object" => value.ValueKind == JsonValueKind.Object,
            "String" => value.ValueKind == JsonValueKind.String,
            "Boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "Decimal" => value.ValueKind == JsonValueKind.Number
                || (value.ValueKind == JsonValueKind.String && CellForms.IsNumber(Utf8(value), withPlus: false)),
            _ => true,
        };

    /// <summary>The objects that hold the last key of a path; the values themselves where it ends on [*].</summary>
    private static IEnumerable<JsonElement> Parents(JsonElement root, string path)
    {
        var steps = path.TrimStart('$').Split('.', StringSplitOptions.RemoveEmptyEntries);
        var last = LastKey(path) is null ? steps.Length : steps.Length - 1;
        IEnumerable<JsonElement> found = [root];
        foreach (var step in steps.Take(last))
        {
            var all = step.EndsWith("[*]", StringComparison.Ordinal);
            var key = all ? step[..^3] : step;
            found = found.Select(parent => Member(parent, key)).OfType<JsonElement>();
            if (all)
                found = found
                    .Where(value => value.ValueKind == JsonValueKind.Array)
                    .SelectMany(value => value.EnumerateArray());
        }
        return found;
    }

    private static string? LastKey(string path) =>
        path == "$" || path.EndsWith(']') ? null : path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Ignoring case: FOCUS 1.3 itself writes ContractCommitmentID and ContractCommitmentId.</summary>
    private static JsonElement? Member(JsonElement parent, string key)
    {
        if (parent.ValueKind != JsonValueKind.Object)
            return null;
        if (parent.TryGetProperty(key, out var value))
            return value;
        foreach (var member in parent.EnumerateObject())
        {
            if (member.Name.Equals(key, StringComparison.OrdinalIgnoreCase))
                return member.Value;
        }
        return null;
    }
}
