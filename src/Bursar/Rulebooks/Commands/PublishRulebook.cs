using System.Globalization;
using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Rulebooks.Commands;

/// <summary>
/// A rulebook in force: its hash, the journal entry that says so, and whether it was written just now.
/// </summary>
internal sealed record RulebookInForce(string Hash, long Sequence, bool IsNew);

/// <summary>
/// Puts the working copy of the rules in force, for ever reproducible: its files are kept in the books, its hash in the
/// journal.
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
        if (RulebookKinds.Examine(rulebook, []).FirstOrDefault(one => one.Severity == Severity.Error) is { } failed)
            throw new RefusedException(failed);
        var files = rulebook
            .Files.Select(file => KeyValuePair.Create(file.Path, Encoding.UTF8.GetBytes(file.Text)))
            .ToList();
        var entry = workspace.Books.PublishRulebook(
            actor ?? BooksOfRecord.DefaultActor,
            files,
            reason,
            effective,
            approver
        );
        return new RulebookInForce(
            rulebook.Hash,
            entry?.Seq ?? workspace.Books.Current().Rulebook!.PublishedSeq,
            entry is not null
        );
    }
}
