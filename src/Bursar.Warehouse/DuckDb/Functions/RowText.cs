using System.Collections.Concurrent;
using System.Text;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>row_text(text, …) → VARCHAR</c>: whatever C# code the session has set just then, applied to each row.
/// </summary>
/// <remarks>Prices are found so: the price books are rules of the product, not tables of the engine.</remarks>
internal sealed class RowText(RowTexts functions) : ScalarFunction
{
    public override string Name => "row_text";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [];

    public override ScalarType Returns => ScalarType.Varchar;

    public override ScalarType? Varargs => ScalarType.Varchar;

    public override bool IsVolatile => true;

    public override bool SeesNull => true;

    public override void Run(ScalarCall call)
    {
        var function =
            functions.Of(call.SessionId)
            ?? throw new InvalidOperationException("row_text was called in a session that has set none.");
        var output = call.Output;
        var columns = new string?[call.ArgumentCount][];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = RowFunction.Texts(call.Argument(i), call.Count);
        var values = new string?[columns.Length];
        for (var row = 0; row < call.Count; row++)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = columns[i][row];
            if (function(values) is { } text)
                output.SetUtf8(row, Encoding.UTF8.GetBytes(text));
            else
                output.SetNull(row);
        }
    }
}

/// <summary>Which session has set which function that gives a text.</summary>
internal sealed class RowTexts
{
    private readonly ConcurrentDictionary<ulong, Func<IReadOnlyList<string?>, string?>> functions = new();

    public Func<IReadOnlyList<string?>, string?>? Of(ulong sessionId) => functions.GetValueOrDefault(sessionId);

    public void Set(ulong sessionId, Func<IReadOnlyList<string?>, string?>? function)
    {
        if (function is null)
            functions.TryRemove(sessionId, out _);
        else
            functions[sessionId] = function;
    }
}
