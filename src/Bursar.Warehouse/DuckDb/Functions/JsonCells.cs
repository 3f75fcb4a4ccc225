using System.Text;
using System.Text.Json;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>json_items(text) → INTEGER</c>: how many items a cell's JSON array has; an empty cell has none.
/// </summary>
/// <remarks>
/// A cell that is no array counts as one item, whose fields are the cell itself: it will be refused where it is read.
/// </remarks>
internal sealed class JsonItems : ScalarFunction
{
    public override string Name => "json_items";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Integer;

    public override bool SeesNull => true;

    public override void Run(ScalarCall call)
    {
        var text = call.Argument(0);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
            output.SetInteger(row, text.IsNull(row) ? 0 : Count(text.Utf8(row)));
    }

    private static int Count(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("[]"u8))
            return 0;
        try
        {
            using var json = JsonDocument.Parse(text.ToArray());
            return json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.GetArrayLength() : 1;
        }
        catch (JsonException)
        {
            return 1;
        }
    }
}

/// <summary>
/// <c>json_field(text, item, name)</c>: one field of an item of a cell's JSON array (item 1 is the first), or of
/// its JSON
/// object (item 0). Numbers come digit by digit as they are written.
/// </summary>
internal sealed class JsonField : ScalarFunction
{
    public override string Name => "json_field";

    public override IReadOnlyList<ScalarType> Parameters { get; } =
    [ScalarType.Varchar, ScalarType.Integer, ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Varchar;

    public override void Run(ScalarCall call)
    {
        var text = call.Argument(0);
        var items = call.Argument(1);
        var names = call.Argument(2);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (text.IsNull(row) || items.IsNull(row) || names.IsNull(row))
                output.SetNull(row);
            else if (Read(text.Utf8(row), items.Integer(row), names.Utf8(row)) is { } value)
                output.SetUtf8(row, value);
            else
                output.SetNull(row);
        }
    }

    private static byte[]? Read(ReadOnlySpan<byte> text, int item, ReadOnlySpan<byte> name)
    {
        var bytes = text.ToArray();
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            if (item > 0)
                root = root.ValueKind == JsonValueKind.Array ? root[item - 1] : throw new JsonException();
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out var field))
                return null;
            return field.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String when field.GetString() is { Length: 0 } => null,
                JsonValueKind.String => Encoding.UTF8.GetBytes(field.GetString()!),
                _ => Encoding.UTF8.GetBytes(field.GetRawText()),
            };
        }
        catch (JsonException)
        {
            return bytes;
        }
    }
}
