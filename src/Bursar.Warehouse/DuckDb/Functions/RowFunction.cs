using System.Collections.Concurrent;
using System.Text;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// A function of any number of texts that runs whatever C# code the session has set just then, on each row.
/// </summary>
/// <typeparam name="T">What it gives for a row.</typeparam>
/// <param name="functions">Which session has set which code.</param>
internal abstract class RowFunction<T>(RowFunctions<T> functions) : ScalarFunction
{
    public sealed override IReadOnlyList<ScalarType> Parameters { get; } = [];

    public sealed override ScalarType? Varargs => ScalarType.Varchar;

    public sealed override bool IsVolatile => true;

    public sealed override bool SeesNull => true;

    public sealed override void Run(ScalarCall call)
    {
        var function =
            functions.Of(call.SessionId)
            ?? throw new InvalidOperationException($"{Name} was called in a session that has set no code for it.");
        var output = call.Output;
        var columns = new string?[call.ArgumentCount][];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Texts(call.Argument(i), call.Count);
        var values = new string?[columns.Length];
        for (var row = 0; row < call.Count; row++)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = columns[i][row];
            Set(output, row, function(values));
        }
    }

    protected abstract void Set(ScalarOutput output, int row, T result);

    /// <summary>Attributes repeat from row to row: the same text is made once.</summary>
    private static string?[] Texts(ScalarArgument argument, int count)
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

/// <summary><c>row_function(text, …) → INTEGER</c>: rules of allocation run so, once per profile.</summary>
internal sealed class RowNumber(RowFunctions<int> functions) : RowFunction<int>(functions)
{
    public override string Name => "row_function";

    public override ScalarType Returns => ScalarType.Integer;

    protected override void Set(ScalarOutput output, int row, int result) => output.SetInteger(row, result);
}

/// <summary>
/// <c>row_text(text, …) → VARCHAR</c>: prices are found so, since price books are rules and not tables of the engine.
/// </summary>
internal sealed class RowText(RowFunctions<string?> functions) : RowFunction<string?>(functions)
{
    public override string Name => "row_text";

    public override ScalarType Returns => ScalarType.Varchar;

    protected override void Set(ScalarOutput output, int row, string? result)
    {
        if (result is null)
            output.SetNull(row);
        else
            output.SetUtf8(row, Encoding.UTF8.GetBytes(result));
    }
}

/// <summary>Which session has set which code for its rows.</summary>
internal sealed class RowFunctions<T>
{
    private readonly ConcurrentDictionary<ulong, Func<IReadOnlyList<string?>, T>> functions = new();

    public Func<IReadOnlyList<string?>, T>? Of(ulong sessionId) => functions.GetValueOrDefault(sessionId);

    public void Set(ulong sessionId, Func<IReadOnlyList<string?>, T>? function)
    {
        if (function is null)
            functions.TryRemove(sessionId, out _);
        else
            functions[sessionId] = function;
    }
}
