using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>
/// Says which part of an answer is an estimate or not final, and what does not count although it was delivered.
/// </summary>
/// <param name="view">The books of one moment.</param>
/// <param name="sums">Asks a question without its notes.</param>
internal sealed class MarkCosts(BooksView view, Func<CostQuery, CostSums> sums)
{
    /// <summary>So many amounts are said one by one.</summary>
    private const int AmountsMax = 4;

    /// <summary>The marks of an answer; none when no marked delivery has a part in it.</summary>
    public IReadOnlyList<CostMark> Of(CostQuery query)
    {
        var marked = view
            .Deliveries.Where(booked => KindOf(booked.Delivery) is not null)
            .Where(InPeriod(query))
            .ToList();
        if (marked.Count == 0)
            return [];
        var parts = sums(
            query with
            {
                By = ["x_DeliveryId"],
                Over = null,
                Top = null,
                Split = CostSplit.None,
                Scopes = [],
                Where = [.. query.Where, new CostFilter("x_DeliveryId", [.. marked.Select(booked => booked.Id)])],
            }
        )
            .Rows.ToLookup(row => row.Keys[0]);
        return
        [
            .. marked
                .Where(booked => parts.Contains(booked.Id))
                .GroupBy(booked =>
                    (Kind: KindOf(booked.Delivery)!, booked.Delivery.Source, booked.Delivery.StandsInFor)
                )
                .OrderBy(group => group.Key.Kind, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Source, StringComparer.Ordinal)
                .Select(group => Mark([.. group], [.. group.SelectMany(booked => parts[booked.Id])])),
        ];
    }

    /// <summary>Deliveries that could have a part in the answer and do not count, in sentences.</summary>
    /// <param name="query">The question.</param>
    /// <param name="isIncomplete">Whether something is missing from the answer.</param>
    public IReadOnlyList<string> NotCounted(CostQuery query, out bool isIncomplete)
    {
        var aside = view.LiveDeliveries.Where(booked => !booked.IsCounted).Where(InPeriod(query)).ToList();
        var unbilled = aside.Where(booked => booked.UnbilledAccounts.Count > 0).ToList();
        isIncomplete = unbilled.Count > 0;
        return
        [
            .. aside
                .Where(booked => booked.Standing == DeliveryStanding.Blocked)
                .Select(booked =>
                    $"Not counted: {booked.Id} holds the same charges as {string.Join(", ", booked.BecauseOf)}. "
                    + $"`bursar deliveries {booked.Id}` shows both and how to choose."
                ),
            .. unbilled.Select(booked =>
                $"Incomplete: the bill of {string.Join(", ", booked.UnbilledAccounts)} has not arrived, and the estimate {booked.Id} "
                + $"counts no more since {string.Join(", ", booked.BecauseOf)} holds the rest of it."
            ),
        ];
    }

    /// <summary>The marks as fields for programs; nothing without any.</summary>
    public static IEnumerable<ResultRecord> Records(CostAnswer answer) =>
        answer.Marks.Select(mark =>
            ResultRecord.Of(
                ("kind", mark.Kind),
                ("source", mark.Source),
                ("deliveries", mark.Deliveries),
                (
                    "amounts",
                    mark.Amounts.Select(money =>
                        ResultRecord.Of(("currency", money.Currency.Code), ("amount", money.Amount))
                    )
                ),
                ("sentence", mark.Sentence)
            )
        );

    private static string? KindOf(Delivery delivery) =>
        delivery.Counts == DeliveryCounts.Estimate ? "estimate"
        : delivery.Counts == DeliveryCounts.Usage ? "usage"
        : delivery.IsNotFinal ? "not-final"
        : null;

    private static Func<BookedDelivery, bool> InPeriod(CostQuery query) =>
        booked =>
            (query.To is not { } to || First(booked.Delivery) < to)
            && (query.From is not { } from || Last(booked.Delivery) >= from);

    private static DateOnly First(Delivery delivery) =>
        delivery.ChargeFrom is { } first && first < delivery.BillingPeriod.Start ? first : delivery.BillingPeriod.Start;

    private static DateOnly Last(Delivery delivery) =>
        delivery.ChargeTo is { } end && end > delivery.BillingPeriod.End ? end : delivery.BillingPeriod.End;

    private static CostMark Mark(IReadOnlyList<BookedDelivery> booked, IReadOnlyList<CostRow> rows)
    {
        var delivery = booked[0].Delivery;
        List<Money> amounts =
        [
            .. rows.GroupBy(row => row.Currency)
                .OrderBy(group => group.Key)
                .Select(group => new Money(CostGroups.Sum(group.Select(row => row.Total)), group.Key)),
        ];
        var amount =
            amounts.Count > AmountsMax
                ? $"figures in {amounts.Count} units"
                : string.Join(
                    " and ",
                    amounts.Select(money =>
                        $"{CellText.Figure(money.Amount, money.Currency.Decimals)} {money.Currency.Code}".TrimEnd()
                    )
                );
        var months = string.Join(", ", booked.Select(one => one.Delivery.BillingPeriod).Distinct().Order());
        var kind = KindOf(delivery)!;
        return new CostMark(
            kind,
            delivery.Source,
            [.. booked.Select(one => one.Id)],
            amounts,
            kind switch
            {
                "estimate" =>
                    $"Estimate: {amount} of {delivery.Source} {months}, until the bill of {delivery.StandsInFor ?? delivery.Source} arrives.",
                "usage" => $"Usage: {amount} of {delivery.Source} {months}, as measured there; it adds no cost.",
                _ => $"Not final: {amount} of {delivery.Source} {months}, for which no invoice has been issued yet.",
            }
        );
    }
}
