using System.Globalization;
using System.Net;
using System.Text;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Forecasts;

/// <summary>The fan of a forecast as a drawing: what came, what is expected, and the band around it.</summary>
internal sealed class FanChart
{
    private const int Width = 960;
    private const int Height = 340;
    private const int Left = 64;
    private const int Right = Width - 12;
    private const int Top = 14;
    private const int Bottom = 300;
    private const int PastMax = 24;

    private readonly decimal least;
    private readonly decimal most;
    private readonly int count;
    private readonly string actual;
    private readonly string expected;
    private readonly string band;
    private readonly string known;
    private readonly IReadOnlyList<(string Y, string Text)> scale;
    private readonly IReadOnlyList<(string X, string Text)> labels;
    private readonly IReadOnlyList<(string X, int Number)> events;

    public FanChart(CostForecast forecast)
    {
        var grain = forecast.Question.Over;
        // The past is drawn by what is forecast: of quarters and years, the months within.
        var past = forecast.Past.TakeLast(PastMax).ToList();
        count = past.Count + forecast.Periods.Count;
        var amounts = past.Select(period => period.Actual)
            .Concat(forecast.Periods.SelectMany(period => new[] { period.P10, period.P90 }))
            .Select(amount => amount.ToDecimal())
            .Append(0)
            .ToList();
        (least, most) = (amounts.Min(), Math.Max(amounts.Max(), amounts.Min() + 1));
        actual = Line(past.Select((period, i) => (i, period.Actual)));
        var join = past.Count == 0 ? [] : new[] { (past.Count - 1, past[^1].Actual) };
        var ahead = forecast.Periods.Select((period, i) => (Place: past.Count + i, Period: period)).ToList();
        expected = Line([.. join, .. ahead.Select(one => (one.Place, one.Period.Point))]);
        band = Line([
            .. join,
            .. ahead.Select(one => (one.Place, one.Period.P90)),
            .. ahead.AsEnumerable().Reverse().Select(one => (one.Place, one.Period.P10)),
        ]);
        scale =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(i => least + ((most - least) * i / 4))
                .Select(value =>
                    (
                        Y(value),
                        Display.Short(
                            new Money(Amount.From(decimal.Round(value, 2, MidpointRounding.ToEven)), forecast.Currency)
                        )
                    )
                ),
        ];
        var starts = past.Select(period => period.Start)
            .Concat(forecast.Periods.Select(period => period.Start))
            .ToList();
        var step = Math.Max(1, (count + 7) / 8);
        labels =
        [
            .. starts
                .Index()
                .Where(one => (starts.Count - 1 - one.Index) % step == 0 && one.Index > 0)
                .Select(one =>
                    (X(one.Index), Display.Period(one.Item, grain).Replace("week of ", "", StringComparison.Ordinal))
                ),
        ];
        known = X(Math.Max(0, past.Count - 1));
        events =
        [
            .. forecast
                .Events.Index()
                .SelectMany(one =>
                    one.Item.Adds.Keys.Order()
                        .Take(1)
                        .Select(day => (X(starts.FindLastIndex(start => start <= day)), one.Index + 1))
                ),
        ];
    }

    /// <summary>The drawing as an element of a page; every colour comes from the stylesheet.</summary>
    /// <param name="label">What it shows, for people who do not see it.</param>
    public string Svg(string label)
    {
        var svg = new StringBuilder(
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">"
        );
        foreach (var (y, text) in scale)
        {
            svg.Append($"<line class=\"scale\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y}\" y2=\"{y}\"/>");
            Text(svg, "amount", $"{Left - 6}", y, text, 4);
        }
        foreach (var (x, text) in labels)
            Text(svg, x == X(count - 1) ? "period last" : "period", x, $"{Bottom + 22}", text, 0);
        svg.Append($"<polygon class=\"band\" points=\"{band}\"/>");
        svg.Append($"<line class=\"known\" x1=\"{known}\" x2=\"{known}\" y1=\"{Top}\" y2=\"{Bottom}\"/>");
        svg.Append($"<polyline class=\"actual\" points=\"{actual}\"/>");
        svg.Append($"<polyline class=\"expected\" points=\"{expected}\"/>");
        foreach (var (x, number) in events)
        {
            svg.Append($"<line class=\"event\" x1=\"{x}\" x2=\"{x}\" y1=\"{Top + 10}\" y2=\"{Bottom}\"/>");
            Text(svg, "period", x, $"{Top + 6}", $"{number}", 0);
        }
        return svg.Append("</svg>").ToString();
    }

    private static void Text(StringBuilder svg, string kind, string x, string y, string text, int down) =>
        svg.Append($"<text class=\"{kind}\" x=\"{x}\" y=\"{y}\" dy=\"{down}\">{WebUtility.HtmlEncode(text)}</text>");

    private string Line(IEnumerable<(int Place, Amount Amount)> points) =>
        string.Join(' ', points.Select(point => $"{X(point.Place)},{Y(point.Amount.ToDecimal())}"));

    private string X(int place) => Number(Left + ((decimal)(Right - Left) * place / Math.Max(1, count - 1)));

    private string Y(decimal value) => Number(Bottom - ((Bottom - Top) * (value - least) / (most - least)));

    private static string Number(decimal value) =>
        decimal.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture);
}
