using System.IO.Compression;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.EndToEnd;

/// <summary>Errors that need more than one file or one line to be met, each with its reproducer.</summary>
internal static class ErrorCases
{
    private static readonly string Good = SomeRow.Csv(new SomeRow("1"));

    private static readonly string Mapping = """
        kind: Mapping
        name: bills
        files: ["bill*.csv"]
        columns:
          BilledCost: "[Amount]"
          BillingCurrency: "'USD'"
          ChargePeriodStart: "[Day]"
          ChargePeriodEnd: "day_after([Day])"

        """;

    public static readonly IReadOnlyList<ErrorCase> All =
    [
        new("ingestion/cannot-open", "a pipe in place of a file", "pipe.csv", "Write its content to a file", PipeAsync),
        new(
            "ingestion/damaged-workbook",
            "an xlsx whose list of sheets breaks off",
            "sheets.xlsx",
            "save the sheet as CSV",
            test => Ingest(test, test.WriteBytes("sheets.xlsx", BrokenWorkbook()))
        ),
        new(
            "ingestion/delivered-twice",
            "a file of two months under another source, after one of the months was withdrawn",
            "two.csv",
            "bursar withdraw",
            DeliveredTwiceAsync
        ),
        new(
            "ingestion/file-changed",
            "a file that grows while it is read",
            "growing.csv",
            "deliver it again",
            FileChangedAsync
        ),
        new(
            "ingestion/mapping-without-cost",
            "a mapping by file name, and a file without its cost column",
            "bill.csv is read as bills",
            "Check the column names of the mapping",
            test => Mapped(test, "Day,Thing\n2026-03-01,1\n")
        ),
        new(
            "ingestion/mapping-without-day",
            "a mapping by file name, and a file without its column of days",
            "bill.csv is read as bills",
            "bill.csv --set",
            test => Mapped(test, "Amount,Thing\n2,1\n")
        ),
        new(
            "ingestion/missing-part",
            "a manifest that names a file which is not there",
            "part-2.csv",
            "Fetch the whole export again",
            MissingPartAsync
        ),
        new(
            "ingestion/mostly-unreadable",
            "200,001 rows with words for amounts",
            "words.csv: 200001 of its records",
            "decimal comma",
            test => Ingest(test, test.Write("words.csv", SomeRow.Csv(Many(200_001))))
        ),
        new(
            "ingestion/no-charges",
            "a cluster's rate card",
            "card.csv",
            "bursar source add card.csv",
            test => Ingest(test, test.Write("card.csv", "metric.name,tiered_rates,cost_type\ncpu,1,x\n"))
        ),
        new(
            "ingestion/open-quote",
            "a cell that opens a quote and does not close it",
            "quote.csv: record 1",
            "Close the quote",
            test =>
                Ingest(
                    test,
                    test.Write(
                        "quote.csv",
                        SomeRow
                            .Csv(new SomeRow("1") { Description = "MARK" }, new SomeRow("2"), new SomeRow("3"))
                            .Replace("MARK", "\"open", StringComparison.Ordinal)
                    )
                )
        ),
        new(
            "ingestion/other-dataset",
            "`bursar source add` with FOCUS Invoice Detail",
            "lines.csv is the FOCUS dataset InvoiceDetail",
            "Cost and Usage",
            test =>
                test.RunAsync(
                    "source",
                    "add",
                    test.Write(
                        "lines.csv",
                        "InvoiceDetailId,InvoiceId,InvoiceIssueStatus,InvoiceDetailGrain\n1,A,Issued,{}\n"
                    )
                )
        ),
        new(
            "ingestion/out-of-memory",
            "a parquet file with a column of cells of 20 MB each",
            "large.parquet needs more memory",
            "cells of many megabytes",
            OutOfMemoryAsync
        ),
        new(
            "ingestion/overlapping-accounts",
            "accounts a1 and a2, then a1 and a3, from a source that overwrites",
            "a1, a3",
            "bursar withdraw",
            test => Twice(test, [Account("a1"), Account("a2")], [Account("a1"), Account("a3")])
        ),
        new(
            "ingestion/records-lost",
            "a record of 70 MB",
            "long.csv holds",
            "a record longer than 32 MB",
            test =>
                Ingest(
                    test,
                    test.Write(
                        "long.csv",
                        SomeRow.Csv(
                            new SomeRow("1"),
                            new SomeRow("2") { Description = new string('d', 70_000_000) },
                            new SomeRow("3")
                        )
                    )
                )
        ),
        new(
            "ingestion/set-not-whole",
            "a new version of a month, one file of which is empty",
            "a file of this set is missing or was refused",
            "Deliver the whole set",
            SetNotWholeAsync
        ),
        new(
            "source/no-currency",
            "`bursar source add` with amounts in no currency",
            "plain.csv",
            "--currency EUR",
            test => Add(test, "plain.csv", "Vendor,Amount,Day\nX,2,2026-03-01\nY,3,2026-03-02\n")
        ),
        new(
            "source/no-day",
            "`bursar source add` with amounts of no day",
            "timeless.csv",
            "ChargePeriodStart='2026-09-01'",
            test => Add(test, "timeless.csv", "Vendor,Amount,Currency\nX,2,USD\nY,3,USD\n")
        ),
        new(
            "series/at-once",
            "two commands that load the same series at once",
            "orders",
            "Run the command again",
            AtOnceAsync
        ),
        new(
            "audit/rows-differ",
            "daily sums of another delivery copied over those of the question",
            "The rows come to",
            "bursar verify",
            RowsDifferAsync
        ),
        new(
            "deliveries/counts-already",
            "a held delivery whose file was taken meanwhile, under another source",
            "counts already",
            "bursar deliveries reject",
            CountsAlreadyAsync
        ),
        new("tags/cannot-write", "`--junit` into a folder that is not there", "x.xml", "may write to", TagsAsync),
    ];

