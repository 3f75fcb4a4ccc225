using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Manage.Chargeback.Folders;

/// <summary>One block of a bar: where it is drawn, which colour of the series, and what it says.</summary>
internal sealed record TrendBlock(string X, string Y, string Width, string Height, int Tone, string Says);

/// <summary>A name below a bar, or an amount beside a line of the scale.</summary>
internal sealed record TrendMark(string X, string Y, string Text);

/// <summary>The trend as a drawing without a script: one bar a month, one block a line.</summary>
internal sealed record TrendBars(
    IReadOnlyList<TrendBlock> Blocks,
    IReadOnlyList<TrendMark> Months,
    IReadOnlyList<TrendMark> Scale
)
{
    public const int Width = 720;
    public const int Height = 260;
    private const int Left = 64;
    private const int Top = 10;
    private const int Floor = 232;

    public static TrendBars Of(OwnerTrend trend)
    {
        // Only what is drawn is rounded, never what is written.
        var costs = trend.Lines.Select(line => line.Costs.Select(cost => cost.ToDecimal()).ToArray()).ToList();
        var places = Enumerable.Range(0, trend.Months.Count).ToList();
        var highest = places.Max(i => costs.Sum(line => Math.Max(line[i], 0)));
        var lowest = places.Min(i => costs.Sum(line => Math.Min(line[i], 0)));
        var step = Step(Math.Max(highest - lowest, 1));
        var (top, bottom) = (decimal.Ceiling(highest / step) * step, decimal.Floor(lowest / step) * step);
        if (top == bottom)
            top = step;
        var wide = (decimal)(Width - Left) / Math.Max(places.Count, 6);
        var blocks = new List<TrendBlock>();
        foreach (var i in places)
        {
            var (above, below) = (0m, 0m);
            foreach (var (tone, line) in costs.Index())
            {
                if (line[i] == 0)
                    continue;
                var from = line[i] > 0 ? above : below + line[i];
                blocks.Add(
                    new TrendBlock(
                        Text(Left + (i * wide) + (wide * 0.14m)),
                        Text(Y(from + Math.Abs(line[i]))),
                        Text(wide * 0.72m),
                        Text(Y(from) - Y(from + Math.Abs(line[i]))),
                        Math.Min(tone + 1, 8),
                        $"{Display.Month(trend.Months[i])}, {trend.Lines[tone].Title}: "
                            + Display.Full(new Money(trend.Lines[tone].Costs[i], trend.Currency))
                    )
                );
                if (line[i] > 0)
                    above += line[i];
                else
                    below += line[i];
            }
        }
        var scale = new List<TrendMark>();
        for (var value = bottom; value <= top; value += step)
            scale.Add(new("0", Text(Y(value)), Display.Short(new Money(Amount.From(value), trend.Currency))));
        return new TrendBars(
            blocks,
            [
                .. places.Select(i => new TrendMark(
                    Text(Left + (i * wide) + (wide / 2)),
                    Text(Height - 8),
                    trend.Months[i].Start.ToString("MMM", CultureInfo.InvariantCulture)
                )),
            ],
            scale
        );

        decimal Y(decimal value) => Top + ((Floor - Top) * (top - value) / (top - bottom));
    }

    /// <summary>1, 2 or 5 times a power of ten: three to six lines.</summary>
    private static decimal Step(decimal span)
    {
        var power = 1m;
        while (power * 10 <= span)
            power *= 10;
        while (power > span)
            power /= 10;
        return (span / power) switch
        {
            < 2 => power / 2,
            < 5 => power,
            _ => power * 2,
        };
    }

    private static string Text(decimal value) =>
        decimal.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture);
}
