namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>focus_tags(text, ordinal)</c>: tags as one JSON object; the forms are those of <see cref="TagsText"/>.
/// </summary>
internal sealed class FocusTags(CellLogs logs) : CellFunction(logs)
{
    public override string Name => "focus_tags";

    public override ScalarType Returns => ScalarType.Varchar;

    protected override void Read(
        ReadOnlySpan<byte> text,
        int row,
        int ordinal,
        ScalarOutput output,
        ref ChunkCounter counter
    )
    {
        if (TagsText.TryRead(text, out var json))
        {
            output.SetUtf8(row, json);
            return;
        }
        output.SetNull(row);
        counter.Unreadable(ordinal);
    }
}
