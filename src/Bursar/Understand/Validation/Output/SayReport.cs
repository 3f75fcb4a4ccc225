using System.Globalization;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Rules;
using Bursar.Web;

namespace Bursar.Understand.Validation.Output;

/// <summary>The sentences of a report.</summary>
internal static class SayReport
{
    /// <summary>"1,234".</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Title(ConformanceReport report) =>
        $"{report.File} against FOCUS {report.FocusVersion}, {report.Dataset}"
        + (report.VersionReason.Length > 0 ? $" ({report.VersionReason})" : "")
        + (report.AsPublished ? ", as published" : "");

    public static string Summary(ConformanceReport report)
    {
        var mandatory = report.Findings.Count(finding => finding.Rule.IsMandatory);
        var others = report.Findings.Count - mandatory;
        var found =
            report.Findings.Count == 0 ? "No rule that can be checked is broken."
            : others == 0 ? $"{Count(mandatory)} broken, all of them mandatory (MUST)."
            : $"{Count(report.Findings.Count)} broken: {mandatory} mandatory (MUST), {others} recommended.";
        var unreadable =
            report.Evaluation.Unreadable == 0
                ? ""
                : $" {Number(report.Evaluation.Unreadable)} records cannot be read at all.";
        return $"{Number(report.Evaluation.Rows)} rows. {found} {report.Count(RuleStatus.Pass)} passed, "
            + $"{report.Count(RuleStatus.Fail)} failed, {report.Count(RuleStatus.Skip)} skipped, rules that gather others counted.{unreadable}";
    }

    public static string Features(ConformanceReport report)
    {
        var features = report.Evaluation.Features;
        if (features.Count == 0)
            return "";
        var has = features.Where(feature => feature.IsSupported).Select(feature => feature.Name).ToList();
        var hasNot = features.Where(feature => !feature.IsSupported).Select(feature => feature.Name).ToList();
        var sentences = new List<string>();
        if (has.Count > 0)
            sentences.Add($"Judged as a provider that supports {string.Join(", ", has)}.");
        if (hasNot.Count > 0)
            sentences.Add($"Not seen, so their rules were skipped: {string.Join(", ", hasNot)}.");
        return string.Join(" ", sentences);
    }

    /// <summary>"3 rows", "2 values", "1 column".</summary>
    public static string Violations(RuleResult result)
    {
        var what =
            result.Rule.Check is { Kind: CheckKind.Present or CheckKind.Columns } ? "column"
            : result.Rule.Check
                is { Kind: CheckKind.EachOne or CheckKind.Unique or CheckKind.JsonOneParent or CheckKind.SumAgreesWith }
                ? "value"
            : "row";
        return $"{Number(result.Violations)} {what}{(result.Violations == 1 ? "" : "s")}";
    }

    /// <summary>"Row 3: BilledCost 1.5, ProviderName AWS"; empty when there is nothing to show.</summary>
    public static IEnumerable<string> FirstRows(RuleResult result) =>
        result
            .FirstRows.Where(row => row.Row is not null || result.Rule.Kind != RuleKind.Presence)
            .Select(row =>
                (row.Row is { } number ? $"Row {number}: " : "")
                + string.Join(
                    ", ",
                    row.Values.Select(value => value.Key == "column" ? value.Value : $"{value.Key} {Cell(value.Value)}")
                )
            );

    /// <summary>"They carry 1,234.50 USD of EffectiveCost."</summary>
    public static string Affected(RuleResult result)
    {
        var amounts = result
            .Affected.Where(cost => cost.BilledCost is not null || cost.EffectiveCost is not null)
            .Select(cost =>
                string.Join(
                    " and ",
                    new[] { ("BilledCost", cost.BilledCost), ("EffectiveCost", cost.EffectiveCost) }
                        .Where(pair => pair.Item2 is not null)
                        .Select(pair => $"{Display.Figure(pair.Item2!.Value, 2)} {cost.Currency} of {pair.Item1}")
                )
            )
            .ToList();
        return amounts.Count == 0 ? "" : $"They carry {string.Join("; ", amounts)}.";
    }

    private static string Cell(string text) =>
        text.Length == 0 ? "(empty)"
        : text.Length > 60 ? text[..59] + "…"
        : text;

    private static string Count(int count) => count == 1 ? "1 rule is" : $"{count} rules are";
}
