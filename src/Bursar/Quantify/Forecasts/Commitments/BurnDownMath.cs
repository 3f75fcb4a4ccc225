namespace Bursar.Quantify.Forecasts.Commitments;

/// <summary>How a commitment is used up: even pace, where the trailing pace leads, and what would be needed.</summary>
/// <param name="EvenPace">What would be used by now at an even pace.</param>
/// <param name="Projected">What is used at the end if the trailing pace goes on.</param>
/// <param name="Shortfall">What is then missing of the promise; 0 where it is kept.</param>
/// <param name="Overage">What is then used beyond the promise.</param>
/// <param name="NeededPerMonth">What each month left must use to keep it; null when none is left.</param>
internal sealed record BurnDown(
    decimal EvenPace,
    decimal Projected,
    decimal Shortfall,
    decimal Overage,
    decimal? NeededPerMonth
);

/// <summary>The arithmetic of a commitment's burn-down (FCT-10).</summary>
internal static class BurnDownMath
{
    /// <param name="committed">The promise.</param>
    /// <param name="used">What counts towards it so far.</param>
    /// <param name="months">How many months it runs.</param>
    /// <param name="elapsed">How many of them have passed.</param>
    /// <param name="perMonth">What a month used lately.</param>
    public static BurnDown Of(decimal committed, decimal used, decimal months, decimal elapsed, decimal perMonth)
    {
        var left = Math.Max(0, months - elapsed);
        var projected = used + (perMonth * left);
        return new BurnDown(
            months == 0 ? committed : committed * elapsed / months,
            projected,
            Math.Max(0, committed - projected),
            Math.Max(0, projected - committed),
            left == 0 ? null : Math.Max(0, committed - used) / left
        );
    }
}
