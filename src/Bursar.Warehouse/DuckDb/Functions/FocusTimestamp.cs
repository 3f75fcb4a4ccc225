namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>focus_timestamp(text, ordinal)</c>: a time as UTC; the forms are those of <see cref="TimestampText"/>.
/// </summary>
internal sealed class FocusTimestamp(CellLogs logs) : CellFunction(logs)
{
    public override string Name => "focus_timestamp";

    public override ScalarType Returns => ScalarType.Timestamp;

    protected override void Read(
        ReadOnlySpan<byte> text,
        int row,
        int ordinal,
        ScalarOutput output,
        ref ChunkCounter counter
    )
    {
        if (TimestampText.TryRead(text, out var micros))
        {
            output.SetMicros(row, micros);
            return;
        }
        output.SetNull(row);
        counter.Unreadable(ordinal);
    }
}
