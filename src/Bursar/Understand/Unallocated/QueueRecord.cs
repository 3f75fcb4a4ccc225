using Bursar.Cli.Output;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Unallocated;

/// <summary>The queue as doors show it.</summary>
internal static class QueueRecord
{
    /// <summary>For programs: every digit, and every line.</summary>
    public static ResultRecord Of(UnallocatedQueue queue) =>
        ResultRecord.Of(
            ("field", queue.Field),
            ("measure", queue.Measure.ToString()),
            ("from", queue.Period.Start),
            ("to", queue.Period.End.AddDays(-1)),
            ("items", queue.Items.Select(Item).ToList()),
            ("unallocated", queue.Unallocated.Select(Total).ToList()),
            ("totals", queue.Totals.Select(Total).ToList()),
            ("disputes", queue.Disputes.Select(Dispute).ToList()),
            ("ageing", queue.Ageing.Select(Age).ToList()),
            ("resolved", queue.ResolvedCount),
            ("medianResolutionDays", queue.MedianDays),
            ("draft", queue.IsDraft),
            ("notes", queue.Notes)
        );

    /// <summary>"median 12 days, of 3 resolved".</summary>
    public static string? Resolution(UnallocatedQueue queue) =>
        queue.MedianDays is { } days ? $"median {days:0.#} days, of {queue.ResolvedCount} resolved" : null;

    /// <summary>"open", "reopened", "assigned to 4110".</summary>
    public static string State(QueueItem item) =>
        item.IsReopened ? "reopened"
        : item is { State: QueueState.Assigned, Decision.Fact.To: { } to } ? "assigned to " + to
        : Word(item.State);

    public static ResultRecord Decision(MadeDecision made) =>
        ResultRecord.Of(
            ("id", made.Fact.Id),
            ("state", Word(made.Fact.State)),
            ("what", made.Fact.Title),
            ("amount", new Money(made.Fact.Amount, new Currency(made.Fact.Currency))),
            ("currency", made.Fact.Currency),
            ("to", made.Fact.To),
            ("since", made.Fact.Since),
            ("days", made.Fact.State == QueueState.Resolved ? made.Days : null),
            ("reason", made.Fact.Reason),
            ("by", made.Actor),
            ("entry", made.Seq)
        );

    private static string Word(QueueState state) => state.ToString().ToLowerInvariant();

    private static ResultRecord Total(Money total) =>
        ResultRecord.Of(("currency", total.Currency.Code), ("cost", total));

    private static ResultRecord Item(QueueItem item) =>
        ResultRecord.Of(
            ("id", item.Id),
            ("state", Word(item.State)),
            ("what", item.Title),
            ("category", item.Category),
            ("currency", item.Currency.Code),
            ("cost", new Money(item.Cost, item.Currency)),
            ("costSince", new Money(item.CostSince, item.Currency)),
            ("since", item.Since),
            ("ageDays", item.AgeDays),
            ("suggestedOwner", item.Suggested?.Owner),
            ("suggestedName", item.Suggested?.Name),
            ("evidence", item.Suggested?.Evidence),
            ("assignedTo", item.State == QueueState.Assigned ? item.Decision?.Fact.To : null),
            ("reason", item.IsReopened ? null : item.Decision?.Fact.Reason),
            ("reopened", item.IsReopened),
            ("provider", item.Scope.Provider),
            ("account", item.Scope.Account),
            ("column", item.Scope.Column),
            ("value", item.Scope.Value)
        );

    public static ResultRecord Dispute(DisputedCost dispute) =>
        ResultRecord.Of(
            ("id", dispute.Decision.Fact.Id),
            ("what", dispute.Decision.Fact.Title),
            ("cost", new Money(dispute.Decision.Fact.Amount, new Currency(dispute.Decision.Fact.Currency))),
            ("currency", dispute.Decision.Fact.Currency),
            ("days", dispute.AgeDays),
            ("reason", dispute.Decision.Fact.Reason),
            ("by", dispute.Decision.Actor)
        );

    private static ResultRecord Age(AgeLine line) =>
        ResultRecord.Of([
            ("category", line.Category),
            ("currency", line.Currency.Code),
            ("lines", line.Items),
            .. QueueMath.Buckets.Select(
                (bucket, i) =>
                    (
                        bucket.To is { } to ? $"days{bucket.From}To{to}" : $"daysOver{bucket.From - 1}",
                        (object?)new Money(line.ByAge[i], line.Currency)
                    )
            ),
            ("disputed", new Money(line.Disputed, line.Currency)),
            ("cost", new Money(line.Total, line.Currency)),
        ]);
}
