using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>A change of rules as tables for people and as named fields for programs.</summary>
internal static class ChangeTables
{
    /// <summary>Who gains and who loses.</summary>
    /// <param name="change">The change.</param>
    /// <param name="top">So many of each currency, the others as one row; null for programs, which get all.</param>
    public static ResultTable Groups(RulebookChange change, int? top = null)
    {
        var shown = top is null ? change.Currencies : change.Shown;
        var several = top is null || shown.Count > 1;
        var unit = shown is [var only] ? $" ({only.Currency})" : "";
        return new ResultTable(
            [
                .. change.Question.By.Select(id => new ResultColumn(id, ColumnKind.Text, Display.Column(id))),
                .. several ? [new ResultColumn("currency", ColumnKind.Whole, "Currency")] : Array.Empty<ResultColumn>(),
                new("before", ColumnKind.Figure, "Before" + unit),
                new("after", ColumnKind.Figure, "After" + unit),
                new("difference", ColumnKind.Figure, "Difference" + unit),
            ],
            [.. shown.SelectMany(one => Largest(one, top).Select(group => Row(group.Keys, group, one)))]
        )
        {
            Caption = $"Who gains and who loses, {change.Old.Title} → {change.New.Title}",
            Totals = [.. shown.Select(one => Row(Named("Total", change), Whole(one), one))],
            WhenEmpty = "Nothing moves.",
        };

        IReadOnlyList<object?> Row(IReadOnlyList<string?> keys, GroupChange group, CurrencyChange one) =>
            [
                .. keys.Select(key => top is null ? key : key ?? ChangeWords.NoValue),
                .. several ? [one.Currency.Code] : Array.Empty<object?>(),
                new Money(group.Before, one.Currency),
                new Money(group.After, one.Currency),
                new Money(group.Difference, one.Currency),
            ];
    }

    /// <summary>By which rules, from where to where.</summary>
    public static ResultTable Rules(RulebookChange change, int top)
    {
        var several = change.Shown.Count > 1;
        var unit = change.Shown is [var only] ? $" ({only.Currency})" : "";
        var isDirect = change.Currencies.Any(one => one.Moves.Count > 0);
        IReadOnlyList<ResultColumn> currency = several
            ? [new ResultColumn("currency", ColumnKind.Whole, "Currency")]
            : [];
        return isDirect
            ? new ResultTable(
                [
                    new("from", ColumnKind.Text, "From"),
                    new("to", ColumnKind.Text, "To"),
                    new("ruleBefore", ColumnKind.Text, "Rule before"),
                    new("ruleAfter", ColumnKind.Text, "Rule after"),
                    .. currency,
                    new("cost", ColumnKind.Figure, "Cost" + unit),
                    new("charges", ColumnKind.Figure, "Charges"),
                ],
                [.. change.Shown.SelectMany(one => Moves(one, top, several))]
            )
            {
                Caption = "By which rule",
            }
            : new ResultTable(
                [
                    new("rule", ColumnKind.Text, "Rule"),
                    .. currency,
                    new("before", ColumnKind.Figure, "Before" + unit),
                    new("after", ColumnKind.Figure, "After" + unit),
                    new("difference", ColumnKind.Figure, "Difference" + unit),
                ],
                [
                    .. change.Shown.SelectMany(one =>
                        one.Rules.Take(top)
                            .Select(
                                IReadOnlyList<object?> (rule) =>
                                    [
                                        ChangeWords.Rule(rule.Rule),
                                        .. several ? [one.Currency.Code] : Array.Empty<object?>(),
                                        new Money(rule.Before, one.Currency),
                                        new Money(rule.After, one.Currency),
                                        new Money(rule.Difference, one.Currency),
                                    ]
                            )
                    ),
                ]
            )
            {
                Caption = "By which rule, shared costs divided",
            };
    }

