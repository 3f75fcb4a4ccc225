using Bursar.Manage.Strategy;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>Keeps a statement in the books, byte for byte, with a journal entry that says so.</summary>
internal sealed class IssueStatement(Workspace workspace)
{
    /// <returns>The document, and false when the same bytes had been issued before.</returns>
    public (DocumentIssued Document, bool IsNew) Issue(
        Statement statement,
        byte[] html,
        CancellationToken cancel,
        string? actor = null
    )
    {
        var sha256 = Checksum.Of(html);
        var same = workspace
            .Books.Current()
            .IssuedDocuments.Select(issued => issued.Document)
            .FirstOrDefault(issued => issued.Kind == ReviewScopes.StatementKind && issued.Sha256 == sha256);
        if (same is not null)
            return (same, false);
        var document = workspace.Books.IssueDocument(
            actor ?? BooksOfRecord.DefaultActor,
            ReviewScopes.StatementKind,
            StatementFiles.Name(statement, ".html"),
            $"Statement {StatementPeriod.Write(statement.Period)}: {statement.Subject.Title}",
            html,
            StatementFigures.Of(statement),
            cancel
        );
        return (document, true);
    }
}
