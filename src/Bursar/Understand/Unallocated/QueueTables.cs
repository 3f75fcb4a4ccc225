using Bursar.Cli.Output;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Unallocated;

/// <summary>The queue as people read it on a terminal: the largest lines, why, and how old it all is.</summary>
internal static class QueueTables
{
    public static ResultRecord Of(UnallocatedQueue queue, int top)
    {
        var items = queue.Items.Take(top).ToList();
        return ResultRecord.Of(
            ("period", Web.Display.Range(queue.Period)),
            ("unallocated", queue.Unallocated.Count == 0 ? "nothing" : string.Join(", ", queue.Unallocated.Select(Of))),
            ("resolutionTime", QueueRecord.Resolution(queue)),
            ("items", Items(items, queue.Unallocated.Count > 1)),
            ("likelyOwners", Owners(items)),
            ("disputes", queue.Disputes.Select(QueueRecord.Dispute).ToList()),
            ("byCategoryAndAge", Ageing(queue))
        );

        string Of(Money nobody)
        {
            var all = queue.Totals.FirstOrDefault(total => total.Currency == nobody.Currency);
            return $"{Web.Display.Full(nobody)} ({Web.Display.Percent(nobody.Amount.ShareOf(all.Amount))} of {Web.Display.Full(all)})";
        }
    }

    private static ResultTable Items(IReadOnlyList<QueueItem> items, bool hasSeveralCurrencies) =>
        new(
            [
                new("id", ColumnKind.Whole),
                new("what"),
                new("cost", ColumnKind.Figure),
                .. hasSeveralCurrencies
                    ? [new ResultColumn("currency", ColumnKind.Whole)]
                    : Array.Empty<ResultColumn>(),
                new("sinceFirstSeen", ColumnKind.Figure, "since first seen", Spare: true),
                new("days", ColumnKind.Figure),
                new("likelyOwner", ColumnKind.Text, "likely owner"),
                new("state"),
            ],
            [
                .. items.Select(
                    IReadOnlyList<object?> (item) =>
                        [
                            item.Id,
                            item.Title,
                            new Money(item.Cost, item.Currency),
                            .. hasSeveralCurrencies ? [item.Currency.Code] : Array.Empty<object?>(),
                            new Money(item.CostSince, item.Currency),
                            item.AgeDays,
                            item.Suggested?.Owner,
                            QueueRecord.State(item),
                        ]
                ),
            ]
        );

    private static ResultTable Owners(IEnumerable<QueueItem> items) =>
        new(
            [new("id", ColumnKind.Whole), new("owner", ColumnKind.Whole), new("why")],
            [
                .. items
                    .Where(item => item.Suggested is not null)
                    .Select(IReadOnlyList<object?> (item) => [item.Id, item.Suggested!.Owner, item.Suggested.Evidence]),
            ]
        );

    private static ResultTable Ageing(UnallocatedQueue queue) =>
        new(
            [
                new("category"),
                new("currency", ColumnKind.Whole),
                .. QueueMath.Buckets.Select(bucket => new ResultColumn(bucket.Name, ColumnKind.Figure)),
                new("disputed", ColumnKind.Figure, Spare: true),
                new("total", ColumnKind.Figure),
            ],
            [
                .. queue.Ageing.Select(
                    IReadOnlyList<object?> (line) =>
                        [
                            line.Category,
                            line.Currency.Code,
                            .. line.ByAge.Select(amount => (object?)new Money(amount, line.Currency)),
                            new Money(line.Disputed, line.Currency),
                            new Money(line.Total, line.Currency),
                        ]
                ),
            ]
        );
}
