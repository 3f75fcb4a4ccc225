using System.Buffers;
using System.Text;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>tags_of_pairs(text, between, within)</c>: a JSON object of "a:1|b:2", where <c>between</c> stands between two
/// pairs and <c>within</c> between a key and its value. A pair without the latter is a key with an empty value; a
/// semicolon at the end of a value divides it from the next pair.
/// </summary>
internal sealed class TagsOfPairs : ScalarFunction
{
    public override string Name => "tags_of_pairs";

    public override IReadOnlyList<ScalarType> Parameters { get; } =
    [ScalarType.Varchar, ScalarType.Varchar, ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Varchar;

    public override void Run(ScalarCall call)
    {
        var output = call.Output;
        var buffer = new ArrayBufferWriter<byte>();
        for (var row = 0; row < call.Count; row++)
        {
            buffer.ResetWrittenCount();
            if (!call.Argument(0).IsNull(row) && Write(call, row, buffer))
                output.SetUtf8(row, buffer.WrittenSpan);
            else
                output.SetNull(row);
        }
    }

    private static bool Write(ScalarCall call, int row, ArrayBufferWriter<byte> buffer)
    {
        var text = Encoding.UTF8.GetString(call.Argument(0).Utf8(row));
        var between = Encoding.UTF8.GetString(call.Argument(1).Utf8(row));
        var within = Encoding.UTF8.GetString(call.Argument(2).Utf8(row));
        var any = false;
        using var tags = new TagWriter(buffer);
        foreach (
            var pair in text.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            var cut = pair.IndexOf(within, StringComparison.Ordinal);
            var key = cut < 0 ? pair : pair[..cut].Trim();
            if (key.Length > 0)
                any |= tags.TryAdd(key, cut < 0 ? "" : pair[(cut + within.Length)..].Trim().TrimEnd(';'));
        }
        tags.End();
        return any;
    }
}
