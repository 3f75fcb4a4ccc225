using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>A change of rules in a sentence.</summary>
internal static class ChangeWords
{
    public const string NoValue = "(no value)";

    /// <summary>One sentence per currency; what a person reads before publishing.</summary>
    public static IEnumerable<string> Sentences(RulebookChange change) =>
        change.Shown.Select(one => Sentence(one, change.Question));

    /// <summary>
    /// "Moves 1,204,000.00 USD of 18,399,947.53 (6.5 %) between cost centres in August 2026, 512 charges; unallocated
    /// 6.0 % → 4.1 %."
    /// </summary>
    public static string Sentence(CurrencyChange one, ChangeQuestion question)
    {
        var days = Display.Range(question.Days);
        var unallocated = Unallocated(one);
        if (!one.IsAny)
            return $"Nothing moves between {Places(question)}: all {Money(one.Total, one.Currency)} {one.Currency} of {days} stays; {unallocated}.";
        var charges = one.Charges switch
        {
            null => "",
            1 => ", 1 charge",
            { } count => $", {Display.Count(count)} charges",
        };
        return $"Moves {Money(one.Moved, one.Currency)} {one.Currency} of {Money(one.Total, one.Currency)}"
            + $"{Percent(WhatIfMath.Share(one.Moved, one.Total))} between {Places(question)} in {days}{charges}; {unallocated}.";
    }

    /// <summary>"The differences sum to 0.00."</summary>
    public static string Zero(CurrencyChange one) =>
        $"The differences sum to {Money(one.Difference, one.Currency)} {one.Currency}: both rulebooks place {Money(one.TotalAfter, one.Currency)}.";

    /// <summary>"cost centres and owners".</summary>
    public static string Places(ChangeQuestion question) =>
        string.Join(
            " and ",
            question.By.Select(field =>
                field switch
                {
                    "x_CostCentre" => "cost centres",
                    "x_Product" => "products",
                    "x_Application" => "applications",
                    "x_LegalEntity" => "legal entities",
                    "x_Environment" => "environments",
                    "x_Project" => "projects",
                    _ => "owners",
                }
            )
        );

    /// <summary>A rule, or several that set one field each.</summary>
    public static string Rule(IReadOnlyList<string?> rules) =>
        string.Join(", ", rules.OfType<string>().Distinct()) is { Length: > 0 } names ? names : "(no rule)";

    public static string Value(IReadOnlyList<string?> values) =>
        string.Join(" / ", values.Select(value => value ?? NoValue));

    public static string Money(Amount amount, Currency currency) => CellText.Figure(amount, currency.Decimals);

    private static string Unallocated(CurrencyChange one)
    {
        var (before, after) = (
            WhatIfMath.Share(one.UnallocatedBefore, one.Total),
            WhatIfMath.Share(one.UnallocatedAfter, one.TotalAfter)
        );
        return one.UnallocatedBefore == one.UnallocatedAfter
            ? $"unallocated stays {Display.Percent(before)}".Replace('\u202f', ' ').Replace('\u00a0', ' ')
            : $"unallocated {Display.Percent(before)} → {Display.Percent(after)}"
                .Replace('\u202f', ' ')
                .Replace('\u00a0', ' ');
    }

    private static string Percent(decimal? share) =>
        share is null ? "" : $" ({Display.Percent(share)})".Replace('\u202f', ' ').Replace('\u00a0', ' ');
}
