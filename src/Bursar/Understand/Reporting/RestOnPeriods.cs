using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Records.Periods;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>
/// How much of a total lies in months that their providers say are closed: final, not final, or not stated.
/// </summary>
internal static class RestOnPeriods
{
    private const int Named = 3;

    /// <summary>Null while no provider says anything of its billing periods.</summary>
    public static AnswerFinality? Of(BooksView view, CostQuery query, CancellationToken cancel)
    {
        var periods = StatedPeriods.Of(view, cancel);
        if (periods.All.Count == 0)
            return null;
        var rows = new AskCosts(view)
            .Answer(
                query with
                {
                    By = ["InvoiceIssuerName", "ServiceProviderName", "x_BillingPeriod"],
                    Over = null,
                    Top = null,
                    Split = CostSplit.None,
                },
                cancel
            )
            .Rows.Select(row => (Row: row, Status: StatusOf(row, periods)))
            .ToList();
        var amounts = rows.GroupBy(one => (one.Status, one.Row.Currency))
            .OrderBy(group =>
                group.Key.Status switch
                {
                    PeriodStatus.Closed => 0,
                    PeriodStatus.Open => 1,
                    _ => 2,
                }
            )
            .ThenBy(group => group.Key.Currency)
            .Select(group => new StandingAmount(
                Word(group.Key.Status),
                new Money(CostGroups.Sum(group.Select(one => one.Row.Total)), group.Key.Currency)
            ))
            .ToList();
        var open = rows.Where(one => one.Status == PeriodStatus.Open)
            .Select(one => new OpenPeriod(one.Row.Keys[0] ?? one.Row.Keys[1], one.Row.Keys[2]!))
            .Distinct()
            .OrderByDescending(period => period.Period, StringComparer.Ordinal)
            .ThenBy(period => period.Issuer, StringComparer.Ordinal)
            .ToList();
        return new AnswerFinality(amounts, open, Sentence(amounts, open));
    }

    /// <summary>By the issuer, or the provider where the charges name none or none that says anything.</summary>
    private static PeriodStatus? StatusOf(CostRow row, StatedPeriods periods) =>
        BillingPeriod.TryParse(row.Keys[2] ?? "", out var month)
            ? periods.StatusOf(row.Keys[0], month) ?? periods.StatusOf(row.Keys[1], month)
            : null;

    private static string Word(PeriodStatus? status) =>
        status switch
        {
            PeriodStatus.Closed => "final",
            PeriodStatus.Open => "not-final",
            _ => "not-stated",
        };

    private static string Sentence(IReadOnlyList<StandingAmount> amounts, IReadOnlyList<OpenPeriod> open)
    {
        var parts = amounts
            .GroupBy(part => part.State)
            .Select(state =>
                $"{string.Join(" and ", state.Select(part => Text(part.Amount)))} "
                + state.Key.Replace('-', ' ')
                + (state.Key == "not-final" ? $" ({Names(open)})" : "")
            );
        return $"By the providers' billing periods: {string.Join(", ", parts)}.";
    }

    private static string Names(IReadOnlyList<OpenPeriod> open)
    {
        var named = string.Join(", ", open.Take(Named).Select(period => $"{period.Issuer} {period.Period}"));
        return open.Count > Named ? $"{named} and {open.Count - Named} more" : named;
    }

    private static string Text(Money money) =>
        $"{CellText.Figure(money.Amount, money.Currency.Decimals)} {money.Currency}";
}
