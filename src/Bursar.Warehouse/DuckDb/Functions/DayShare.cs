using System.Numerics;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// <c>day_share(amount, start_second, seconds, day)</c>: the part of an amount that falls on one day of a charge that spans several.
/// </summary>
/// <remarks>
/// A day weighs as much as the seconds of the charge that lie in it. Parts are cut towards zero at 18 decimals, and the units that are left
/// go one each to the largest remainders, earlier days first: the largest-remainder method, so the parts sum to the amount to the last digit.
/// There are at most three different weights (the first day, whole days, the last day), so a part needs no list of all parts.
/// </remarks>
internal sealed class DayShare : ScalarFunction
{
    private const long SecondsPerDay = 86_400;

    public override string Name => "day_share";

    public override IReadOnlyList<ScalarType> Parameters { get; } =
        [ScalarType.Amount, ScalarType.BigInt, ScalarType.BigInt, ScalarType.BigInt];

    public override ScalarType Returns => ScalarType.Amount;

    public override void Run(ScalarCall call)
    {
        var (amounts, starts) = (call.Argument(0), call.Argument(1));
        var (lengths, days) = (call.Argument(2), call.Argument(3));
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (amounts.IsNull(row) || starts.IsNull(row) || lengths.IsNull(row) || days.IsNull(row)) output.SetNull(row);
            else output.SetUnits(row, Share(amounts.Units(row), starts.BigInt(row), lengths.BigInt(row), days.BigInt(row)));
        }
    }

    /// <param name="units">The amount, in units of 10⁻¹⁸.</param>
    /// <param name="startSecond">The second of its first day at which the charge begins, 0–86,399.</param>
    /// <param name="seconds">How long the charge lasts; at least 1.</param>
    /// <param name="day">The day asked for: 0 is the first.</param>
    internal static Int128 Share(Int128 units, long startSecond, long seconds, long day)
    {
        if (seconds < 1 || startSecond is < 0 or >= SecondsPerDay)
            throw new ArgumentOutOfRangeException(nameof(seconds), "day_share: a charge lasts at least a second and begins within its first day.");
        var firstSeconds = Math.Min(SecondsPerDay - startSecond, seconds);
        var (wholeDays, lastSeconds) = Math.DivRem(seconds - firstSeconds, SecondsPerDay);
        var lastDay = wholeDays + (lastSeconds > 0 ? 1 : 0);
        if (day < 0 || day > lastDay) throw new ArgumentOutOfRangeException(nameof(day), "day_share: the day lies outside the charge.");

        var magnitude = (BigInteger)Int128.Abs(units);
        var first = new Cut(magnitude, firstSeconds, seconds);
        var whole = new Cut(magnitude, SecondsPerDay, seconds);
        var last = new Cut(magnitude, lastSeconds, seconds);
        var left = magnitude - first.Part - (whole.Part * wholeDays) - last.Part;
        var (mine, before) = day == 0 ? (first, Before(whole, first, wholeDays, earlier: 0) + Before(last, first, 1, earlier: 0))
            : day <= wholeDays ? (whole, Before(first, whole, 1, earlier: 1) + (day - 1) + Before(last, whole, 1, earlier: 0))
            : (last, Before(first, last, 1, earlier: 1) + Before(whole, last, wholeDays, earlier: wholeDays));
        var part = (Int128)(mine.Part + (before < left ? 1 : 0));
        return units < 0 ? -part : part;
    }

    /// <summary>How many of so many days of one weight come before a day of another: larger remainder first, then the earlier.</summary>
    private static long Before(Cut other, Cut mine, long days, long earlier) =>
        other.Remainder > mine.Remainder ? days : other.Remainder == mine.Remainder ? earlier : 0;

    /// <summary>An amount times seconds ÷ all seconds: the whole units, and what remains.</summary>
    private readonly record struct Cut(BigInteger Part, BigInteger Remainder)
    {
        public Cut(BigInteger magnitude, long weight, long seconds)
            : this(BigInteger.DivRem(magnitude * weight, seconds, out var remainder), remainder)
        {
        }
    }
}
