using System.Globalization;
using Bursar.Core.Diagnostics;

namespace Bursar.Warehouse.Books;

/// <summary>Every way in which a journal can be refused, with what to do about it.</summary>
internal static class JournalDamage
{
    public const string HeadRemedy =
        "Restore the books from a backup. If only journal.head is lost, prove the journal with a hash that was printed on paper: "
        + "write {\"seq\":N,\"hash\":\"…\"} of the last line of journal.jsonl into journal.head, then run `bursar verify --head HASH`.";

    private const string Restore =
        "Restore journal.jsonl and journal.head from a backup; `bursar verify` tells whether the copy is whole.";

    public static RefusedException Changed(BooksFolder books, long seq, string what) =>
        new(
            "books/journal-damaged",
            string.Create(CultureInfo.InvariantCulture, $"{books.Journal} was changed or damaged: entry {seq} {what}."),
            Restore
        );

    public static RefusedException TailMissing(BooksFolder books, long found, JournalHead head) =>
        new(
            "books/journal-tail-missing",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{books.Journal} lost its end: it holds {found} whole entries, but journal.head says there were {head.Seq}."
            ),
            Restore
        );

    public static RefusedException Rewritten(BooksFolder books, JournalHead head) =>
        new(
            "books/journal-rewritten",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{books.Journal} is not the journal that journal.head knows: entry {head.Seq} has another hash."
            ),
            Restore
        );

    public static RefusedException HeadMissing(BooksFolder books) =>
        new(
            "books/head-missing",
            $"{books.Head} is missing, so nothing shows whether the journal lost its end.",
            HeadRemedy
        );
}
