using System.Text;
using System.Text.Json;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>json_entry(text, key, value, name)</c>: of a JSON array of objects, the field <c>name</c> of the first whose
/// field <c>key</c> is <c>value</c>. Null when there is none, or when the cell is no such array.
/// </summary>
internal sealed class JsonEntry : ScalarFunction
{
    public override string Name => "json_entry";

    public override IReadOnlyList<ScalarType> Parameters { get; } =
    [ScalarType.Varchar, ScalarType.Varchar, ScalarType.Varchar, ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Varchar;

    public override void Run(ScalarCall call)
    {
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (Find(call, row) is { } found)
                output.SetUtf8(row, found);
            else
                output.SetNull(row);
        }
    }

    private static byte[]? Find(ScalarCall call, int row)
    {
        for (var i = 0; i < call.ArgumentCount; i++)
        {
            if (call.Argument(i).IsNull(row))
                return null;
        }
        try
        {
            using var json = JsonDocument.Parse(call.Argument(0).Utf8(row).ToArray());
            if (json.RootElement.ValueKind != JsonValueKind.Array)
                return null;
            foreach (var item in json.RootElement.EnumerateArray())
            {
                if (
                    item.ValueKind == JsonValueKind.Object
                    && item.TryGetProperty(call.Argument(1).Utf8(row), out var key)
                    && key.ValueKind == JsonValueKind.String
                    && key.ValueEquals(call.Argument(2).Utf8(row))
                    && item.TryGetProperty(call.Argument(3).Utf8(row), out var field)
                )
                    return field.ValueKind == JsonValueKind.Null ? null : Encoding.UTF8.GetBytes(field.ToString());
            }
        }
        catch (JsonException)
        {
            // A cell that is no JSON has no such entry; whatever reads the cell itself shows it.
        }
        return null;
    }
}
