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
    public RulebookInForce Publish(string? note, string? actor = null)
    {
        var (rulebook, _) = workspace.Working();
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
        var entry = workspace.Books.PublishRulebook(actor ?? BooksOfRecord.DefaultActor, files, note);
        return new RulebookInForce(
            rulebook.Hash,
            entry?.Seq ?? workspace.Books.Current().Rulebook!.PublishedSeq,
            entry is not null
        );
    }
}
