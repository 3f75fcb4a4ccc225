using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Manage.Chargeback.Folders;

/// <summary>What the pages of an owner's folder set as tables.</summary>
internal static class OwnerFolderTables
{
    public static FigureTable Trend(OwnerTrend trend)
    {
        var totals = trend.Months.Select((_, i) => trend.Total(i)).ToList();
        var decimals = Display.ColumnDecimals(totals, trend.Currency);
        return new FigureTable(
            $"Cost by month in {trend.Currency.Code}, newest first",
            ["Month"],
            [.. trend.Lines.Select(line => new FigureHeading(line.Title, "")), new("Total", "")],
            [
                .. trend
                    .Months.Select(
                        (month, i) =>
                            new FigureRow(
                                [new(Display.ShortMonth(month))],
                                [
                                    .. trend.Lines.Select(line => Figure(line.Costs[i], decimals)),
                                    Figure(totals[i], decimals) with
                                    {
                                        Tone = CellTone.Sum,
                                    },
                                ]
                            )
                    )
                    .Reverse(),
            ],
            []
        );
    }

    /// <summary>What cost how much, before and now, and the change; the foot sums them.</summary>
    public static FigureTable Moves(
        string caption,
        IReadOnlyList<string> headings,
        IReadOnlyList<Moved> moves,
        Currency currency
    )
    {
        var decimals = Display.ColumnDecimals(moves.SelectMany(one => new[] { one.Now, one.Before }), currency);
        var total = new Moved(
            [.. headings.Select((_, i) => i == 0 ? "Total" : "")],
            StatementMath.Sum(moves.Select(one => one.Now)),
            StatementMath.Sum(moves.Select(one => one.Before))
        );
        return new FigureTable(
            caption,
            headings,
            [new("Cost", currency.Code), new("Before", currency.Code), new("Change", currency.Code), new("", "%")],
            [.. moves.Select(one => Row(one, decimals))],
            [Row(total, decimals)]
        );
    }

    public static FigureTable Everybody(ShowbackList list, IReadOnlyDictionary<string, string> folders) =>
        new(
            $"Everybody in {Display.Range(list.Days)}, against {Display.Range(list.Against)}",
            ["Owner"],
            [new("Currency", null), new("Direct", null), new("Shared", null), new("Total", null), new("Change", "%")],
            [
                .. list.Lines.Select(line =>
                {
                    var row = ShowbackTables.Row(list, line, null);
                    return row with { Keys = [new(line.Title, $"{folders[line.Value ?? ""]}/{FolderFiles.Index}")] };
                }),
            ],
            []
        );

    private static FigureRow Row(Moved one, int decimals) =>
        new(
            [.. one.Keys.Select(key => new FigureCell(key))],
            [
                Figure(one.Now, decimals),
                Figure(one.Before, decimals) with
                {
                    Tone = CellTone.Soft,
                },
                new((one.Change > Amount.Zero ? "+" : "") + Display.Figure(one.Change, decimals), null, one.Change),
                new(
                    one.Before.IsZero && one.Now.IsZero
                        ? "–"
                        : Display.ChangeFigure(one.Before.IsZero ? null : one.Change.ShareOf(one.Before.Abs())),
                    Tone: CellTone.Soft
                ),
            ]
        );

    private static FigureCell Figure(Amount amount, int decimals) =>
        new(Display.Figure(amount, decimals), null, amount);
}