    private static SomeRow Account(string account) => new("1") { Account = account };

    private static IEnumerable<SomeRow> Many(int rows) => Enumerable.Repeat(new SomeRow("much"), rows);

    private static Task<BursarResult> Ingest(BooksTest test, params string[] files) =>
        test.RunAsync(["ingest", .. files, "--source", "s"]);

    private static Task<BursarResult> Add(BooksTest test, string name, string content) =>
        test.RunAsync("source", "add", test.Write(name, content));

    private static Task<BursarResult> Mapped(BooksTest test, string content)
    {
        test.Write("rulebook/bills.yaml", Mapping);
        return Ingest(test, test.Write("bill.csv", content));
    }

    private static async Task<BursarResult> Twice(BooksTest test, SomeRow[] first, SomeRow[] second)
    {
        test.DeclareOverwrite("s");
        await test.BookAsync(test.Write("first.csv", SomeRow.Csv(first)), "--source", "s");
        return await Ingest(test, test.Write("second.csv", SomeRow.Csv(second)));
    }

    private static async Task<BursarResult> SetNotWholeAsync(BooksTest test)
    {
        test.DeclareOverwrite("s");
        await test.BookAsync(test.Write("first.csv", Good), "--source", "s");
        return await Ingest(test, test.Write("second.csv", SomeRow.Csv(new SomeRow("2"))), test.Write("empty.csv", ""));
    }

    private static Task<BursarResult> MissingPartAsync(BooksTest test)
    {
        test.Write("export/part-1.csv", Good);
        test.Write("export/manifest.json", """{"files":["part-1.csv","part-2.csv"]}""");
        return Ingest(test, Path.Combine(test.Path, "export"));
    }

    private static async Task<BursarResult> PipeAsync(BooksTest test)
    {
        var path = Path.Combine(test.Path, "pipe.csv");
        await OtherProgram.RunAsync("mkfifo", path);
        // A pipe that somebody holds open for both can be opened without waiting for the other end.
        await using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        return await Ingest(test, path);
    }

    private static Task<BursarResult> OutOfMemoryAsync(BooksTest test)
    {
        var path = Path.Combine(test.Path, "large.parquet");
        var csv = test.Write("small.csv", SomeRow.Csv(Enumerable.Repeat(new SomeRow("1"), 100)));
        using (
            var engine = DuckDbEngine.Open(
                new DuckDbOptions
                {
                    MemoryLimitBytes = 6_000_000_000,
                    TempDirectory = test.Path,
                    Threads = 1,
                }
            )
        )
        using (var session = engine.Connect())
            session.Execute(
                $"COPY (SELECT *, repeat('x', 20000000) AS x_Note FROM read_csv('{csv}', all_varchar=true)) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
            );
        return Ingest(test, path);
    }

