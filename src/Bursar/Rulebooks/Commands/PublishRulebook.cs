using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Workspaces;

namespace Bursar.Rulebooks.Commands;

/// <summary>A rulebook in force: its hash, the journal entry that says so, and whether it was written just now.</summary>
internal sealed record RulebookInForce(string Hash, long Sequence, bool IsNew);

/// <summary>Puts the working copy of the rules in force, for ever reproducible: its files are kept in the books, its hash in the journal.</summary>
internal sealed class PublishRulebook(Workspace workspace)
{
    /// <exception cref="RefusedException">The rules have mistakes, or there are none.</exception>
    public RulebookInForce Publish(string? note, string? actor = null)
    {
        var (rulebook, _) = workspace.Working();
        if (rulebook.Files.Count == 0)
            throw new RefusedException("rulebook/nothing-to-publish", $"There are no rules in {workspace.RulebookFolder}.", "Make some with `bursar init`, or name yours with --rulebook DIR.");
        RulebookInForce? inForce = null;
        workspace.Books.Commit(actor ?? BooksOfRecord.DefaultActor, state =>
        {
            if (state.Rulebook is { } current && current.Hash == rulebook.Hash)
            {
                inForce = new RulebookInForce(current.Hash, current.PublishedSeq, IsNew: false);
                return null;
            }
            foreach (var path in RulebookPublication.Write(rulebook, workspace.Books.Folder.FullPath("rulebooks"))) Durable.FlushFile(path);
            inForce = new RulebookInForce(rulebook.Hash, state.HeadSeq + 1, IsNew: true);
            return NewEntry.Of(new RulebookPublished(rulebook.Hash, [.. rulebook.Files.Select(Published)], note));
        });
        return inForce!;
    }

    private static PublishedFile Published(RulebookFile file) => new(file.Path, Checksum.Of(Encoding.UTF8.GetBytes(file.Text)));
}
