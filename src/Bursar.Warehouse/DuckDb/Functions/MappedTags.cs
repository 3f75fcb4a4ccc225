using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>tags_of(key, value, …)</c>: a JSON object of cells, each with its key; empty cells are no tags.
/// </summary>
internal sealed class TagsOf : TextsFunction
{
    public override string Name => "tags_of";

    protected override void Write(ScalarCall call, int row, ArrayBufferWriter<byte> buffer, ScalarOutput output)
    {
        var any = false;
        using (var tags = new TagWriter(buffer))
        {
            for (var i = 0; i + 1 < call.ArgumentCount; i += 2)
            {
                var value = call.Argument(i + 1);
                if (value.IsNull(row))
                    continue;
                any |= tags.TryAdd(
                    Encoding.UTF8.GetString(call.Argument(i).Utf8(row)),
                    Encoding.UTF8.GetString(value.Utf8(row))
                );
            }
            tags.End();
        }
        if (any)
            output.SetUtf8(row, buffer.WrittenSpan);
        else
            output.SetNull(row);
    }
}

/// <summary>
/// <c>tags_merge(prefix, tags, …)</c>: several cells of tags as one JSON object, each cell's keys behind its prefix.
/// </summary>
/// <remarks>
/// Of a key that comes twice the first stays. A cell that is no tags is itself the result, to be refused.
/// </remarks>
internal sealed class TagsMerge : TextsFunction
{
    public override string Name => "tags_merge";

    protected override void Write(ScalarCall call, int row, ArrayBufferWriter<byte> buffer, ScalarOutput output)
    {
        switch (Merge(call, row, buffer))
        {
            case null:
                output.SetNull(row);
                break;
            case < 0:
                output.SetUtf8(row, buffer.WrittenSpan);
                break;
            case var refused:
                output.SetUtf8(row, call.Argument(refused.Value).Utf8(row));
                break;
        }
    }

    /// <returns>Null when there are no tags at all, the number of the cell that is none, otherwise -1.</returns>
    private static int? Merge(ScalarCall call, int row, ArrayBufferWriter<byte> buffer)
    {
        var any = false;
        using var tags = new TagWriter(buffer);
        for (var i = 0; i + 1 < call.ArgumentCount; i += 2)
        {
            var cell = call.Argument(i + 1);
            if (cell.IsNull(row))
                continue;
            if (!TagsText.TryRead(cell.Utf8(row), out var json))
                return i + 1;
            var prefix = Encoding.UTF8.GetString(call.Argument(i).Utf8(row));
            using var parsed = JsonDocument.Parse(json.ToArray());
            foreach (var tag in parsed.RootElement.EnumerateObject())
                any |= tags.TryAdd(prefix + tag.Name, tag.Value);
        }
        tags.End();
        return any ? -1 : null;
    }
}
