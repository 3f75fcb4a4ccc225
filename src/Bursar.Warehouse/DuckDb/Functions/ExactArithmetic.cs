using System.Buffers;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// Calculates with the numbers in two or more texts and writes the result as text, with every digit.
/// </summary>
/// <remarks>
/// A text that is no number is itself the result, so that whoever reads the result next refuses the provider's own
/// cell and shows it.
/// </remarks>
internal abstract class ExactArithmetic : ScalarFunction
{
    public override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Varchar, ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Varchar;

    public override void Run(ScalarCall call)
    {
        var left = call.Argument(0);
        var right = call.Argument(1);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (left.IsNull(row) || right.IsNull(row))
                output.SetNull(row);
            else if (!ExactNumber.TryRead(left.Utf8(row), out var one))
                output.SetUtf8(row, left.Utf8(row));
            else if (!ExactNumber.TryRead(right.Utf8(row), out var other))
                output.SetUtf8(row, right.Utf8(row));
            else
                output.SetUtf8(row, Calculate(one, other));
        }
    }

    protected abstract byte[] Calculate(ExactNumber left, ExactNumber right);
}

/// <summary><c>exact_multiply(text, text)</c>; null when one of them is.</summary>
internal sealed class ExactMultiply : ExactArithmetic
{
    public override string Name => "exact_multiply";

    protected override byte[] Calculate(ExactNumber left, ExactNumber right) => left.Times(right).ToUtf8();
}

/// <summary><c>exact_divide(text, text)</c>: 36 decimals; null when one of them is.</summary>
/// <remarks>By zero there is no quotient; "5/0" is written, which no amount is.</remarks>
internal sealed class ExactDivide : ExactArithmetic
{
    public override string Name => "exact_divide";

    protected override byte[] Calculate(ExactNumber left, ExactNumber right) =>
        right.Digits.IsZero ? [.. left.ToUtf8(), .. "/0"u8] : left.Over(right).ToUtf8();
}

/// <summary><c>exact_sum(text, …)</c>: an empty cell adds nothing; null when all are.</summary>
internal sealed class ExactSum : TextsFunction
{
    public override string Name => "exact_sum";

    protected override void Write(ScalarCall call, int row, ArrayBufferWriter<byte> buffer, ScalarOutput output)
    {
        ExactNumber? sum = null;
        for (var i = 0; i < call.ArgumentCount; i++)
        {
            var argument = call.Argument(i);
            if (argument.IsNull(row))
                continue;
            if (!ExactNumber.TryRead(argument.Utf8(row), out var number))
            {
                output.SetUtf8(row, argument.Utf8(row));
                return;
            }
            sum = sum?.Plus(number) ?? number;
        }
        if (sum is { } total)
            output.SetUtf8(row, total.ToUtf8());
        else
            output.SetNull(row);
    }
}

/// <summary>
/// <c>exact_compare(text, text) → INTEGER</c>: below, at or above zero; null when one is empty or no number.
/// </summary>
internal sealed class ExactCompare : ScalarFunction
{
    public override string Name => "exact_compare";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Varchar, ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Integer;

    public override void Run(ScalarCall call)
    {
        var left = call.Argument(0);
        var right = call.Argument(1);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (
                left.IsNull(row)
                || right.IsNull(row)
                || !ExactNumber.TryRead(left.Utf8(row), out var one)
                || !ExactNumber.TryRead(right.Utf8(row), out var other)
            )
                output.SetNull(row);
            else
                output.SetInteger(row, one.SignAgainst(other));
        }
    }
}
