using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Demo.Commands;

/// <summary>The last whole month in three lines: spend, change, what has no owner, and what serves a priority.</summary>
internal static class Headline
{
    public static string Of(Workspace workspace, CancellationToken cancel)
    {
        var view = workspace.View();
        var ask = new AskCosts(view);
        if (view.NewestWholeMonth is not { } month) return "There are no charges in the books.";
        var now = Spend(ask, month, cancel);
        var before = Spend(ask, month.Previous, cancel);
        var ownerless = Spend(ask, month, cancel, new CostFilter("x_Owner", [null]));
        var priorities = new MapSpend(view, ask, CostMeasure.EffectiveCost).For(DateRange.Of(month), cancel);
        var lines = new List<string> { $"{view.Rulebook.OrganisationName}, {Display.Month(month)}: what it cost (effective cost)" };
        foreach (var total in now)
        {
            var earlier = Of(before, total.Currency);
            var nobody = Of(ownerless, total.Currency).ShareOf(total.Amount);
            lines.Add($"  {Display.Full(total)}, {Change(total.Amount - earlier, earlier)} {Display.Month(month.Previous)}");
            lines.Add($"  {Display.Percent(nobody ?? 0)} without an owner, {Display.Percent(priorities.GetValueOrDefault(total.Currency)?.AlignedRatio ?? 0)} serves a priority");
        }
        return string.Join('\n', lines);
    }

    private static string Change(Amount change, Amount earlier) => change.IsZero ? "as much as in"
        : change.Abs().ShareOf(earlier) is { } share ? $"{Display.Percent(share)} {(change.IsNegative ? "less" : "more")} than in"
        : "after nothing in";

    private static Amount Of(IEnumerable<Money> totals, Currency currency) =>
        totals.FirstOrDefault(total => total.Currency == currency).Amount;

    private static IReadOnlyList<Money> Spend(AskCosts ask, BillingPeriod month, CancellationToken cancel, params CostFilter[] where) =>
        ask.Answer(new CostQuery { From = month.Start, To = month.End, Where = where }, cancel).Totals;
}
