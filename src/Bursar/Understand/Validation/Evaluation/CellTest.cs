using System.Collections.Concurrent;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary><c>cell_is(test, text)</c>: whether a cell's text has a form that SQL cannot ask for, or only slowly.</summary>
internal sealed class CellTest : ScalarFunction
{
    private delegate bool Test(ReadOnlySpan<byte> text);

    private static readonly ConcurrentDictionary<string, Test> Known = new();

    public override string Name => "cell_is";

    public override IReadOnlyList<ScalarType> Parameters => [ScalarType.Varchar, ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Boolean;

    public override void Run(ScalarCall call)
    {
        if (call.Count == 0)
            return;
        var name = call.Argument(0);
        var cell = call.Argument(1);
        var output = call.Output;
        // The test is a constant of the query, the same for all rows of a call.
        var test = Known.GetOrAdd(System.Text.Encoding.UTF8.GetString(name.Utf8(0)), Find);
        for (var row = 0; row < call.Count; row++)
            output.SetBoolean(row, !cell.IsNull(row) && test(cell.Utf8(row)));
    }

    private static Test Find(string name) =>
        name switch
        {
            "number" => text => CellForms.IsNumber(text, withPlus: false),
            "loose-number" => text => CellForms.IsNumber(text, withPlus: true),
            "time" => CellForms.IsTime,
            "unit" => CellForms.IsUnit,
            "currency" => text => text.Length == 3 && Currencies.Contains(text),
            "json" => text => JsonCell.IsJson(text, objectOnly: false),
            "json-object" => text => JsonCell.IsJson(text, objectOnly: true),
            "key-value" => JsonCell.IsKeyValue,
            _ => new JsonPathTest(name).Holds,
        };
}
