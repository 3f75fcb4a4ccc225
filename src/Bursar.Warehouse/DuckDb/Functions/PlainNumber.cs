using System.Text;
using Bursar.Core.Amounts;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>plain_number(text, decimal_sign)</c>: a number as people write it ("$1,234.50", "(12.00)", "1.234,50 €") as a
/// plain
/// decimal.
/// </summary>
/// <remarks>A text that is no number stays what it is, to be refused by whoever reads it next.</remarks>
internal sealed class PlainNumber : ScalarFunction
{
    public override string Name => "plain_number";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Varchar, ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Varchar;

    public override void Run(ScalarCall call)
    {
        var texts = call.Argument(0);
        var signs = call.Argument(1);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (texts.IsNull(row) || signs.IsNull(row))
            {
                output.SetNull(row);
                continue;
            }
            var text = texts.Utf8(row);
            if (WrittenNumber.TryRead(Encoding.UTF8.GetString(text), (char)signs.Utf8(row)[0], out var plain))
                output.SetUtf8(row, Encoding.UTF8.GetBytes(plain));
            else
                output.SetUtf8(row, text);
        }
    }
}
