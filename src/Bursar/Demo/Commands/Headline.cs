using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Demo.Commands;

/// <summary>The last whole month in four lines: spend, change, what has no owner, what serves a priority.</summary>
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
        var lines = new List<string> { $"{view.Rulebook.OrganisationName}, {Display.Month(month)}: what it cost (effective cost)" };
        foreach (var total in now)
        {
            var earlier = before.FirstOrDefault(other => other.Currency == total.Currency).Amount;
            var change = (total.Amount - earlier).ShareOf(earlier);
            var nobody = ownerless.FirstOrDefault(other => other.Currency == total.Currency).Amount.ShareOf(total.Amount);
            lines.Add($"  {Display.Full(total)}   {(change is { } share ? Display.Percent(share) : "new")} against {Display.Month(month.Previous)}   {Display.Percent(nobody ?? 0)} without an owner");
        }
        return string.Join('\n', lines);
    }

    private static IReadOnlyList<Money> Spend(AskCosts ask, BillingPeriod month, CancellationToken cancel, params CostFilter[] where) =>
        ask.Answer(new CostQuery { From = month.Start, To = month.End, Where = where }, cancel).Totals;
}
