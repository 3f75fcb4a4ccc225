using System.Globalization;
using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Rulebooks.Commands;

/// <summary>
/// A rulebook in force: its hash, the journal entry that says so, and whether it was written just now.
/// </summary>
/// <param name="Hash">What it is.</param>
/// <param name="Sequence">The journal entry.</param>
/// <param name="IsNew">Whether it was written just now.</param>
/// <param name="IsProposed">True when it is not in force, but waits for somebody's approval.</param>
internal sealed record RulebookInForce(string Hash, long Sequence, bool IsNew, bool IsProposed = false);

/// <summary>
/// Puts the working copy of the rules in force, for ever reproducible: its files are kept in the books, its hash in the
/// journal. What needs approval and has none is kept as a proposal.
/// </summary>
internal sealed class PublishRulebook(Workspace workspace)
{
    /// <exception cref="RefusedException">The rules have mistakes, or there are none.</exception>
    /// <param name="reason">Why, for people.</param>
    /// <param name="actor">Who publishes; null is the person at this computer.</param>
    /// <param name="approver">Who agreed to it.</param>
    /// <param name="effective">The first day of charges that it holds for; null for the charges of all days.</param>
    public RulebookInForce Publish(
        string? reason,
        string? actor = null,
        string? approver = null,
        DateOnly? effective = null
    )
    {
        if (effective is { Day: not 1 } day)
            throw new RefusedException(
                "rulebook/effective-within-month",
                $"A rulebook takes effect with a month; {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} is none's first day.",
                "Give the first day of a month: shared costs are divided, and months are closed, by month. A rule inside "
                    + "the rulebook may begin on any day (from:).",
                exitCode: 2
            );
        var rulebook = workspace.Working().Turns[0].Rulebook;
        if (rulebook.Files.Count == 0)
            throw new RefusedException(
                "rulebook/nothing-to-publish",
                $"There are no rules in {workspace.RulebookFolder}.",
                "Make some with `bursar init`, or name yours with --rulebook DIR."
            );
        Examine(rulebook);
        var author = actor ?? BooksOfRecord.DefaultActor;
        if (new ApproveRulebook(workspace).IsNeeded(rulebook, effective))
        {
            if (approver is null)
                return Proposed(rulebook, author, reason, effective);
            ApproveRulebook.RequireSomebodyElse(approver, author);
        }
        var entry = workspace.Books.PublishRulebook(author, Files(rulebook), reason, effective, approver);
        return InForce(rulebook, entry);
    }

    /// <summary>Puts a proposal in force: somebody else agreed to it.</summary>
    /// <param name="hash">The hash of the proposal, or its beginning.</param>
    /// <param name="actor">Who puts it in force; null is the person at this computer.</param>
    /// <param name="approver">Who agreed; null is the same person.</param>
    /// <exception cref="RefusedException">Nothing of that hash waits, or its author approves it.</exception>
    public RulebookInForce Approve(string hash, string? actor = null, string? approver = null)
    {
        var proposed = new ApproveRulebook(workspace).Waiting(hash);
        var by = actor ?? BooksOfRecord.DefaultActor;
        ApproveRulebook.RequireSomebodyElse(approver ?? by, proposed.PublishedBy);
        var rulebook = workspace.Published(proposed.Hash).Turns[0].Rulebook;
        Examine(rulebook);
        var entry = workspace.Books.PublishRulebook(
            by,
            Files(rulebook),
            proposed.Note,
            proposed.Effective,
            approver ?? by,
            author: proposed.PublishedBy
        );
        return InForce(rulebook, entry);
    }

    private RulebookInForce Proposed(Rulebook rulebook, string author, string? reason, DateOnly? effective)
    {
        var entry = workspace.Books.ProposeRulebook(author, Files(rulebook), reason, effective);
        var seq =
            entry?.Seq
            ?? workspace.Books.Current().WaitingRulebooks.Last(one => one.Hash == rulebook.Hash).PublishedSeq;
        return new RulebookInForce(rulebook.Hash, seq, entry is not null, IsProposed: true);
    }

    private RulebookInForce InForce(Rulebook rulebook, JournalEntry? entry) =>
        new(rulebook.Hash, entry?.Seq ?? workspace.Books.Current().Rulebook!.PublishedSeq, entry is not null);

    private static void Examine(Rulebook rulebook)
    {
        if (RulebookKinds.Examine(rulebook, []).FirstOrDefault(one => one.Severity == Severity.Error) is { } failed)
            throw new RefusedException(failed);
    }

    private static List<KeyValuePair<string, byte[]>> Files(Rulebook rulebook) =>
        [.. rulebook.Files.Select(file => KeyValuePair.Create(file.Path, Encoding.UTF8.GetBytes(file.Text)))];
}