    private static async Task<BursarResult> DeliveredTwiceAsync(BooksTest test)
    {
        var file = test.Write("two.csv", SomeRow.Csv(new SomeRow("1"), new SomeRow("2") { Month = "2026-04" }));
        var ids = await test.BookAsync(file, "--source", "first");
        await test.RunAsync("withdraw", ids[0], "--reason", "wrong");
        return await test.RunAsync("ingest", file, "--source", "second");
    }

    /// <summary>Somebody writes all the while; a quick machine may yet see none of it, so it is tried again.</summary>
    private static async Task<BursarResult> FileChangedAsync(BooksTest test)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = test.Write("growing.csv", SomeRow.Csv(Enumerable.Repeat(new SomeRow($"{attempt}"), 2_000)));
            using var stop = new CancellationTokenSource();
            var writer = Task.Run(() =>
            {
                while (!stop.IsCancellationRequested)
                    File.AppendAllText(path, Good.Split('\n')[1] + "\n");
            });
            var result = await Ingest(test, path);
            await stop.CancelAsync();
            await writer;
            if (result.Error.Contains("file-changed", StringComparison.Ordinal) || attempt == 50)
                return result;
        }
    }

    private static async Task<BursarResult> AtOnceAsync(BooksTest test)
    {
        test.Write(
            "rulebook/orders.yaml",
            "kind: Series\nname: orders\nunit: orders\nsource: Orders\ntime: Month\nvalue: Orders\nfiles: [\"orders*.csv\"]\n"
        );
        for (var attempt = 1; ; attempt++)
        {
            var files = Enumerable
                .Range(0, 6)
                .Select(i => test.Write($"orders-{attempt}-{i}.csv", $"Month,Orders\n2026-01,{attempt * 10 + i}\n"))
                .ToList();
            var results = await Task.WhenAll(
                files.Select(file => Task.Run(() => test.RunAsync("series", "load", file)))
            );
            var found = results.FirstOrDefault(result => result.Error.Contains("at-once", StringComparison.Ordinal));
            if (found is not null || attempt == 50)
                return found ?? results[0];
        }
    }

    private static async Task<BursarResult> RowsDifferAsync(BooksTest test)
    {
        await test.BookAsync(test.Write("a.csv", Good), "--source", "a");
        var more = new SomeRow("2") { Month = "2026-02", Resource = "other" };
        await test.BookAsync(test.Write("b.csv", SomeRow.Csv(more)), "--source", "b");
        await test.TotalAsync();
        var daily = Directory
            .EnumerateFiles(test.Books, "*", SearchOption.AllDirectories)
            .Where(path => path.Replace('\\', '/').Contains("/daily/", StringComparison.Ordinal))
            .ToList();
        foreach (var path in daily.Where(path => Path.GetFileName(path).StartsWith("a-", StringComparison.Ordinal)))
        {
            var other = daily.Single(one =>
                Path.GetFileName(one).StartsWith("b-", StringComparison.Ordinal)
                && Path.GetExtension(one) == Path.GetExtension(path)
            );
            File.Copy(other, path, overwrite: true);
        }
        return await test.RunAsync("audit", "export", Path.Combine(test.Path, "evidence.zip"));
    }

    private static async Task<BursarResult> CountsAlreadyAsync(BooksTest test)
    {
        test.DeclareOverwrite("s");
        await test.BookAsync(test.Write("first.csv", SomeRow.Csv(new SomeRow("100"))), "--source", "s");
        var second = test.Write("second.csv", SomeRow.Csv(new SomeRow("40")));
        await test.IngestAsync(second, "--source", "s");
        var held = (await test.JsonAsync("deliveries"))
            .GetProperty("deliveries")
            .EnumerateArray()
            .Single(one => one.GetProperty("state").GetString() == "held")
            .GetProperty("id")
            .GetString()!;
        await test.BookAsync(second, "--source", "other");
        return await test.RunAsync("deliveries", "release", held, "--reason", "it is right");
    }

    private static Task<BursarResult> TagsAsync(BooksTest test)
    {
        test.Write("rulebook/tags.yaml", "kind: TagPolicy\nname: tags\nkeys:\n  - key: team\n    required: true\n");
        var plan = test.Write("plan.csv", "resource,type,tags\na,vm,\n");
        return test.RunAsync("tags", "check", plan, "--draft", "--junit", Path.Combine(test.Path, "no", "x.xml"));
    }

    private static byte[] BrokenWorkbook()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("xl/workbook.xml").Open())
            entry.Write("<workbook><sheets>"u8);
        return packed.ToArray();
    }
}
