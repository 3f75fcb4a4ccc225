using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Strategy;

/// <summary>Sets the smaller tables of the Strategy page.</summary>
internal static class StrategyTables
{
    public static FigureTable Unclaimed(StrategyView view, string? asOf)
    {
        var decimals = Decimals(view);
        var rows = view.LargestUnclaimed.Select(line => new FigureRow(
            [new(line.Title)],
            [
                new(
                    Display.Figure(line.Spend, decimals),
                    line.Behind is null ? null : CostQueryUrl.Href("/explore", line.Behind, asOf),
                    line.Spend
                ),
                new(Display.PercentFigure(line.Share), Tone: CellTone.Soft),
            ]
        ));
        return new FigureTable(
            $"{Display.Measure(view.Measure)} in {view.Currency}, {Display.Range(view.Period)}",
            ["Spend"],
            [new("Cost", view.Currency.Code), new("Share of all", "%")],
            [.. rows],
            []
        );
    }

    public static FigureTable Caps(StrategyView view) =>
        new(
            $"Claims above the whole, in {view.Currency}",
            ["Scope", "Cut from"],
            [new("Claimed", "%"), new("Cut", view.Currency.Code)],
            [
                .. view.Caps.Select(cap => new FigureRow(
                    [new(cap.Scope), new(string.Join(", ", cap.CutFrom))],
                    [
                        new(Display.PercentFigure(cap.Claimed)),
                        new(Display.Figure(cap.CutAmount, Decimals(view)), Exact: cap.CutAmount),
                    ]
                )),
            ],
            []
        );

    /// <summary>Decimals of the page's columns.</summary>
    public static int Decimals(StrategyView view) => Display.ColumnDecimals([view.Total], view.Currency);
}
