using System.Numerics;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>day_share(amount, start_micros, micros, first_day, end_day)</c>: the part of an amount that falls on days [first,
/// end) of a charge
/// that spans several; day 0 is its first.
/// </summary>
/// <remarks>
/// A day weighs as much as the time of the charge that lie in it. Parts are cut towards zero at 18 decimals, and the
/// units that are left go one each to the largest remainders, earlier days first: the largest-remainder method, so the
/// parts sum to the amount to the last digit. There are at most three different weights (the first day, whole days, the
/// last day), so a part needs no list of all parts.
/// </remarks>
internal sealed class DayShare : ScalarFunction
{
    private const long MicrosPerDay = 86_400_000_000;

    public override string Name => "day_share";

    public override IReadOnlyList<ScalarType> Parameters { get; } =
    [ScalarType.Amount, ScalarType.BigInt, ScalarType.BigInt, ScalarType.BigInt, ScalarType.BigInt];

    public override ScalarType Returns => ScalarType.Amount;

    public override void Run(ScalarCall call)
    {
        var amounts = call.Argument(0);
        var starts = call.Argument(1);
        var lengths = call.Argument(2);
        var firsts = call.Argument(3);
        var ends = call.Argument(4);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (
                amounts.IsNull(row)
                || starts.IsNull(row)
                || lengths.IsNull(row)
                || firsts.IsNull(row)
                || ends.IsNull(row)
            )
                output.SetNull(row);
            else
                output.SetUnits(
                    row,
                    Share(
                        amounts.Units(row),
                        starts.BigInt(row),
                        lengths.BigInt(row),
                        firsts.BigInt(row),
                        ends.BigInt(row)
                    )
                );
        }
    }

    /// <param name="units">The amount, in units of 10⁻¹⁸.</param>
    /// <param name="startMicros">The microsecond of its first day at which the charge begins.</param>
    /// <param name="micros">How long the charge lasts, in microseconds; at least 1.</param>
    /// <param name="firstDay">The first day that counts. Days outside the charge have no part.</param>
    /// <param name="endDay">The day after the last that counts.</param>
    internal static Int128 Share(Int128 units, long startMicros, long micros, long firstDay, long endDay)
    {
        if (micros < 1 || startMicros is < 0 or >= MicrosPerDay)
            throw new ArgumentOutOfRangeException(
                nameof(micros),
                "day_share: a charge lasts at least a microsecond and begins within its first day."
            );
        var firstMicros = Math.Min(MicrosPerDay - startMicros, micros);
        var (wholeDays, lastMicros) = Math.DivRem(micros - firstMicros, MicrosPerDay);
        var magnitude = (BigInteger)Int128.Abs(units);
        var first = new Cut(magnitude, firstMicros, micros);
        var whole = new Cut(magnitude, MicrosPerDay, micros);
        var last = new Cut(magnitude, lastMicros, micros);
        var left = magnitude - first.Part - (whole.Part * wholeDays) - last.Part;
        var days = 1 + wholeDays + (lastMicros > 0 ? 1 : 0);
        var sum = BigInteger.Zero;
        for (var day = Math.Max(firstDay, 0); day < Math.Min(endDay, days); day++)
        {
            var (mine, before) =
                day == 0 ? (first, Before(whole, first, wholeDays, earlier: 0) + Before(last, first, 1, earlier: 0))
                : day <= wholeDays
                    ? (whole, Before(first, whole, 1, earlier: 1) + (day - 1) + Before(last, whole, 1, earlier: 0))
                : (last, Before(first, last, 1, earlier: 1) + Before(whole, last, wholeDays, earlier: wholeDays));
            sum += mine.Part + (before < left ? 1 : 0);
        }
        return units < 0 ? -(Int128)sum : (Int128)sum;
    }

    /// <summary>
    /// How many of so many days of one weight come before a day of another: larger remainder first, then the earlier.
    /// </summary>
    private static long Before(Cut other, Cut mine, long days, long earlier) =>
        other.Remainder > mine.Remainder ? days
        : other.Remainder == mine.Remainder ? earlier
        : 0;

    /// <summary>An amount times a weight ÷ all weights: the whole units, and what remains.</summary>
    private readonly record struct Cut(BigInteger Part, BigInteger Remainder)
    {
        public Cut(BigInteger magnitude, long weight, long micros)
            : this(BigInteger.DivRem(magnitude * weight, micros, out var remainder), remainder) { }
    }
}
