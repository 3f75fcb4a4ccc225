using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Demo.Commands;

/// <summary>The last whole month in a few lines: spend, change, what has no owner, what serves a priority.</summary>
internal static class Headline
{
    public static string Of(Workspace workspace, CancellationToken cancel)
    {
        var view = workspace.View();
        if (view.NewestWholeMonth is not { } month)
            return "There are no charges in the books.";
        var ask = new AskCosts(view);
        var spend = new ReviewPriorities(view, ask).Of(DateRange.Of(month), cancel)[0];
        var before = Spend(ask, month.Previous, spend.Currency.Code, cancel);
        var ownerless = Spend(ask, month, spend.Currency.Code, cancel, new CostFilter("x_Owner", [null]));
        var change = (spend.Total - before).ShareOf(before);
        return $"""

              {view.Rulebook.OrganisationName}, {Display.Month(month)}

              {Display.Full(new(spend.Total, spend.Currency)), -18} spent (effective cost)
              {Display.ChangeFigure(change) + " %", -18} against {Display.Month(month.Previous)}
              {Display.Percent(ownerless.ShareOf(spend.Total)), -18} has no owner
              {Display.Percent(spend.Aligned.ShareOf(spend.Total)), -18} serves a stated priority

            """;
    }

    private static Core.Amounts.Amount Spend(
        AskCosts ask,
        BillingPeriod month,
        string currency,
        CancellationToken cancel,
        params CostFilter[] where
    ) =>
        ask.Answer(
                new CostQuery
                {
                    From = month.Start,
                    To = month.End,
                    Where = where,
                },
                cancel
            )
            .Totals.FirstOrDefault(total => total.Currency.Code == currency)
            .Amount;
}
