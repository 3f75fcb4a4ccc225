using Bursar.Manage.Chargeback.Digests;
using Bursar.Warehouse.Books;

namespace Bursar.Manage.Audit.Issued;

/// <summary>Everything that left the books with figures in it: briefs, statements and digests.</summary>
internal static class FindIssued
{
    public static IReadOnlyList<FigureIssued> Figures(BooksState state) =>
        [
            .. state
                .IssuedDocuments.SelectMany(issued =>
                    (issued.Document.Figures ?? []).Select(figure => new FigureIssued(
                        issued.Document.Id,
                        issued.Document.Kind,
                        issued.IssuedSeq,
                        issued.IssuedAt,
                        figure
                    ))
                )
                .Concat(Digests(state))
                .OrderBy(one => one.Seq),
        ];

    private static IEnumerable<FigureIssued> Digests(BooksState state) =>
        from entry in state.Entries
        where entry.Kind == DigestSent.Kind
        let sent = entry.Read(DigestJson.Default.DigestSent)
        from figure in sent.Figures
        select new FigureIssued($"{sent.Digest} {sent.From:yyyy-MM-dd}", "digest", entry.Seq, entry.At, figure);
}
