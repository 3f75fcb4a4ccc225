using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>
/// Answers questions about cost from the books of one moment, with everything a reader must know to trust the answer.
/// </summary>
internal sealed class AskCosts(BooksView view)
{
    private StarFiles? star;

    /// <summary>The answer to one question.</summary>
    public CostAnswer Answer(CostQuery query, CancellationToken cancel)
    {
        var files = star ??= view.Star(cancel);
        var sums = CurrencyOrder.Of(
            view.Answers is { } answers ? answers.Of(query, files, Ask) : Ask(),
            view.Rulebook.ReportingCurrency
        );
        var quarantined = Quarantined(sums.Query);
        return new CostAnswer(
            sums.Query,
            sums.Rows,
            sums.Totals,
            [.. sums.Notes, .. quarantined.Select(Sentence)],
            Incomplete: quarantined.Count > 0,
            view.IsDraft,
            view.DataThrough,
            view.State.HeadSeq
        );

        CostSums Ask()
        {
            using var session = view.Engine.Connect();
            return AskCost.Of(query, files, session, cancel);
        }
    }

    /// <summary>Deliveries in the period of the question from which rows are missing.</summary>
    private List<BookedDelivery> Quarantined(CostQuery query) =>
        [
            .. view.Deliveries.Where(booked =>
                booked.Delivery.QuarantinedRows > 0
                && (query.To is not { } to || booked.Delivery.BillingPeriod.Start < to)
                && (query.From is not { } from || booked.Delivery.BillingPeriod.End > from)
            ),
        ];

    private static string Sentence(BookedDelivery booked)
    {
        var amounts = booked
            .Delivery.QuarantinedAmounts.Where(total => (total.EffectiveCost ?? total.BilledCost) is not null)
            .Select(total => $"{total.EffectiveCost ?? total.BilledCost} {total.BillingCurrency}".TrimEnd())
            .ToList();
        var rows =
            booked.Delivery.QuarantinedRows == 1
                ? "1 row of it is"
                : $"{booked.Delivery.QuarantinedRows} rows of it are";
        var raw =
            amounts.Count == 0
                ? "their amounts cannot be read"
                : $"their readable raw amounts sum to {string.Join(" and ", amounts)}";
        return $"Incomplete: delivery {booked.Id}: {rows} in quarantine; {raw}.";
    }
}
