using Bursar.Core.Focus;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation.Output;

/// <summary>What a broken rule means for the user's totals.</summary>
internal static class SayMeaning
{
    private static readonly string[] Costs =
    [
        "BilledCost",
        "EffectiveCost",
        "ListCost",
        "ContractedCost",
        "PricingCurrencyEffectiveCost",
    ];

    private static readonly string[] Periods =
    [
        "BillingPeriodStart",
        "BillingPeriodEnd",
        "ChargePeriodStart",
        "ChargePeriodEnd",
    ];

    public static string Of(RuleResult result)
    {
        var (rule, check) = (result.Rule, result.Rule.Check!);
        var column = check.Columns.FirstOrDefault(rule.Column);
        if (rule.Kind == RuleKind.Presence)
            return Absent(column);
        if (check.Kind == CheckKind.Columns)
            return "Totals do not change. A later release may use the same name for something else.";
        if (check.IsAcross)
            return Across(check);
        if (check.Kind == CheckKind.Product)
            return $"Price and quantity do not explain {check.Arguments[2]}: what is computed from prices will not add up to it.";
        if (rule.Id.Contains("BilledCost-C-005", StringComparison.Ordinal))
            return "Somebody else invoices these rows: together with that invoice they are counted twice.";
        if (rule.Id.Contains("EffectiveCost-C-005", StringComparison.Ordinal))
            return "The purchase counts here, and again in the rows that it covers: totals of EffectiveCost are too high.";
        if (Costs.Contains(column))
            return check.Kind == CheckKind.NotNull
                ? $"These rows add nothing to totals of {column}, which are too low by an unknown amount."
                : $"What cannot be read as an amount is missing from totals of {column}.";
        if (check.Kind == CheckKind.DatetimeFormat)
            return "Bursar reads these times as UTC; a reader that takes them as local may move rows to another day or month.";
        if (Periods.Contains(column))
            return "These rows cannot be placed in time: totals by period miss them or hold them in the wrong month.";
        return Dimension(column, check);
    }

    private static string Across(Check check) =>
        check.Kind switch
        {
            CheckKind.SumAgreesWith =>
                "The invoice and its charges differ by more than rounding: one of them misses amounts or counts them twice.",
            CheckKind.AgreesWith =>
                "The invoice and its charges stand in different months: totals by month do not tie to the invoice.",
            CheckKind.NotAfterClosing =>
                "The invoice grew after its month was closed: totals taken at the close miss it.",
            CheckKind.JsonFoundIn =>
                "Totals of cost do not change; what these charges use up belongs to no contract that is known.",
            _ when check.OtherDataset == "BillingPeriod" =>
                "Totals stay; whether their month is closed is not known for these rows, so it may still change.",
            _ => "The grand total stays, but these rows cannot be tied to their invoice.",
        };

    private static string Absent(string column) =>
        Costs.Contains(column) ? $"There are no totals of {column}."
        : Periods.Contains(column) ? "Rows cannot be placed in time by this column."
        : $"Totals do not change; nothing can be grouped or filtered by {column}.";

    private static string Dimension(string column, Check check)
    {
        if (column is "BillingCurrency")
            return "Amounts without a currency cannot be added to any total.";
        if (column is "ChargeCategory" or "ChargeClass")
            return "The grand total stays, but usage, purchases, credits and corrections are told apart wrongly.";
        if (column.StartsWith("CommitmentDiscount", StringComparison.Ordinal) || column is "PricingCategory")
            return "The grand total stays, but coverage, utilisation and savings of commitments are wrong for these rows.";
        if (column.Contains("Price", StringComparison.Ordinal) && IsDecimal(column))
            return "Totals do not change; savings against this price cannot be computed for these rows.";
        if (column.EndsWith("Quantity", StringComparison.Ordinal) || column.EndsWith("Unit", StringComparison.Ordinal))
            return "Totals of cost do not change; quantities and cost per unit are wrong for these rows.";
        if (column is "InvoiceId" or "InvoiceIssuerName" or "InvoiceDetailId")
            return "The grand total stays, but these rows cannot be tied to their invoice.";
        if (
            column.StartsWith("Contract", StringComparison.Ordinal)
            && !column.StartsWith("Contracted", StringComparison.Ordinal)
        )
            return "Totals of cost do not change; what was used of a contract, and what is left, is wrong for these rows.";
        return check.Kind switch
        {
            CheckKind.EachOne => $"The grand total stays, but shares by {check.Arguments[1]} shift between groups.",
            CheckKind.NotNull => $"The grand total stays; by {column}, these rows stand under \"none\".",
            _ => $"The grand total stays; groups by {column} may be wrong.",
        };
    }

    private static bool IsDecimal(string id) =>
        FocusColumns.All.Any(column => column.Id == id && column.Type == FocusType.Decimal);
}
