namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// A function that reads one cell of text and counts what it cannot read, under the ordinal that it is given.
/// </summary>
internal abstract class CellFunction(CellLogs logs) : ScalarFunction
{
    public sealed override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Varchar, ScalarType.Integer];

    /// <summary>Counting is an effect: a call that is folded or shared would be counted too seldom.</summary>
    public sealed override bool IsVolatile => true;

    public sealed override void Run(ScalarCall call)
    {
        var text = call.Argument(0);
        var ordinals = call.Argument(1);
        var output = call.Output;
        var counter = new ChunkCounter(logs.Of(call.SessionId));
        for (var row = 0; row < call.Count; row++)
        {
            if (text.IsNull(row))
                output.SetNull(row);
            else
                Read(text.Utf8(row), row, ordinals.Integer(row), output, ref counter);
        }
        counter.Flush();
    }

    protected abstract void Read(
        ReadOnlySpan<byte> text,
        int row,
        int ordinal,
        ScalarOutput output,
        ref ChunkCounter counter
    );
}
