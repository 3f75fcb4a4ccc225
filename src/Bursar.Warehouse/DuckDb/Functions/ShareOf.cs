using Bursar.Core.Amounts;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary><c>share_of(amount, cumulative, total)</c>: amount × cumulative ÷ total, cut towards zero at 18 decimals.</summary>
/// <remarks>
/// A part is the difference of two neighbours, share_of(a, c₂, t) − share_of(a, c₁, t); the parts of 0…t telescope, so they sum to the
/// amount to the last digit, and share_of(a, t, t) is the amount itself.
/// </remarks>
internal sealed class ShareOf : ScalarFunction
{
    public override string Name => "share_of";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Amount, ScalarType.BigInt, ScalarType.BigInt];

    public override ScalarType Returns => ScalarType.Amount;

    public override void Run(ScalarCall call)
    {
        var amounts = call.Argument(0);
        var cumulatives = call.Argument(1);
        var totals = call.Argument(2);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (amounts.IsNull(row) || cumulatives.IsNull(row) || totals.IsNull(row)) output.SetNull(row);
            else output.SetUnits(row, Share(amounts.Units(row), cumulatives.BigInt(row), totals.BigInt(row)));
        }
    }

    internal static Int128 Share(Int128 units, long cumulative, long total)
    {
        if (total == 0) throw new DivideByZeroException("share_of: the total is zero, so there is nothing to take a share of.");
        // units = quotient × total + remainder, so the share is quotient × cumulative + remainder × cumulative ÷ total. Both terms have
        // the same sign, so cutting the second cuts the sum; remainder × cumulative stays below 2¹²⁶.
        var (quotient, remainder) = Int128.DivRem(units, total);
        var share = checked((quotient * cumulative) + (remainder * cumulative / total));
        return Int128.Abs(share) <= Amount.MaxUnits
            ? share
            : throw new OverflowException("share_of: the share leaves the range of DECIMAL(38,18).");
    }
}