    /// <summary>The groups that move most; the others as one, so that the totals stay.</summary>
    public static IEnumerable<GroupChange> Largest(CurrencyChange one, int? top)
    {
        if (top is not { } most || one.Groups.Count <= most + 1)
            return one.Groups;
        var rest = one.Groups.Skip(most).ToList();
        var fields = one.Groups[0].Keys.Count;
        return one
            .Groups.Take(most)
            .Append(
                new GroupChange(
                    [$"({Display.Count(rest.Count)} others)", .. Enumerable.Repeat("", fields - 1)],
                    CostGroups.Sum(rest.Select(group => group.Before)),
                    CostGroups.Sum(rest.Select(group => group.After))
                )
            );
    }

    /// <summary>All of it with every digit.</summary>
    public static ResultRecord Record(RulebookChange change) =>
        ResultRecord.Of(
            ("old", Side(change.Old)),
            ("new", Side(change.New)),
            ("from", change.Question.Days.Start),
            ("to", change.Question.Days.End.AddDays(-1)),
            ("measure", change.Question.Measure.ToString()),
            ("allocation", change.Question.Allocation.ToString().ToLowerInvariant()),
            ("by", change.Question.By),
            ("changed", change.IsAny),
            ("currencies", change.Currencies.Select(one => Record(one, change))),
            ("notes", change.Notes),
            ("dataAsOf", change.DataAsOf)
        );

    private static ResultRecord Record(CurrencyChange one, RulebookChange change) =>
        ResultRecord.Of(
            ("currency", one.Currency.Code),
            ("total", one.Total),
            ("totalAfter", one.TotalAfter),
            ("difference", one.Difference),
            ("moved", one.Moved),
            ("charges", one.Charges),
            ("unallocatedBefore", one.UnallocatedBefore),
            ("unallocatedAfter", one.UnallocatedAfter),
            (
                "groups",
                one.Groups.Select(group =>
                    ResultRecord.Of([
                        .. change.Question.By.Zip(group.Keys, (id, key) => (id, (object?)key)),
                        ("before", group.Before),
                        ("after", group.After),
                        ("difference", group.Difference),
                    ])
                )
            ),
            (
                "moves",
                one.Moves.Select(move =>
                    ResultRecord.Of(
                        ("from", move.Before),
                        ("to", move.After),
                        ("rulesBefore", move.RulesBefore),
                        ("rulesAfter", move.RulesAfter),
                        ("cost", move.Cost),
                        ("charges", move.Charges)
                    )
                )
            ),
            (
                "rules",
                one.Rules.Select(rule =>
                    ResultRecord.Of(
                        ("rules", rule.Rule),
                        ("before", rule.Before),
                        ("after", rule.After),
                        ("difference", rule.Difference)
                    )
                )
            )
        );

    private static ResultRecord Side(NamedRules side) =>
        ResultRecord.Of(("name", side.Name), ("hash", side.Hash.Length == 0 ? null : side.Hash));

    private static IEnumerable<IReadOnlyList<object?>> Moves(CurrencyChange one, int top, bool several)
    {
        var shown = one.Moves.Count <= top + 1 ? one.Moves.Count : top;
        foreach (var move in one.Moves.Take(shown))
            yield return Row(
                ChangeWords.Value(move.Before),
                ChangeWords.Value(move.After),
                ChangeWords.Rule(move.RulesBefore),
                ChangeWords.Rule(move.RulesAfter),
                move.Cost,
                move.Charges
            );
        var rest = one.Moves.Skip(shown).ToList();
        if (rest.Count > 0)
            yield return Row(
                $"({Display.Count(rest.Count)} others)",
                "",
                "",
                "",
                CostGroups.Sum(rest.Select(move => move.Cost)),
                rest.Sum(move => move.Charges)
            );

        IReadOnlyList<object?> Row(string from, string to, string before, string after, Amount cost, long charges) =>
            [
                from,
                to,
                before,
                after,
                .. several ? [one.Currency.Code] : Array.Empty<object?>(),
                new Money(cost, one.Currency),
                charges,
            ];
    }

    private static GroupChange Whole(CurrencyChange one) => new([], one.Total, one.TotalAfter);

    private static IReadOnlyList<string?> Named(string name, RulebookChange change) =>
        [name, .. Enumerable.Repeat("", change.Question.By.Count - 1)];
}
