using System.Numerics;
using Bursar.Core.Amounts;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary><c>convert_amount(amount, rate)</c>: an amount in another currency, exact to the 18th decimal.</summary>
/// <remarks>
/// The product of two numbers of 18 decimals has 36; it is rounded half to even, so that many conversions do not drift
/// one way. The engine's own product would leave DECIMAL(38,18) or pass through a binary fraction.
/// </remarks>
internal sealed class ConvertAmount : ScalarFunction
{
    private static readonly BigInteger One = Amount.UnitsPerOne;

    public override string Name => "convert_amount";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Amount, ScalarType.Amount];

    public override ScalarType Returns => ScalarType.Amount;

    public override void Run(ScalarCall call)
    {
        var amounts = call.Argument(0);
        var rates = call.Argument(1);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (amounts.IsNull(row) || rates.IsNull(row))
                output.SetNull(row);
            else
                output.SetUnits(row, Convert(amounts.Units(row), rates.Units(row)));
        }
    }

    /// <summary>The product of an amount and a rate, all three in units of 10⁻¹⁸.</summary>
    /// <exception cref="OverflowException">The product has more than 20 digits before the point.</exception>
    internal static Int128 Convert(Int128 amount, Int128 rate)
    {
        if (rate == Amount.UnitsPerOne)
            return amount;
        var quotient = BigInteger.DivRem((BigInteger)amount * rate, One, out var remainder);
        var twice = BigInteger.Abs(remainder) * 2;
        if (twice > One || (twice == One && !quotient.IsEven))
            quotient += remainder.Sign;
        if (BigInteger.Abs(quotient) > Amount.MaxUnits)
            throw new OverflowException("convert_amount: a product has more than 20 digits before the point.");
        return (Int128)quotient;
    }
}
