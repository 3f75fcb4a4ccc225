using System.Collections.Concurrent;
using System.Text;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>row_function(text, …) → INTEGER</c>: whatever C# code the session has set just then, applied to each row.
/// </summary>
/// <remarks>Rules of allocation run so: once per profile, on the engine's threads.</remarks>
internal sealed class RowFunction(RowFunctions functions) : ScalarFunction
{
    public override string Name => "row_function";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [];

    public override ScalarType Returns => ScalarType.Integer;

    public override ScalarType? Varargs => ScalarType.Varchar;

    public override bool IsVolatile => true;

    public override bool SeesNull => true;

    public override void Run(ScalarCall call)
    {
        var function =
            functions.Of(call.SessionId)
            ?? throw new InvalidOperationException("row_function was called in a session that has set none.");
        var output = call.Output;
        var columns = new string?[call.ArgumentCount][];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Texts(call.Argument(i), call.Count);
        var values = new string?[columns.Length];
        for (var row = 0; row < call.Count; row++)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = columns[i][row];
            output.SetInteger(row, function(values));
        }
    }

    /// <summary>Attributes repeat from row to row: the same text is made once.</summary>
    internal static string?[] Texts(ScalarArgument argument, int count)
    {
        var texts = new string?[count];
        var before = -1;
        for (var row = 0; row < count; row++)
        {
            if (argument.IsNull(row))
                continue;
            var utf8 = argument.Utf8(row);
            texts[row] =
                before >= 0 && utf8.SequenceEqual(argument.Utf8(before))
                    ? texts[before]
                    : Encoding.UTF8.GetString(utf8);
            before = row;
        }
        return texts;
    }
}

/// <summary>Which session has set which function.</summary>
internal sealed class RowFunctions
{
    private readonly ConcurrentDictionary<ulong, Func<IReadOnlyList<string?>, int>> functions = new();

    public Func<IReadOnlyList<string?>, int>? Of(ulong sessionId) => functions.GetValueOrDefault(sessionId);

    public void Set(ulong sessionId, Func<IReadOnlyList<string?>, int>? function)
    {
        if (function is null)
            functions.TryRemove(sessionId, out _);
        else
            functions[sessionId] = function;
    }
}
