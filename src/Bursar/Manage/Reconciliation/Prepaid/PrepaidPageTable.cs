using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Reconciliation.Prepaid;

/// <summary>What is paid ahead, as a page sets it.</summary>
internal static class PrepaidPageTable
{
    private static readonly FigureCell[] Nothing = [];

    /// <summary>"At the end of 30 September 2026 $1.2M is paid ahead, in 7 parts."</summary>
    public static string Lead(PrepaidBalance balance)
    {
        var end = $"At the end of {Display.Day(balance.At)}";
        return balance.Totals.Count == 0
            ? $"{end}, nothing is paid ahead."
            : $"{end}, {string.Join(" and ", balance.Totals.Select(Display.Short))} "
                + $"{(balance.Totals.Count == 1 ? "is" : "are")} paid and not used.";
    }

    public static FigureTable Balances(PrepaidBalance balance, string? asOf)
    {
        var hasCommitments = balance.Prepayments.Any(one => one.CommitmentId is not null);
        return new(
            $"Paid and not used at the end of {Display.Day(balance.At)}",
            ["Paid to", "For"],
            [
                .. hasCommitments ? [new FigureHeading("Commitment", null)] : Array.Empty<FigureHeading>(),
                new("Currency", null),
                new("Balance", null),
            ],
            [
                .. balance.Prepayments.Select(one => new FigureRow(
                    [new(one.Issuer ?? "–"), new(one.Service ?? "–")],
                    [
                        .. hasCommitments ? [new FigureCell(one.CommitmentId ?? "–", Tone: CellTone.Text)] : Nothing,
                        new(one.Balance.Currency.Code, Tone: CellTone.Text),
                        Cell(one.Balance) with
                        {
                            Href = CostQueryUrl.Href("/rows", one.Behind, asOf),
                        },
                    ]
                )),
            ],
            [.. balance.Totals.Select(total => Foot(total, hasCommitments))]
        );
    }

    public static FigureTable Releases(PrepaidBalance balance) =>
        new(
            "Cost of the months to come, of what was billed for a term",
            ["Month"],
            [new("Currency", null), new("Effective cost", null)],
            [
                .. balance.Releases.Select(one => new FigureRow(
                    [new(Display.Period(one.Month.Start, TimeGrain.Month))],
                    [new(one.Cost.Currency.Code, Tone: CellTone.Text), Cell(one.Cost)]
                )),
            ],
            []
        );

    private static FigureRow Foot(Money total, bool hasCommitments) =>
        new(
            [new("Total"), new("")],
            [
                .. hasCommitments ? [new FigureCell("", Tone: CellTone.Text)] : Nothing,
                new(total.Currency.Code, Tone: CellTone.Text),
                Cell(total),
            ]
        );

    private static FigureCell Cell(Money money) =>
        new(Display.Figure(money.Amount, money.Currency.Decimals), Exact: money.Amount);
}
