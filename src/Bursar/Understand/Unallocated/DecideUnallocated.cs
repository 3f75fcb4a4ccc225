using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary>Writes what people decide about cost without an owner into the journal.</summary>
/// <param name="workspace">The books.</param>
/// <param name="view">The books and rules as they are now.</param>
/// <param name="field">The shared field that the queue is about.</param>
/// <param name="month">The month that is looked at; null is the newest whole one.</param>
/// <param name="actor">Who decides; null is the person at this computer.</param>
internal sealed class DecideUnallocated(
    Workspace workspace,
    BooksView view,
    string field,
    BillingPeriod? month,
    string? actor = null
)
{
    private readonly Lazy<UnallocatedQueue> queue = new(() =>
        new FindUnallocated(view, field).Of(month, CancellationToken.None)
    );

    /// <summary>Names whose it is; the rule that would make it so comes back.</summary>
    /// <exception cref="RefusedException">There is no such piece of work, owner or cost centre.</exception>
    public (MadeDecision Made, RuleSuggestion Rule) Assign(string id, string to, string reason)
    {
        var item = Item(id);
        var set = new AssignRule(view, field).ValuesFor(to);
        var made = Write(Fact(item, QueueState.Assigned, reason) with { To = to });
        return (made, AssignRule.Of(item, set, made));
    }

    /// <summary>Says that a piece of work is not theirs to whom it was suggested or assigned.</summary>
    public MadeDecision Dispute(string id, Amount? amount, string reason)
    {
        var item = Item(id);
        var fact = Fact(item, QueueState.Disputed, reason);
        return Write(fact with { Amount = amount ?? fact.Amount });
    }

    /// <summary>Disputes cost that has an owner: a part of the cost, with its amount.</summary>
    public MadeDecision Dispute(
        IReadOnlyList<CostFilter> where,
        Amount? amount,
        string reason,
        CancellationToken cancel
    )
    {
        var period = DateRange.Of(month ?? ReportSubject.NewestWholeMonth(view));
        var answer = new AskCosts(view).Answer(
            new CostQuery
            {
                Measure = ReportSubject.Measure(view),
                Where = where,
                From = period.Start,
                To = period.End,
            },
            cancel
        );
        if (answer.Rows.Count == 0)
            throw new RefusedException(
                "unallocated/nothing-there",
                $"No charge of {BillingPeriod.Containing(period.Start)} fulfils {string.Join(" and ", where.Select(FilterText.Write))}.",
                "Ask for it first: `bursar costs --where COLUMN=VALUE`; or name another month with --period."
            );
        var main = ReportSubject.MainCurrency(view, answer.Rows);
        var texts = where.Select(FilterText.Write).Order(StringComparer.Ordinal).ToList();
        return Write(
            new QueueDecision(
                WorkScope.IdOf([field, .. texts]),
                QueueState.Disputed,
                field,
                main.Code,
                string.Join(", ", texts),
                null,
                null,
                texts,
                null,
                amount ?? answer.Totals.First(total => total.Currency == main).Amount,
                view.Today,
                Through,
                reason.Trim()
            )
        );
    }

    /// <summary>Closes a piece of work, or a dispute.</summary>
    public MadeDecision Resolve(string id, string reason)
    {
        var history = QueueHistory.Of(view.State);
        var last = history.Latest.Where(made => Fits(made.Fact.Id, id)).ToList();
        if (last is [{ Fact: { Scope: null } disputed }])
        {
            RefuseResolved(disputed, isReopened: false);
            return Write(disputed with { State = QueueState.Resolved, Through = Through, Reason = reason.Trim() });
        }
        var item = Item(id);
        if (item.Decision is { } before)
            RefuseResolved(before.Fact, item.IsReopened);
        return Write(Fact(item, QueueState.Resolved, reason) with { To = item.Decision?.Fact.To });
    }

    /// <summary>A condition as the command line has it.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    public static CostFilter Filter(string text) => CostQueryText.Filter(text);

    private DateOnly Through => view.DataThrough ?? view.Today;

    private static void RefuseResolved(QueueDecision fact, bool isReopened)
    {
        if (fact.State == QueueState.Resolved && !isReopened)
            throw new RefusedException(
                "unallocated/already-resolved",
                $"{fact.Id} is resolved: {fact.Reason}",
                "Nothing has to be done. When the same cost comes again without an owner, it opens by itself."
            );
    }

    private QueueItem Item(string id)
    {
        var found = queue.Value.Items.Where(item => Fits(item.Id, id)).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new RefusedException(
                "unallocated/unknown-id",
                $"No line of the queue is called \"{id}\".",
                $"`bursar unallocated{(field == SuggestRules.Field ? "" : " --field " + field)}` lists them; the line may be of another month (--period) or field (--field).",
                exitCode: 2
            ),
            _ => throw new RefusedException(
                "unallocated/unknown-id",
                $"\"{id}\" begins {found.Count} lines: {string.Join(", ", found.Select(item => item.Id))}.",
                "Write more of it.",
                exitCode: 2
            ),
        };
    }

    private static bool Fits(string id, string asked) =>
        asked.Length > 0 && id.StartsWith(asked, StringComparison.Ordinal);

    private QueueDecision Fact(QueueItem item, QueueState state, string reason) =>
        new(
            item.Id,
            state,
            field,
            item.Currency.Code,
            item.Title,
            item.Category,
            item.Scope,
            null,
            null,
            item.Cost,
            item.Since,
            Through,
            reason.Trim()
        );

    private MadeDecision Write(QueueDecision fact)
    {
        if (fact.Reason.Length == 0)
            throw new RefusedException(
                "unallocated/no-reason",
                "A decision needs a reason: later readers will ask for it.",
                "Write --reason \"who said so, and why\".",
                exitCode: 2
            );
        var entry = workspace.Books.Append(
            actor ?? BooksOfRecord.DefaultActor,
            NewEntry.Of(QueueDecision.Kind, fact, QueueFactsJson.Line.QueueDecision)
        );
        return new MadeDecision(fact, entry.Seq, entry.At, entry.Actor);
    }
}
