using System.Globalization;
using System.Numerics;
using System.Text;
using Bursar.Core.Amounts;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>largest_remainder(amount, weights, place)</c>: one part of an amount that is split by weights; the weights are
/// whole numbers with commas between them, their sum above zero, and the place counts from 0.
/// </summary>
/// <remarks>
/// The parts are those of <see cref="LargestRemainder"/> at 18 decimals, ties to the smaller place. Rows that ask for
/// the parts of one amount one after the other are answered from one split.
/// </remarks>
internal sealed class LargestRemainderPart : ScalarFunction
{
    public override string Name => "largest_remainder";

    public override IReadOnlyList<ScalarType> Parameters { get; } =
    [ScalarType.Amount, ScalarType.Varchar, ScalarType.BigInt];

    public override ScalarType Returns => ScalarType.Amount;

    public override void Run(ScalarCall call)
    {
        var amounts = call.Argument(0);
        var weights = call.Argument(1);
        var places = call.Argument(2);
        var output = call.Output;
        var split = new Split();
        for (var row = 0; row < call.Count; row++)
        {
            if (amounts.IsNull(row) || weights.IsNull(row) || places.IsNull(row))
                output.SetNull(row);
            else
                output.SetUnits(
                    row,
                    split.Part(amounts.Units(row), weights.Utf8(row), checked((int)places.BigInt(row)))
                );
        }
    }

    /// <summary>The last split that was asked for.</summary>
    internal sealed class Split
    {
        private byte[] text = [];
        private BigInteger[] weights = [];
        private ulong[]? small;
        private Int128 amount;
        private Int128[] parts = [];
        private UInt128[] cuts = [];

        public Int128 Part(Int128 units, ReadOnlySpan<byte> weightsText, int place)
        {
            var isOther = !weightsText.SequenceEqual(text);
            if (isOther)
                Read(weightsText);
            if (isOther || units != amount || parts.Length == 0)
                Divide(units);
            return parts[place];
        }

        /// <summary>Weights mean the same when all are divided by what divides them all.</summary>
        private void Read(ReadOnlySpan<byte> weightsText)
        {
            text = weightsText.ToArray();
            weights =
            [
                .. Encoding
                    .ASCII.GetString(text)
                    .Split(',')
                    .Select(weight =>
                        BigInteger.Parse(weight, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
                    ),
            ];
            var divisor = weights.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
            var sum = weights.Aggregate(BigInteger.Zero, (left, right) => left + right);
            small =
                divisor.IsZero || sum / divisor > ulong.MaxValue || weights.Any(weight => weight.Sign < 0)
                    ? null
                    : Array.ConvertAll(weights, weight => (ulong)(weight / divisor));
            parts = new Int128[weights.Length];
            cuts = new UInt128[weights.Length];
        }

        private void Divide(Int128 units)
        {
            amount = units;
            if (small is null)
            {
                var whole = LargestRemainder.Divide(
                    BigInteger.Abs(units),
                    weights,
                    Enumerable.Range(0, weights.Length),
                    out _
                );
                parts = Array.ConvertAll(whole, cut => units < 0 ? -(Int128)cut : (Int128)cut);
                return;
            }
            LargestRemainder.Divide((UInt128)Int128.Abs(units), small, cuts);
            for (var i = 0; i < cuts.Length; i++)
                parts[i] = units < 0 ? -(Int128)cuts[i] : (Int128)cuts[i];
        }
    }
}
