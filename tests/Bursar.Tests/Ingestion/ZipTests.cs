using System.IO.Compression;
using System.Text;

namespace Bursar.Tests.Ingestion;

/// <summary>Reports in zip archives, as AWS delivers them, are read like any others (DAT-01).</summary>
public sealed class ZipTests
{
    private static readonly string Good = SomeRow.Csv(new SomeRow("1.25"));

    [Fact]
    public async Task The_one_table_of_a_zip_archive_is_the_file_and_the_books_keep_it_as_it_came()
    {
        using var test = new BooksTest();
        test.WriteBytes(
            "export/report-00001.csv.zip",
            Zip(
                ("report/", ""),
                ("__MACOSX/._report.csv", "x"),
                ("report-Manifest.json", "{}"),
                ("report/report.csv", Good)
            )
        );
        await test.BookAsync(test.Path + "/export");
        Assert.Equal("1.25", await test.TotalAsync());
        Assert.Single(Directory.GetFiles(test.Books, "*.zip", SearchOption.AllDirectories));
        await test.VerifyPassesAsync();
        Assert.Empty((await test.IngestAsync(test.Path + "/export")).Deliveries);
    }

    [Fact]
    public async Task A_manifest_that_names_a_zip_file_which_is_not_there_stops_the_export()
    {
        using var test = new BooksTest();
        test.Write("export/cur-Manifest.json", """{"reportKeys": ["cur/1/cur-1.csv.zip", "cur/1/cur-2.csv.zip"]}""");
        test.WriteBytes("export/cur-1.csv.zip", Zip(("cur-1.csv", Good)));
        var outcome = await test.IngestAsync(test.Path + "/export");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("cur-2.csv.zip", outcome.Result.ToString());
    }

    [Fact]
    public async Task Several_tables_in_one_archive_are_named_and_not_mixed()
    {
        using var test = new BooksTest();
        var file = test.WriteBytes("two files.zip", Zip(("a.csv", Good), ("b.csv", Good)));
        await RefusedAsync(test, file, "ingestion/several-in-archive", "a.csv, b.csv");
        await RefusedAsync(test, file, "ingestion/several-in-archive", $"`unzip \"{file}\" -d FOLDER`");
        await RefusedAsync(
            test,
            test.WriteBytes("none.zip", Zip(("x/", ""))),
            "ingestion/several-in-archive",
            "without a file"
        );
    }

    [Fact]
    public async Task An_archive_that_fills_the_disk_is_stopped()
    {
        using var test = new BooksTest();
        var file = test.WriteBytes("bomb.zip", Zip(("a.csv", new string('0', 80 << 20))));
        await RefusedAsync(test, file, "ingestion/damaged-archive", "more than 500 times its size");
    }

    [Fact]
    public async Task A_damaged_archive_or_one_that_is_no_table_says_so()
    {
        using var test = new BooksTest();
        var whole = Zip(("a.csv", string.Concat(Enumerable.Range(0, 500).Select(i => $"{i * 7919},{Good}"))));
        await RefusedAsync(
            test,
            test.WriteBytes("cut.zip", whole[..^200]),
            "ingestion/damaged-archive",
            "cannot be unpacked"
        );
        var changed = whole.ToArray();
        changed[60] ^= 0x55;
        await RefusedAsync(
            test,
            test.WriteBytes("changed.zip", changed),
            "ingestion/damaged-archive",
            "cannot be unpacked"
        );
        await RefusedAsync(
            test,
            test.WriteBytes("letter.docx", Zip(("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>"))),
            "ingestion/not-a-table",
            "office document"
        );
        await RefusedAsync(
            test,
            test.WriteBytes("nested.zip", Zip(("inner.parquet", "PAR1 and so on"))),
            "ingestion/not-a-table",
            "inside the zip archive"
        );
    }

    private static async Task RefusedAsync(BooksTest test, string file, string code, string said)
    {
        var refused = await test.RunAsync("ingest", file);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(code, refused.Error);
        Assert.Contains(said, refused.Error.ReplaceLineEndings(" "));
    }

    private static byte[] Zip(params (string Name, string Content)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return stream.ToArray();
    }
}
