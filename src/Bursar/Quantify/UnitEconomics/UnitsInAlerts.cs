using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies.Alerts;
using Bursar.Web;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>What an alert of units tells: each that costs as much above its target as its alert asks for
/// (UNT-06).</summary>
internal static class UnitsInAlerts
{
    public static IReadOnlyList<AlertItem> Find(BooksView view, CancellationToken cancel) =>
        [
            .. from review in new MeasureUnits(view).All(null, null, cancel) ?? []
            where review.Newest.State == UnitState.Alert
            select Item(review),
        ];

    private static AlertItem Item(UnitReview review)
    {
        var (metric, month) = (review.Metric, review.Newest.Month);
        var target = metric.Target!.Value;
        var cost = Amount.From(decimal.Round(review.Newest.UnitCost!.Value, 6, MidpointRounding.ToEven));
        var over = cost - target;
        var title = $"{metric.Title}: one {metric.Unit} costs more than it should";
        var sentence =
            $"In {Display.Month(month)}, one {metric.Unit} cost {UnitPageTables.Each(review, cost.ToDecimal())}, "
            + $"{Display.Percent(over.ShareOf(target))} more than its target of "
            + $"{UnitPageTables.Each(review, target.ToDecimal())}; told from {Amount.From(metric.Target.AlertPercent)} % on.";
        return new AlertItem(
            $"unit {metric.Name} {month}",
            title,
            sentence,
            metric.Owner,
            new Money(over, review.Currency),
            $"See what it is made of: bursar units show {metric.Name}.",
            WebAddress.With("/units", "name", metric.Name),
            ResultRecord.Of(
                ("metric", metric.Name),
                ("owner", metric.Owner),
                ("month", month),
                ("currency", review.Currency.Code),
                ("unitCost", cost),
                ("target", target),
                ("over", over),
                ("says", sentence)
            )
        );
    }
}
