using System.Buffers;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>A function of any number of texts, some of which may be null, that gives a text for each row.</summary>
internal abstract class TextsFunction : ScalarFunction
{
    public sealed override IReadOnlyList<ScalarType> Parameters { get; } = [];

    public sealed override ScalarType? Varargs => ScalarType.Varchar;

    public sealed override ScalarType Returns => ScalarType.Varchar;

    public sealed override bool SeesNull => true;

    public sealed override void Run(ScalarCall call)
    {
        var output = call.Output;
        var buffer = new ArrayBufferWriter<byte>();
        for (var row = 0; row < call.Count; row++)
        {
            buffer.ResetWrittenCount();
            Write(call, row, buffer, output);
        }
    }

    /// <summary>Sets the result of one row.</summary>
    /// <param name="call">The texts.</param>
    /// <param name="row">The row.</param>
    /// <param name="buffer">Empty, for the result to be written in.</param>
    /// <param name="output">The results.</param>
    protected abstract void Write(ScalarCall call, int row, ArrayBufferWriter<byte> buffer, ScalarOutput output);
}
