using System.IO.Compression;
using System.Text;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Audit;

/// <summary>Where a number comes from, for somebody who has not the books (DAT-16, GOV-09).</summary>
public sealed class EvidenceTests
{
    private static readonly string[] Files =
    [
        "README.txt",
        "question.json",
        "figure.json",
        "figure.csv",
        "rows.csv",
        "deliveries.csv",
        "rules/company.yaml",
        "journal.jsonl",
        "SHA256SUMS",
    ];

    [Fact]
    public async Task The_worked_example_of_the_readme()
    {
        using var test = await TwoChargesAsync();

        var written = await test.JsonAsync("audit", "export", Zip(test));
        Assert.Equal("3.75", written.GetProperty("totals")[0].GetProperty("amount").GetRawText());
        Assert.Equal(2, written.GetProperty("rows").GetInt32());
        using (var zip = ZipFile.OpenRead(Zip(test)))
        {
            Assert.Equal(Files, zip.Entries.Select(entry => entry.FullName));
            var rows = Text(zip, "rows.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(3, rows.Length);
            Assert.Contains("aws.csv,2,USD,2.25", rows[1]);
            Assert.Contains("aws.csv,1,USD,1.5", rows[2]);
            Assert.Contains("EffectiveCost: 3.75 USD", Text(zip, "README.txt"));
        }
        var check = await test.JsonAsync("audit", "check", Zip(test));
        Assert.True(check.GetProperty("passed").GetBoolean());
        Assert.Equal(2, check.GetProperty("rows").GetInt32());

        Change(Zip(test), "rows.csv", "2.25", "2.26");
        var changed = await test.RunAsync("audit", "check", Zip(test));
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("rows.csv was changed", changed.Error);
        Assert.Contains("The rows come to 3.76 USD, the figure is 3.75", changed.Error);
    }

    [Theory]
    [InlineData("journal.jsonl", "\"actor\":\"", "\"actor\":\"not-", "does not have the hash")]
    [InlineData("rules/company.yaml", "USD", "EUR", "not those that were published")]
    [InlineData("question.json", "\"journalEntry\":", "\"journalentry\":", "question.json was changed")]
    public async Task A_change_anywhere_is_found(string file, string old, string changed, string found)
    {
        using var test = await TwoChargesAsync();
        await test.RunAsync("audit", "export", Zip(test));
        Change(Zip(test), file, old, changed);

        var check = await test.RunAsync("audit", "check", Zip(test));

        Assert.Equal(1, check.ExitCode);
        Assert.Contains(found, check.Error);
    }

    [Fact]
    public async Task The_export_itself_stands_in_the_journal_and_the_books_continue_it()
    {
        using var test = await TwoChargesAsync();
        var written = await test.JsonAsync("audit", "export", Zip(test), "--by", "ServiceName");

        var trail = await test.JsonAsync("audit", "trail");
        var kinds = trail.GetProperty("rows").EnumerateArray().Select(row => row[3].GetString()).ToList();
        Assert.Equal(["rulebook-published", "deliveries-committed", "evidence-exported"], kinds);
        Assert.Contains(written.GetProperty("sha256").GetString()!, trail.GetProperty("rows")[2][4].GetString());
        var audit = await test.RunAsync("verify", "--head", written.GetProperty("head").GetString()!);
        Assert.True(audit.ExitCode == 0, audit.ToString());
    }

    [Fact]
    public async Task The_same_figure_as_of_the_same_moment_gives_the_same_bytes()
    {
        using var test = await TwoChargesAsync();
        var first = await test.JsonAsync("audit", "export", Zip(test), "--as-of", "#2");
        var second = await test.JsonAsync("audit", "export", Zip(test) + "2", "--as-of", "#2");
        Assert.Equal(first.GetProperty("sha256").GetString(), second.GetProperty("sha256").GetString());
        Assert.Equal(2, second.GetProperty("entry").GetInt32());
    }

    [Fact]
    public async Task The_question_in_the_archive_asks_the_same_again()
    {
        using var test = await TwoChargesAsync();
        string[] question =
        [
            "--by",
            "ServiceName,x_CostCentre",
            "--where",
            "ServiceName=Amazon EC2,EC2",
            "--from",
            "2026-03",
            "--to",
            "2026-03-20",
            "--top",
            "3",
        ];
        var written = await test.JsonAsync(["audit", "export", Zip(test), .. question]);
        Assert.Equal(
            "bursar costs --by ServiceName,x_CostCentre --where \"ServiceName=Amazon EC2,EC2\" --from 2026-03 "
                + "--to 2026-03-20 --measure EffectiveCost --top 3",
            written.GetProperty("question").GetString()
        );
    }

    [Fact]
    public async Task What_cannot_be_written_or_read_says_why_and_leaves_nothing()
    {
        using var test = await TwoChargesAsync();
        var nowhere = System.IO.Path.Combine(test.Path, "no-such-folder", "evidence.zip");
        var refused = await test.RunAsync("audit", "export", nowhere);
        Assert.Contains("audit/cannot-write", refused.Error);
        Assert.DoesNotContain(
            "evidence-exported",
            await File.ReadAllTextAsync(
                System.IO.Path.Combine(test.Books, "journal.jsonl"),
                TestContext.Current.CancellationToken
            )
        );

        var noZip = await test.RunAsync("audit", "check", test.Write("evidence.zip", "not a zip"));
        Assert.Contains("audit/no-evidence", noZip.Error);
        var missing = await test.RunAsync("audit", "check", nowhere);
        Assert.Contains("audit/no-evidence", missing.Error);
    }

    private static async Task<BooksTest> TwoChargesAsync()
    {
        var test = new BooksTest();
        test.Write("rulebook/company.yaml", "kind: Organisation\nname: aldermoor\nreportingCurrency: USD\n");
        var published = await test.RunAsync("publish");
        Assert.True(published.ExitCode == 0, published.ToString());
        await test.BookAsync(
            test.Write("aws.csv", SomeRow.Csv([new SomeRow("1.50"), new SomeRow("2.25")])),
            "--source",
            "aws"
        );
        return test;
    }

    private static string Zip(BooksTest test) => System.IO.Path.Combine(test.Path, "evidence.zip");

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static void Change(string path, string name, string old, string changed)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        var text = Text(zip, name);
        Assert.Contains(old, text);
        zip.GetEntry(name)!.Delete();
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal)));
    }
}
