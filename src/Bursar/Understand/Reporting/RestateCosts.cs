using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>What a group costs by two structures.</summary>
/// <param name="Keys">The values of the By columns; null is "no value".</param>
/// <param name="Period">The start of the period, or null without a grain of time.</param>
/// <param name="Currency">The currency of the three.</param>
/// <param name="Before">By the structure that is compared with.</param>
/// <param name="Restated">By the structure that is asked for.</param>
internal sealed record RestatedRow(
    IReadOnlyList<string?> Keys,
    DateOnly? Period,
    Currency Currency,
    Amount Before,
    Amount Restated
)
{
    public Amount Difference => Restated - Before;
}

/// <summary>
/// A question answered by two structures. The total of all differences is zero: only the place moves.
/// </summary>
/// <param name="Answer">The answer that is asked for.</param>
/// <param name="Before">The answer it is compared with.</param>
/// <param name="Rows">What moved most first.</param>
/// <param name="Totals">Both wholes, by currency.</param>
/// <param name="Notes">What a reader must know, in plain sentences.</param>
internal sealed record RestatedCosts(
    CostAnswer Answer,
    CostAnswer Before,
    IReadOnlyList<RestatedRow> Rows,
    IReadOnlyList<RestatedRow> Totals,
    IReadOnlyList<string> Notes
);

/// <summary>
/// Shows cost as it was and as restated to another structure, and the difference by group. Nothing is changed: the same
/// charges are asked about under the rules and organisation of another day.
/// </summary>
internal sealed class RestateCosts(BooksView view)
{
    private readonly AskCosts ask = new(view);

    /// <param name="asked">The question; its own structure does not count.</param>
    /// <param name="structure">What is asked for; null is "as was".</param>
    /// <param name="against">What it is compared with; null is "as was".</param>
    /// <param name="cancel">Ends the asking.</param>
    public RestatedCosts Of(CostQuery asked, Structure? structure, Structure? against, CancellationToken cancel)
    {
        var plain = asked with { Top = null, Split = CostSplit.None };
        var answer = ask.Answer(plain with { Structure = structure }, cancel);
        var before = ask.Answer(plain with { Structure = against }, cancel);
        var rows = Rows(before, answer);
        return new RestatedCosts(
            answer,
            before,
            asked.Top is { } top ? Largest(rows, top) : rows,
            Totals(rows),
            [.. answer.Notes.Union(before.Notes), .. Moving(answer.Query)]
        );
    }

    private static List<RestatedRow> Rows(CostAnswer before, CostAnswer answer)
    {
        var (were, are) = (ByKey(before), ByKey(answer));
        var places = answer.Totals.Select((total, place) => (total.Currency, place)).ToDictionary();
        return
        [
            .. were
                .Keys.Union(are.Keys)
                .Select(key =>
                {
                    var row = are.GetValueOrDefault(key) ?? were[key];
                    return (
                        Key: key,
                        Row: new RestatedRow(
                            row.Keys,
                            row.Period,
                            row.Currency,
                            were.GetValueOrDefault(key)?.Total ?? Amount.Zero,
                            are.GetValueOrDefault(key)?.Total ?? Amount.Zero
                        )
                    );
                })
                .OrderBy(pair => places.GetValueOrDefault(pair.Row.Currency, places.Count))
                .ThenBy(pair => pair.Row.Currency)
                .ThenByDescending(pair => pair.Row.Difference.Abs())
                .ThenByDescending(pair => pair.Row.Restated)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Row),
        ];
    }

    private static Dictionary<string, CostRow> ByKey(CostAnswer answer) =>
        answer.Rows.ToDictionary(row =>
            string.Join('\u0001', row.Keys.Select(key => key ?? "\u0000"))
            + $"\u0001{row.Period:yyyy-MM-dd}\u0001{row.Currency}"
        );

    /// <summary>The rows that moved most in each currency; the others as one, so that the totals stay.</summary>
    private static List<RestatedRow> Largest(List<RestatedRow> rows, int top) =>
        [
            .. rows.GroupBy(row => row.Currency)
                .SelectMany(same =>
                    same.Skip(top).Any() ? same.Take(top).Append(Sum([.. same.Skip(top)], CostGroups.Other)) : same
                ),
        ];

    private static List<RestatedRow> Totals(List<RestatedRow> rows) =>
        [.. rows.GroupBy(row => row.Currency).Select(same => Sum([.. same], "Total"))];

    private static RestatedRow Sum(IReadOnlyList<RestatedRow> rows, string name) =>
        new(
            [.. rows[0].Keys.Select((_, place) => place == 0 ? name : null)],
            null,
            rows[0].Currency,
            CostGroups.Sum(rows.Select(row => row.Before)),
            CostGroups.Sum(rows.Select(row => row.Restated))
        );

    /// <summary>A condition on a column that the structure sets lets cost in and out.</summary>
    private static IEnumerable<string> Moving(CostQuery query)
    {
        var moving = query
            .Where.Select(filter => filter.Column)
            .Where(column =>
                CostColumns.SharedFields.Any(field => column == field || column == CostColumns.RuleOf(field))
            )
            .Distinct()
            .ToList();
        if (moving.Count > 0)
            yield return $"The question has a condition on {string.Join(" and ", moving)}, which the structure sets: the "
                + "difference is what moved in or out of it, and need not be zero.";
    }
}
