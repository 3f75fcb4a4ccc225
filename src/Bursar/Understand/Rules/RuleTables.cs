using Bursar.Cli.Output;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Rules;

/// <summary>What rules did as a table for people and as named fields for programs.</summary>
internal static class RuleTables
{
    private const string Nothing = "(nothing)";

    /// <summary>"from-tags, by a tag of the account"; "(nothing)".</summary>
    public static string Name(RuleHit hit) =>
        hit.PassedOn is { } source
            ? $"{hit.Rule}, by a tag of the {source.Replace("+", " and the ", StringComparison.Ordinal)}"
            : hit.Rule ?? Nothing;

    /// <summary>One line a field and rule.</summary>
    public static ResultTable Table(RuleReview review, string? field) =>
        new(
            [
                new("field"),
                new("rule"),
                new("currency", ColumnKind.Whole),
                new("cost", ColumnKind.Figure),
                new("share", ColumnKind.Figure, "Share %"),
                new("rows", ColumnKind.Figure),
                new("lastHit", ColumnKind.Whole, "Last matched", Spare: true),
            ],
            [
                .. Of(review, field)
                    .Select(
                        IReadOnlyList<object?> (hit) =>
                            [
                                hit.Field,
                                Name(hit),
                                hit.Currency.Code,
                                new Money(hit.Cost, hit.Currency),
                                Percent(hit.Share),
                                hit.Charges,
                                hit.LastHit,
                            ]
                    ),
            ]
        )
        {
            Caption = $"{review.Measure} of {review.Month} by the rule that set each field",
            WhenEmpty = $"There are no charges in {review.Month}. Ask for another month: --month.",
        };

    public static ResultRecord Record(RuleReview review, string? field) =>
        ResultRecord.Of(
            ("month", review.Month.ToString()),
            ("measure", review.Measure.ToString()),
            ("ruleCount", review.Rules),
            ("hits", Of(review, field).Select(Record)),
            (
                "idleRules",
                review.Idle.Select(idle =>
                    ResultRecord.Of(
                        ("rule", idle.Rule.Name),
                        ("order", idle.Rule.Order),
                        ("inForce", idle.IsInForce),
                        ("lastMatched", idle.LastHit?.ToString()),
                        ("words", idle.Words)
                    )
                )
            ),
            (
                "totals",
                review.Totals.Select(total =>
                    ResultRecord.Of(("currency", total.Currency.Code), ("amount", total.Amount))
                )
            ),
            ("notes", review.Notes),
            ("draft", review.IsDraft),
            ("dataAsOf", review.DataAsOf)
        );

    /// <summary>The rules that are in force and set nothing, in a sentence; null when there are none.</summary>
    public static string? IdleSentence(RuleReview review)
    {
        const int shown = 8;
        var idle = review.Idle.Where(one => one.IsInForce).ToList();
        if (idle.Count == 0)
            return null;
        var named = idle.Take(shown).Select(one => $"{one.Rule.Name} ({one.Words})");
        var more = idle.Count > shown ? $" and {idle.Count - shown} more" : "";
        return $"{idle.Count} of {review.Rules} rules set nothing in {review.Month}: {string.Join(", ", named)}{more}.";
    }

    public static decimal? Percent(decimal? share) =>
        share is { } value ? decimal.Round(value * 100, 2, MidpointRounding.AwayFromZero) : null;

    private static IEnumerable<RuleHit> Of(RuleReview review, string? field) =>
        review.Hits.Where(hit => field is null || hit.Field == field);

    private static ResultRecord Record(RuleHit hit) =>
        ResultRecord.Of(
            ("field", hit.Field),
            ("rule", hit.Rule),
            ("passedOnBy", hit.PassedOn),
            ("currency", hit.Currency.Code),
            ("cost", hit.Cost),
            ("sharePercent", Percent(hit.Share)),
            ("rows", hit.Charges),
            ("lastHit", hit.LastHit)
        );
}
