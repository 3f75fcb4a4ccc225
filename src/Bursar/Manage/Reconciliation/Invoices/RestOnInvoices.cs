using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>How much of a total is on invoices that tie, that are open, or that nobody can explain.</summary>
internal static class RestOnInvoices
{
    /// <summary>Null while the books know no invoice at all: there is nothing that a total could be tied to.</summary>
    public static AnswerStanding? Of(BooksView view, CostQuery query, CancellationToken cancel)
    {
        var ask = new AskCosts(view);
        var tie = new TieInvoices(view, ask);
        if (!tie.HasInvoices(cancel))
            return null;
        var ties = tie.All(cancel);
        var rows = ask.Answer(
            query with
            {
                By = TieInvoices.Columns,
                Over = null,
                Top = null,
                Split = CostSplit.None,
            },
            cancel
        ).Rows;
        var amounts = rows.GroupBy(row =>
                (State: ties.StateOf.GetValueOrDefault(KeyOf(row), TieState.Open), row.Currency)
            )
            .OrderBy(group => group.Key.State)
            .ThenBy(group => group.Key.Currency)
            .Select(group => new StandingAmount(
                group.Key.State.ToString().ToLowerInvariant(),
                new Money(group.Aggregate(Amount.Zero, (sum, row) => sum + row.Total), group.Key.Currency)
            ))
            .ToList();
        return new AnswerStanding(amounts, Sentence(amounts));
    }

    private static ChargeKey KeyOf(CostRow row) => ChargeKey.Of(row) with { Currency = default };

    private static string Sentence(List<StandingAmount> amounts)
    {
        var parts = amounts
            .GroupBy(part => part.State)
            .Select(state => $"{string.Join(" and ", state.Select(part => Text(part.Amount)))} {state.Key}");
        return $"By the suppliers' invoices: {string.Join(", ", parts)}.";
    }

    private static string Text(Money money) =>
        $"{CellText.Figure(money.Amount, money.Currency.Decimals)} {money.Currency}";
}
