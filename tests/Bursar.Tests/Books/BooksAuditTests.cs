using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Tests.Books;

public sealed class BooksAuditTests
{
    [Fact]
    public void Books_that_are_whole_pass()
    {
        using var some = new SomeBooks();
        some.CommitWithFile("a", [1, 2, 3]);
        some.Books.PublishRulebook("mia", [new("organisation.yaml", "kind: Organisation\n"u8.ToArray())], "first");
        some.Books.IssueDocument("mia", "brief", "brief.html", "March 2026", "<html>"u8.ToArray());

        var told = new List<AuditProgress>();
        var audit = BooksAudit.Run(some.Reopened(), progress: new Told(told));

        Assert.True(audit.Passed);
        Assert.Empty(audit.Findings);
        Assert.Equal((3, 3, 3 + 19 + 6), (audit.Entries, audit.Files, audit.Bytes));
        Assert.Contains(new AuditProgress(3, 3, audit.Bytes), told);
    }

    [Fact]
    public void The_books_continue_the_journal_whose_head_was_printed()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        var printed = some.Books.Current().HeadHash;
        some.Commit("b");

        Assert.True(BooksAudit.Run(some.Books, printed).Passed);
        Assert.True(BooksAudit.Run(some.Books, printed[..16].ToUpperInvariant()).Passed);
        foreach (var wrong in new[] { printed[..6], new string('a', 64), "", printed + "0" })
            Assert.Equal("books/other-journal", Assert.Single(BooksAudit.Run(some.Books, wrong).Findings).Code);
    }

    /// <summary>
    /// Someone who rewrites the whole journal, hashes and head included, is still found out by the paper.
    /// </summary>
    [Fact]
    public void A_journal_written_anew_does_not_continue_the_paper()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        var printed = some.Books.Current().HeadHash;
        using var other = new SomeBooks();
        other.Commit("x");
        File.Copy(other.Journal, some.Journal, overwrite: true);
        File.Copy(other.Head, some.Head, overwrite: true);

        Assert.True(BooksAudit.Run(some.Reopened()).Passed);
        Assert.Equal("books/other-journal", Assert.Single(BooksAudit.Run(some.Reopened(), printed).Findings).Code);
    }

    [Fact]
    public void A_changed_rule_and_a_changed_issued_document_are_named()
    {
        using var some = new SomeBooks();
        some.Books.PublishRulebook("mia", [new("rules/a.yaml", "kind: X\n"u8.ToArray())]);
        var issued = some.Books.IssueDocument("mia", "brief", "brief.html", "March", "<html>"u8.ToArray());
        Assert.Equal("brief-2026-04-03-1", issued.Id);
        Assert.Equal("brief-2026-04-03-2", some.Books.IssueDocument("mia", "brief", "brief.html", "March", [1]).Id);
        var hash = some.Books.Current().Rulebook!.Hash;
        File.WriteAllText(some.Books.Folder.FullPath($"rulebooks/{hash}/rules/a.yaml"), "kind: Y\n");
        File.WriteAllText(some.Books.Folder.FullPath(issued.Path), "<htmX>");

        var findings = BooksAudit.Run(some.Books).Findings;

        Assert.Equal(["books/file-changed", "books/file-changed"], findings.Select(f => f.Code));
        Assert.Contains("rules/a.yaml (rulebook " + hash, findings[0].Message);
        Assert.Contains("issued brief brief-2026-04-03-1", findings[1].Message);
    }

    [Fact]
    public void A_rulebook_is_named_by_the_checksum_of_its_checksum_lines()
    {
        using var some = new SomeBooks();
        some.Books.PublishRulebook("mia", [new("b.yaml", "2"u8.ToArray()), new("a/x.yaml", "1"u8.ToArray())], "why");
        var lines = $"{Checksum.Of("1"u8)}  a/x.yaml\n{Checksum.Of("2"u8)}  b.yaml\n";
        var rulebook = some.Books.Current().Rulebook!;
        Assert.Equal(Checksum.Of(Encoding.UTF8.GetBytes(lines)), rulebook.Hash);
        Assert.Equal(
            ("why", 1, "mia", SomeBooks.Start),
            (rulebook.Note, rulebook.PublishedSeq, rulebook.PublishedBy, rulebook.PublishedAt)
        );

        // The same again changes nothing; an earlier one may come back.
        Assert.Null(
            some.Books.PublishRulebook("mia", [new("a/x.yaml", "1"u8.ToArray()), new("b.yaml", "2"u8.ToArray())])
        );
        some.Books.PublishRulebook("mia", [new("b.yaml", "3"u8.ToArray())]);
        some.Books.PublishRulebook("mia", [new("b.yaml", "2"u8.ToArray()), new("a/x.yaml", "1"u8.ToArray())]);
        Assert.Equal(3, some.Books.Current().RulebookHistory.Count);
        Assert.Equal(rulebook.Hash, some.Books.AsOf(1).Rulebook!.Hash);
        Assert.True(BooksAudit.Run(some.Books).Passed);
    }

    [Fact]
    public void Files_that_no_entry_names_are_noted_and_swept_but_nothing_else()
    {
        using var some = new SomeBooks();
        var booked = some.CommitWithFile("a", [1]);
        var orphan = Path.Combine(some.Folder, "charges", "aws", "2026-03", "killed.parquet");
        File.WriteAllBytes(orphan, [2]);
        var raw = some.Books.Folder.FullPath(booked.Delivery.SourceFiles[0].Kept!);
        Directory.CreateDirectory(Path.GetDirectoryName(raw)!);
        File.WriteAllBytes(raw, [3]);

        var audit = BooksAudit.Run(some.Books);
        Assert.True(audit.Passed);
        Assert.Contains(
            "charges/aws/2026-03/killed.parquet",
            Assert.Single(audit.Findings, f => f.Severity == Severity.Note).Message
        );

        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(orphan));
        Assert.Empty(BooksSweep.Run(some.Books, olderThan: written.AddHours(-1)));
        Assert.Equal(
            ["charges/aws/2026-03/killed.parquet"],
            BooksSweep.Run(some.Books, olderThan: written.AddHours(1))
        );
        Assert.False(File.Exists(orphan));
        Assert.True(File.Exists(raw));
        Assert.Empty(BooksAudit.Run(some.Books).Findings);
    }

    [Fact]
    public void Temporary_files_of_a_living_command_stay_and_those_of_a_dead_one_go()
    {
        using var some = new SomeBooks();
        using var living = some.Books.Stage();
        File.WriteAllBytes(living.PathOf("work.csv"), [1]);
        var dead = Path.Combine(some.Folder, "tmp", "99999-dead");
        Directory.CreateDirectory(dead);
        File.WriteAllBytes(Path.Combine(dead, "left.csv"), [1]);

        Assert.Equal(1, StagingArea.Sweep(some.Books.Folder));

        Assert.False(Directory.Exists(dead));
        Assert.True(File.Exists(living.PathOf("work.csv")));
        living.Dispose();
        Assert.False(Directory.Exists(living.Folder));
    }

    [Fact]
    public void A_booked_file_is_never_written_over_with_something_else()
    {
        using var some = new SomeBooks();
        some.CommitWithFile("a", [1]);
        using var staging = some.Books.Stage();
        File.WriteAllBytes(staging.PathOf("other"), [2]);
        var other = StagingArea.Seal(staging.PathOf("other"));

        Assert.Throws<InvalidOperationException>(() =>
            some.Books.Commit(
                "mia",
                (_, publication) =>
                {
                    publication.Publish(other, "charges/aws/2026-03/a.parquet");
                    return null;
                }
            )
        );
        Assert.True(BooksAudit.Run(some.Books).Passed);
    }

    [Fact]
    public void Where_there_are_no_books_the_way_to_start_is_told()
    {
        var folder = Path.Combine(Path.GetTempPath(), "no-books-" + Guid.NewGuid().ToString("N"));
        var refused = Assert.Throws<RefusedException>(() => BooksOfRecord.Open(folder));
        Assert.Equal($"There are no books at {folder}.", refused.Message);
        Assert.StartsWith("Start with `bursar ingest FILE` or `bursar demo`", refused.Diagnostic.Remedy);
        Assert.False(Directory.Exists(folder));
    }

    private sealed class Told(List<AuditProgress> told) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            lock (told)
                told.Add(value);
        }
    }
}
