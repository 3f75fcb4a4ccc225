using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>The rulebooks that were published, newest first.</summary>
internal delegate IReadOnlyList<PublishedRulebook> ListPublications();

/// <summary>A change of rules as a page sets it.</summary>
internal static class ChangePages
{
    private const int RowsMax = 25;

    /// <summary>Gives the page and the API their use case. Folders of this machine are for the command line.</summary>
    public static void Add(IServiceCollection services, Workspace workspace, Func<string, AsOf> moment)
    {
        services.AddSingleton<ListPublications>(() => [.. workspace.Books.Current().RulebookHistory.Reverse()]);
        services.AddSingleton<ReadChange>(
            (address, cancel) => Task.Run(() => Change(workspace, address, moment, cancel), cancel)
        );
    }

    private static RulebookChange? Change(
        Workspace workspace,
        ChangeAddress address,
        Func<string, AsOf> moment,
        CancellationToken cancel
    )
    {
        var asOf = address.AsOf is null ? null : moment(address.AsOf);
        var (old, @new) = (Named(address.Old ?? NamedRules.Published), Named(address.New ?? NamedRules.Working));
        return @new.View.Deliveries.Count == 0
            ? null
            : new CompareRulebooks(old, @new).Of(
                new ChangeQuestion(ChangeQuestion.Period(address.Period, @new.View))
                {
                    By = ChangeQuestion.Fields(address.By),
                    Measure = ChangeQuestion.Cost(address.Measure),
                    Allocation = address.Allocation,
                    Conversion = address.Conversion,
                },
                cancel
            );

        NamedRules Named(string name) => NamedRules.Of(workspace, name, asOf, folders: false);
    }

    /// <summary>Who gains and who loses.</summary>
    public static FigureTable Groups(RulebookChange change, CurrencyChange one, string? asOf)
    {
        var decimals = Display.ColumnDecimals([one.Total], one.Currency);
        var unit = one.Currency.Code;
        return new FigureTable(
            $"Who gains and who loses, {Display.Range(change.Question.Days)}, {Display.Measure(change.Question.Measure)} in {unit}",
            [.. change.Question.By.Select(Display.Column)],
            [new("Before", unit), new("After", unit), new("Difference", unit)],
            [
                .. ChangeTables
                    .Largest(one, RowsMax)
                    .Select(
                        (group, place) =>
                            new FigureRow(
                                [.. group.Keys.Select(key => new FigureCell(key ?? ChangeWords.NoValue))],
                                [
                                    Cell(
                                        group.Before,
                                        decimals,
                                        place < one.Groups.Count && ReferenceEquals(group, one.Groups[place])
                                            ? Rows(change, one, group.Keys, null, asOf)
                                            : null
                                    ),
                                    Cell(group.After, decimals),
                                    Signed(group.Difference, decimals),
                                ]
                            )
                    ),
            ],
            [
                new(
                    [new("Total"), .. change.Question.By.Skip(1).Select(_ => new FigureCell(""))],
                    [Cell(one.Total, decimals), Cell(one.TotalAfter, decimals), Signed(one.Difference, decimals)]
                ),
            ]
        );
    }

    /// <summary>By which rules.</summary>
    public static FigureTable Rules(RulebookChange change, CurrencyChange one, string? asOf)
    {
        var decimals = Display.ColumnDecimals([one.Total], one.Currency);
        var unit = one.Currency.Code;
        if (one.Moves.Count == 0)
            return new FigureTable(
                $"By which rule, shared costs divided, in {unit}",
                ["Rule"],
                [new("Before", unit), new("After", unit), new("Difference", unit)],
                [
                    .. one
                        .Rules.Take(RowsMax)
                        .Select(rule => new FigureRow(
                            [new(ChangeWords.Rule(rule.Rule))],
                            [Cell(rule.Before, decimals), Cell(rule.After, decimals), Signed(rule.Difference, decimals)]
                        )),
                ],
                []
            );
        return new FigureTable(
            $"By which rule, in {unit}",
            ["Rule before", "Rule after", "From", "To"],
            [new("Cost", unit), new("Charges", null)],
            [
                .. one
                    .Moves.Take(RowsMax)
                    .Select(move => new FigureRow(
                        [
                            new(ChangeWords.Rule(move.RulesBefore)),
                            new(ChangeWords.Rule(move.RulesAfter)),
                            new(ChangeWords.Value(move.Before)),
                            new(ChangeWords.Value(move.After)),
                        ],
                        [
                            Cell(move.Cost, decimals, Rows(change, one, move.Before, move.RulesBefore, asOf)),
                            new(Display.Count(move.Charges)),
                        ]
                    )),
            ],
            []
        );
    }

    /// <summary>
    /// The charges as they are placed by the rules in force; null where the pages do not read the books by those.
    /// </summary>
    private static string? Rows(
        RulebookChange change,
        CurrencyChange one,
        IReadOnlyList<string?> values,
        IReadOnlyList<string?>? rules,
        string? asOf
    )
    {
        var question = change.Question;
        if (change.Old is not { Name: NamedRules.Published, Hash.Length: > 0 } || question.Conversion is not null)
            return null;
        return CostQueryUrl.Href(
            "/rows",
            new CostQuery
            {
                Measure = question.Measure,
                From = question.Days.Start,
                To = question.Days.End,
                Allocation = question.Allocation,
                Where =
                [
                    new CostFilter("BillingCurrency", [one.Currency.Code]),
                    .. question.By.Zip(values, (field, value) => new CostFilter(field, [value])),
                    .. question
                        .By.Zip(rules ?? [])
                        .Select(pair => new CostFilter(CostColumns.RuleOf(pair.First), [pair.Second])),
                ],
            },
            asOf
        );
    }

    private static FigureCell Cell(Amount amount, int decimals, string? href = null) =>
        new(Display.Figure(amount, decimals), href, amount);

    private static FigureCell Signed(Amount amount, int decimals) =>
        new((amount > Amount.Zero ? "+" : "") + Display.Figure(amount, decimals), null, amount);
}
