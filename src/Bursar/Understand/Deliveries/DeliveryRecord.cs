using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>A delivery as doors show it.</summary>
internal static class DeliveryRecord
{
    /// <summary>All fields. A delivery in several billing currencies has its amounts under totals only.</summary>
    public static ResultRecord Full(Delivery delivery)
    {
        var only = delivery.Totals.Count == 1 ? delivery.Totals[0] : null;
        return ResultRecord.Of(
            ("id", delivery.Id),
            ("source", delivery.Source),
            ("billingPeriod", delivery.BillingPeriod.ToString()),
            ("dataset", delivery.Dataset),
            ("focusVersion", delivery.FocusVersion),
            ("rows", delivery.Rows),
            ("quarantinedRows", delivery.QuarantinedRows),
            ("billedCost", only?.BilledCost),
            ("effectiveCost", only?.EffectiveCost),
            ("listCost", only?.ListCost),
            ("contractedCost", only?.ContractedCost),
            ("billingCurrency", only?.BillingCurrency),
            ("supersedes", delivery.Supersedes),
            ("totals", delivery.Totals.Select(Totals)),
            ("notes", delivery.Notes));
    }

    /// <summary>What fits a terminal.</summary>
    public static ResultRecord Short(Delivery delivery) => ResultRecord.Of(
        ("id", delivery.Id),
        ("focus", delivery.FocusVersion),
        ("rows", delivery.Rows),
        ("effectiveCost", string.Join(", ", delivery.Totals.Select(total =>
            $"{CellText.Figure(total.EffectiveCost ?? total.BilledCost ?? Amount.Zero, new Currency(total.BillingCurrency).Decimals)} {total.BillingCurrency}"))),
        ("replaces", string.Join(", ", delivery.Supersedes)));

    private static ResultRecord Totals(DeliveryTotals totals) => ResultRecord.Of(
        ("billingCurrency", totals.BillingCurrency), ("billedCost", totals.BilledCost), ("effectiveCost", totals.EffectiveCost),
        ("listCost", totals.ListCost), ("contractedCost", totals.ContractedCost));
}
