using Bursar.Core.Time;

namespace Bursar.Demo.Company;

/// <summary>
/// How the demo company's spend grew up to September 2026, month by month, in thousandths of that September.
/// </summary>
internal static class Growth
{
    /// <summary>The month whose totals are the company's headline; every curve is 1,000 there.</summary>
    public static readonly BillingPeriod Headline = new(2026, 9);

    // Read from right to left: September 2026, August 2026, and so on back to May 2025. Older months keep the first
    // figure.
    private static readonly int[] InstantQuote =
    [
        742,
        751,
        760,
        778,
        790,
        806,
        842,
        868,
        822,
        838,
        861,
        880,
        902,
        930,
        958,
        989,
        1000,
    ];

    private static readonly int[] FrankfurtMoves = [0, 0, 0, 0, 0, 0, 0, 0, 0, 140, 230, 340, 470, 610, 760, 905, 1000];

    private static readonly int[] ClaimsAssistant =
    [
        0,
        0,
        0,
        0,
        0,
        60,
        110,
        160,
        210,
        280,
        360,
        450,
        540,
        640,
        780,
        905,
        1000,
    ];

    private static readonly int[] Running =
    [
        924,
        928,
        930,
        936,
        941,
        946,
        968,
        985,
        951,
        954,
        962,
        966,
        971,
        978,
        985,
        997,
        1000,
    ];

    private static readonly int[] Unclaimed =
    [
        660,
        672,
        690,
        701,
        722,
        740,
        771,
        790,
        780,
        801,
        822,
        845,
        872,
        901,
        942,
        985,
        1000,
    ];

    /// <summary>The amount of a month, when September's is given.</summary>
    public static long At(BillingPeriod month, Purpose purpose, long september)
    {
        var curve = purpose switch
        {
            Purpose.InstantQuote => InstantQuote,
            Purpose.LeaveFrankfurt => FrankfurtMoves,
            Purpose.ClaimsAssistant => ClaimsAssistant,
            Purpose.Running => Running,
            _ => Unclaimed,
        };
        var monthsAgo = MonthNumber(Headline) - MonthNumber(month);
        var thousandths = monthsAgo < 0 ? 1000 - (9 * monthsAgo) : curve[Math.Max(0, curve.Length - 1 - monthsAgo)];
        return Pips.Times(september, thousandths, 1000);
    }

    private static int MonthNumber(BillingPeriod month) => (month.Year * 12) + month.Month;
}
