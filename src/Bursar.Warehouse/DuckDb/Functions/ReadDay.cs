using System.Text;
using Bursar.Core.Time;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>written_day(text)</c>: the first day of what people write in words ("Sept-26", "2026-W36"), in ISO form.
/// </summary>
/// <remarks>A text that names no day stays what it is, to be refused by whoever reads it next.</remarks>
internal sealed class ReadDay : ScalarFunction
{
    public override string Name => "written_day";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Varchar;

    public override void Run(ScalarCall call)
    {
        var texts = call.Argument(0);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (texts.IsNull(row))
                output.SetNull(row);
            else if (WrittenDay.TryRead(Encoding.UTF8.GetString(texts.Utf8(row)), out var day, out _))
                output.SetUtf8(row, Encoding.UTF8.GetBytes($"{day:yyyy-MM-dd}T00:00:00Z"));
            else
                output.SetUtf8(row, texts.Utf8(row));
        }
    }
}
