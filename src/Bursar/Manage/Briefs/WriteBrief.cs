using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Briefs;

/// <summary>A brief, and where it breaks the rules of a brief.</summary>
public sealed record WrittenBrief(Brief Brief, IReadOnlyList<Diagnostic> Findings);

/// <summary>Writes the one-page brief of a month from the books: the same books give the same words.</summary>
internal sealed class WriteBrief(BooksView view)
{
    /// <param name="month">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="RefusedException">There is nothing to report.</exception>
    public WrittenBrief Of(BillingPeriod? month, CancellationToken cancel)
    {
        var facts = new BriefFacts(view, month, cancel);
        if (facts.TotalOf(facts.Month) is null)
        {
            throw new RefusedException(
                "brief/no-spend",
                $"The books hold no cost of {facts.Month}.",
                "`bursar deliveries` shows the months that were delivered."
            );
        }
        var changes = new ExplainChange(facts).Explain();
        var trust = new JudgeTrust(facts).Judge();
        var head = Head(view.State);
        var (title, ask, audience) = new ChooseAsk(facts).Choose(changes, trust);
        var brief = new Brief
        {
            Title = title,
            Byline = Byline(facts, audience),
            Organisation = view.Rulebook.OrganisationName,
            Month = facts.Month,
            DataTo = ReportSubject.DataThrough(view),
            IsDraft = view.IsDraft,
            Asks = [ask],
            Sections =
            [
                new SayMoney(facts).Section(),
                new SayPriorities(facts).Section(),
                .. changes is null ? Array.Empty<BriefSection>() : [new SayChange(facts).Section(changes)],
                new SayTrust(facts).Section(trust),
            ],
            Sequence = head?.Seq ?? 0,
            JournalHead = head?.Hash ?? Warehouse.Books.JournalHead.NoHash,
        };
        return new WrittenBrief(brief, BriefRules.Check(brief));
    }

    /// <summary>
    /// The newest entry that figures rest on. That a brief was issued changes none, so the same brief again is the
    /// same.
    /// </summary>
    private static JournalEntry? Head(BooksState state) =>
        state.Entries.LastOrDefault(entry => entry.Kind != DocumentIssued.EntryKind);

    private static string Byline(BriefFacts facts, string? audience)
    {
        var data = ReportSubject.DataThrough(facts.View) is { } day ? $", data to {Display.Day(day)}" : "";
        var lens = facts.View.Lens.ToString() is { Length: > 0 } words ? ", " + words : "";
        var start = audience is null ? "" : $"For {audience}. ";
        return $"{start}{Display.Month(facts.Month)}{(facts.IsWhole ? "" : " so far")}{data}{lens}";
    }
}
