using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Workspaces;

namespace Bursar.Manage.Briefs;

/// <summary>A brief that is kept in the books.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Path">Below the books folder.</param>
/// <param name="JournalHead">The journal's last entry after it was kept.</param>
/// <param name="IsNew">False when the same bytes had been issued before.</param>
internal sealed record IssuedBrief(string Id, string Path, string JournalHead, bool IsNew);

/// <summary>Keeps a brief in the books, byte for byte, with a journal entry that says so.</summary>
/// <param name="workspace">The books.</param>
/// <param name="view">The books and rules that the brief was written from.</param>
internal sealed class IssueBrief(Workspace workspace, BooksView view)
{
    private const string Kind = "brief";
    private const string FileName = "brief.html";

    /// <exception cref="RefusedException">The brief breaks the rules of a brief.</exception>
    public IssuedBrief Issue(WrittenBrief written, byte[] html, CancellationToken cancel, string? actor = null)
    {
        if (written.Findings is [var finding, ..])
            throw new RefusedException(finding);
        var sha256 = Checksum.Of(html);
        var books = workspace.Books;
        if (
            books
                .Current()
                .IssuedDocuments.Select(issued => issued.Document)
                .FirstOrDefault(issued => issued.Kind == Kind && issued.Sha256 == sha256) is
            { } same
        )
            return new IssuedBrief(same.Id, same.Path, books.Current().HeadHash, IsNew: false);
        var document = books.IssueDocument(
            actor ?? BooksOfRecord.DefaultActor,
            Kind,
            FileName,
            $"Brief {written.Brief.Month}: {written.Brief.Title}",
            html,
            BriefFigures.Of(written.Brief, view, cancel),
            cancel
        );
        return new IssuedBrief(document.Id, document.Path, books.Current().HeadHash, IsNew: true);
    }
}
