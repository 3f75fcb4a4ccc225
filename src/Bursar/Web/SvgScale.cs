using System.Globalization;
using Bursar.Core.Amounts;

namespace Bursar.Web;

/// <summary>Places amounts on a drawing; only what is drawn is rounded, never what is written.</summary>
internal static class SvgScale
{
    /// <summary>0.425 is "42.5", kept between 0 and 100.</summary>
    public static string Percent(decimal share) => Number(Math.Clamp(share, 0m, 1m) * 100);

    /// <summary>The points of a line from the left edge to the right, scaled to its own span, so that a steady course
    /// looks steady.</summary>
    public static string Polyline(IReadOnlyList<Amount> amounts, int width, int height)
    {
        var values = amounts.Select(amount => amount.ToDecimal()).ToArray();
        var largest = values.Max(Math.Abs);
        var span = Math.Max(values.Max() - values.Min(), largest / 5);
        var least = ((values.Max() + values.Min()) / 2) - (span / 2);
        var points = values.Select(
            (value, i) =>
            {
                var x = (decimal)width * i / Math.Max(values.Length - 1, 1);
                var y = span == 0 ? height : height - (height * (value - least) / span);
                return $"{Number(x)},{Number(y)}";
            }
        );
        return string.Join(' ', points);
    }

    private static string Number(decimal value) =>
        decimal.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);
}
