using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary>Driver forecasts month by month, as a page sets them.</summary>
internal static class DriverPageTables
{
    /// <summary>Low, expected and high of each month, and what the draws say (FCT-05).</summary>
    public static FigureTable Months(DriverCase one)
    {
        var decimals = Display.ColumnDecimals(
            one.Months.Select(month => month.High),
            new Currency(one.Forecast.Currency)
        );
        return new FigureTable(
            $"{one.Forecast.Title} by month, in {one.Forecast.Currency}; low and high: all terms as low, or as high, as one time in ten",
            ["Month"],
            [
                new("Low", "all terms low"),
                new("Expected", "by how likely it is"),
                new("High", "all terms high"),
                new("P10", "of the draws"),
                new("P90", "of the draws"),
            ],
            [.. one.Months.Select(month => Row(Display.Month(month.Month), month, decimals))],
            [Row("All", one.Total, decimals)]
        );
    }

    private static FigureRow Row(string name, DriverMonth month, int decimals) =>
        new(
            [new(name)],
            [
                .. new[] { month.Low, month.Base, month.High, month.P10, month.P90 }.Select(amount => new FigureCell(
                    Display.Figure(amount, decimals),
                    null,
                    amount
                )),
            ]
        );
}
