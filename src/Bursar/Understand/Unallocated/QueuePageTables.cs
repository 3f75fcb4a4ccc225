using Bursar.Core.Amounts;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Unallocated;

/// <summary>The queue as pages set it.</summary>
internal static class QueuePageTables
{
    /// <summary>"In September 2026, $1.2M of $18.4M (6.5 %) belongs to nobody: 14 pieces of work."</summary>
    public static string Lead(UnallocatedQueue queue)
    {
        var when = Display.During(queue.Period);
        if (queue.Unallocated.Count == 0)
            return $"{when}, every cost has an owner ({Display.Column(queue.Field)}).";
        var parts = queue.Unallocated.Select(nobody =>
        {
            var all = queue.Totals.FirstOrDefault(total => total.Currency == nobody.Currency);
            return $"{Display.Short(nobody)} of {Display.Short(all)} ({Display.Percent(nobody.Amount.ShareOf(all.Amount))})";
        });
        var lines = Display.Count(queue.Items.Count, "piece of work", "pieces of work");
        return $"{when}, {string.Join(" and ", parts)} belongs to nobody: {lines}.";
    }

    /// <summary>The lines of one currency.</summary>
    public static FigureTable Items(UnallocatedQueue queue, IReadOnlyList<QueueItem> items, string? asOf) =>
        new(
            $"Cost without {Article(queue)} {Display.Column(queue.Field).ToLowerInvariant()}, largest first",
            ["What"],
            [
                new("Cost", items[0].Currency.Code),
                new("Since first seen", items[0].Currency.Code),
                new("Age", "days"),
                new("Likely owner, and why", null),
                new("State", null),
                new("Line", null),
            ],
            [
                .. items.Select(item => new FigureRow(
                    [new(item.Title, CostQueryUrl.Href("/explore", item.Behind, asOf))],
                    [
                        Figure(item.Cost, item.Currency, items.Select(one => one.Cost)),
                        Figure(item.CostSince, item.Currency, items.Select(one => one.CostSince)),
                        new(Display.Count(item.AgeDays)),
                        new(Suggestion(item), Tone: CellTone.Prose),
                        new(QueueRecord.State(item), Tone: CellTone.Text),
                        new(item.Id, Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );

    /// <summary>By cost category and age.</summary>
    public static FigureTable Ageing(UnallocatedQueue queue, Currency currency)
    {
        var lines = queue.Ageing.Where(line => line.Currency == currency).ToList();
        var amounts = lines.SelectMany(line => line.ByAge).ToList();
        return new FigureTable(
            "By cost category and age",
            ["Cost category"],
            [
                .. QueueMath.Buckets.Select(bucket => new FigureHeading(Capital(bucket.Name), currency.Code)),
                new("Disputed", currency.Code),
                new("Total", currency.Code),
            ],
            [
                .. lines.Select(line => new FigureRow(
                    [new(line.Category ?? "none")],
                    [
                        .. line.ByAge.Select(amount => Figure(amount, currency, amounts)),
                        Figure(line.Disputed, currency, amounts),
                        Figure(line.Total, currency, amounts) with
                        {
                            Tone = CellTone.Sum,
                        },
                    ]
                )),
            ],
            [
                new FigureRow(
                    [new("Total")],
                    [
                        .. QueueMath.Buckets.Select(
                            (_, i) => Figure(QueueMath.Sum(lines.Select(line => line.ByAge[i])), currency, amounts)
                        ),
                        Figure(QueueMath.Sum(lines.Select(line => line.Disputed)), currency, amounts),
                        Figure(QueueMath.Sum(lines.Select(line => line.Total)), currency, amounts),
                    ]
                ),
            ]
        );
    }

    /// <summary>Disputes about cost that has an owner.</summary>
    public static FigureTable Disputes(UnallocatedQueue queue, string? asOf) =>
        new(
            "Disputes about cost that has an owner",
            ["What"],
            [new("Currency", null), new("Disputed", null), new("Age", "days"), new("Why", null), new("Line", null)],
            [
                .. queue.Disputes.Select(dispute => new FigureRow(
                    [new(dispute.Decision.Fact.Title, CostQueryUrl.Href("/explore", dispute.Behind, asOf))],
                    [
                        new(dispute.Decision.Fact.Currency, Tone: CellTone.Text),
                        Figure(
                            dispute.Decision.Fact.Amount,
                            new Currency(dispute.Decision.Fact.Currency),
                            [dispute.Decision.Fact.Amount]
                        ),
                        new(Display.Count(dispute.AgeDays)),
                        new(dispute.Decision.Fact.Reason, Tone: CellTone.Prose),
                        new(dispute.Decision.Fact.Id, Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );

    /// <summary>"4110 (Claims). 94 % of …"; a decision that was made comes first.</summary>
    public static string Suggestion(QueueItem item)
    {
        var decided = item is { IsReopened: false, Decision: { } made } ? $"Decided: {made.Fact.Reason} " : "";
        return item.Suggested is { } found
                ? $"{decided}{found.Owner}{(found.Name is { } name && name != found.Owner ? $" ({name})" : "")}. {found.Evidence}"
            : decided.Length > 0 ? decided.TrimEnd()
            : "Nothing says so: ask who opened it.";
    }

    private static string Article(UnallocatedQueue queue) =>
        "aeiou".Contains(char.ToLowerInvariant(Display.Column(queue.Field)[0]), StringComparison.Ordinal) ? "an" : "a";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static FigureCell Figure(Amount amount, Currency currency, IEnumerable<Amount> column) =>
        new(Display.Figure(amount, Display.ColumnDecimals(column, currency)), null, amount);
}
