using System.IO.Compression;
using System.Text;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.EndToEnd;

/// <summary>
/// Reproducers of the error catalogue: what a user delivers or types, and the code of docs/errors.md that comes of it.
/// </summary>
public sealed class EveryErrorTests
{
    private const string Payables = "Vendor,Invoice No,Amount,Currency,Period\n";

    private static readonly string Good = SomeRow.Csv(new SomeRow("1"));

    /// <summary>A file by its name, and the code under which it is refused.</summary>
    private static readonly (string Code, string File, byte[] Content)[] Delivered =
    [
        ("ingestion/empty-file", "empty.csv", []),
        ("ingestion/no-rows", "header.csv", Text(Good.Split('\n')[0] + "\n")),
        ("ingestion/duplicate-header", "twice.csv", Text("BilledCost,BilledCost\n1,1\n")),
        ("ingestion/not-focus", "other.csv", Text("a,b\n1,2\n")),
        ("ingestion/not-a-table", "binary.csv", [0, 1, 2, 3, 4, 5]),
        ("ingestion/damaged-workbook", "workbook.xlsx", [(byte)'P', (byte)'K', 3, 4, 9, 9]),
        ("ingestion/not-a-table", "text.csv", [0xFF, 0xFE, 0, 0, 65, 0, 0, 0]),
        ("ingestion/damaged-text", "half.csv", [0xFF, 0xFE, 65, 0, 66]),
        ("ingestion/damaged-json", "cut.json", Text("{\"a\":[1,")),
        ("ingestion/damaged-archive", "cut.csv.gz", [.. Gzip(Good).Take(40)]),
        ("ingestion/damaged-archive", "changed.csv.gz", Changed(Gzip(Good))),
        ("ingestion/several-in-archive", "two.zip", TwoFiles()),
        ("ingestion/unreadable-file", "damaged.parquet", Text("PAR1 and no more PAR1")),
        ("ingestion/no-readable-row", "words.csv", Text(SomeRow.Csv(new SomeRow("much")))),
        ("ingestion/no-readable-row", "blank.csv", Text(Blank())),
        ("ingestion/not-a-table", "profile.json", Text("""[{"values":{"Usage":1,"Usage ":2}}]""")),
        ("ingestion/not-focus", "model.json", Text("""{"rules":[{"id":"a","check":"b"}]}""")),
        ("ingestion/no-currency", "plain.csv", Text(WithoutCurrency())),
        ("ingestion/amounts-too-large", "large.csv", Text(SomeRow.Csv(Large("i-1"), Large("i-2")))),
    ];

    /// <summary>What is typed where one small bill is booked, and the code of the answer.</summary>
    private static readonly (string Code, string[] Typed)[] Commands =
    [
        ("ingestion/no-such-file", ["ingest", "nowhere.csv"]),
        ("ingestion/empty-folder", ["ingest", "{folder}"]),
        ("export/unknown-form", ["export", "out.xls"]),
        ("export/no-such-release", ["export", "out.csv", "--focus", "2.0"]),
        ("export/part-of-a-month", ["export", "out.csv", "--from", "2026-03-05"]),
        ("export/no-charges", ["export", "out.csv", "--from", "2031-01"]),
        ("export/cannot-write", ["export", "/proc/nowhere/out.csv"]),
        ("diff/unknown-rulebook", ["diff", "nothing"]),
        ("diff/unknown-rulebook", ["diff", "#1"]),
        ("diff/no-rules", ["diff", "published", "./nowhere"]),
        ("diff/bad-limit", ["diff", "--limit", "much"]),
        ("diff/bad-period", ["diff", "published", "published", "--period", "2026-03..2026-01"]),
        ("diff/no-cost", ["diff", "published", "published", "--measure", "ConsumedQuantity"]),
        ("diff/no-shared-field", ["diff", "published", "published", "--by", "ServiceName"]),
        ("rulebook/effective-within-month", ["publish", "--effective", "2026-10-15"]),
        ("trust/unknown-scope", ["trust", "--scope", "nobody"]),
        ("usage/bad-month", ["trust", "--month", "2026-3x"]),
        ("usage/bad-month", ["quality", "--month", "March"]),
        ("tags/cannot-read", ["tags", "check", "nowhere.json"]),
        ("invoices/unknown-number", ["invoices", "show", "INV-9"]),
        ("usage/bad-month", ["invoices", "--period", "soon"]),
        ("reconciliation/unknown-issuer", ["reconcile", "--period", "2026-03", "--issuer", "Nobody"]),
        ("usage/bad-month", ["reconcile", "--period", "soon"]),
        ("usage/bad-day", ["prepaid", "--at", "soon"]),
        ("records/unknown-kind", ["records", "wishes"]),
        ("records/unknown-kind", ["records", "import", "{payables}", "--as", "wishes"]),
        ("records/unrecognised", ["records", "import", "{other}"]),
        ("records/bad-pair", ["records", "import", "{payables}", "--map", "InvoiceId"]),
        ("records/unknown-field", ["records", "import", "{payables}", "--map", "Wish=Amount"]),
        ("records/unknown-column", ["records", "import", "{payables}", "--map", "InvoiceId=Wish"]),
        ("records/bad-record", ["records", "import", "{longer}"]),
        ("records/no-value", ["records", "import", "{gap}"]),
        ("records/missing-column", ["records", "import", "{other}", "--as", "invoices"]),
        ("source/no-such-template", ["source", "template", "wishes", "--to", "x.csv"]),
        ("source/cannot-write", ["source", "template", "saas-invoice", "--to", "{payables}"]),
        ("deliveries/no-reason", ["withdraw", "{delivery}", "--reason", " "]),
        ("deliveries/no-ruling-reason", ["deliveries", "release", "{delivery}", "--reason", " "]),
        ("deliveries/no-twin", ["deliveries", "choose", "{delivery}", "--reason", "better"]),
        ("books/not-held", ["deliveries", "release", "{delivery}", "--reason", "right"]),
        ("books/unknown-delivery", ["withdraw", "nothing", "--reason", "wrong"]),
    ];

    /// <summary>Every code that is met here.</summary>
    internal static IEnumerable<string> Codes =>
        Delivered.Select(one => one.Code).Concat(Commands.Select(one => one.Code));

    public static TheoryData<int> Files => [.. Enumerable.Range(0, Delivered.Length)];

    public static TheoryData<int> Questions => [.. Enumerable.Range(0, Commands.Length)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_cannot_be_taken_is_refused_by_its_code(int place)
    {
        var (code, name, content) = Delivered[place];
        using var test = new BooksTest();
        var result = await test.RunAsync("ingest", test.WriteBytes(name, content), "--source", "s");
        Assert.True(
            result.ExitCode is 1 or 2 && result.Error.Contains(code, StringComparison.Ordinal),
            $"{code}: {result}"
        );
        Assert.Contains(name, result.Error, StringComparison.Ordinal);
        Assert.Equal("none", await test.TotalAsync());
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_question_without_an_answer_says_so_by_its_code(int place)
    {
        var (code, typed) = Commands[place];
        using var test = new BooksTest();
        var ids = await test.BookAsync(test.Write("good.csv", Good));
        Directory.CreateDirectory(System.IO.Path.Combine(test.Path, "empty"));
        var names = new Dictionary<string, string>
        {
            ["{folder}"] = System.IO.Path.Combine(test.Path, "empty"),
            ["{payables}"] = test.Write("payables.csv", Payables + "Cloud One,INV-1,10,USD,2026-03\n"),
            ["{longer}"] = test.Write("longer.csv", Payables + "Cloud One,INV-1,10,USD,2026-03,more\n"),
            ["{gap}"] = test.Write("gap.csv", Payables + "Cloud One,,10,USD,2026-03\n"),
            ["{other}"] = test.Write("other.csv", "a,b\n1,2\n"),
            ["{delivery}"] = ids[0],
        };
        var result = await test.RunAsync([.. typed.Select(word => names.GetValueOrDefault(word, word))]);
        Assert.True(
            result.ExitCode is 1 or 2 && result.Error.Contains(code, StringComparison.Ordinal),
            $"{code}: {result}"
        );
        Assert.Equal("1", await test.TotalAsync());
    }

    /// <summary>The command, the API and the command's JSON: one code, and what to do about it.</summary>
    [Fact]
    public async Task A_reconciliation_of_empty_books_says_what_to_do()
    {
        using var test = new BooksTest();
        test.Write("rulebook/s.yaml", "kind: Source\nname: s\n");
        var published = await test.RunAsync("publish");
        Assert.True(published.ExitCode == 0, published.ToString());
        string[] said = ["reconciliation/nothing-there", "The books hold no charges.", "bursar ingest FILE"];

        foreach (var format in new[] { "table", "json" })
        {
            var result = await test.RunAsync("reconcile", "--format", format);
            Assert.Equal(1, result.ExitCode);
            Assert.Empty(result.Out);
            Assert.All(said, words => Assert.Contains(words, result.Error, StringComparison.Ordinal));
        }
        using var server = await ServerProcess.StartAsync(test.Path, "--books", "books", "--rulebook", "rulebook");
        var answer = await server.Client.GetAsync(
            server.At("/api/v1/reconciliation"),
            TestContext.Current.CancellationToken
        );
        Assert.False(answer.IsSuccessStatusCode);
        var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(said, words => Assert.Contains(words, problem, StringComparison.Ordinal));
        var page = await server.Client.GetStringAsync(server.At("/invoices"), TestContext.Current.CancellationToken);
        Assert.Contains("bursar ingest FILE", page, StringComparison.Ordinal);
    }

    private static byte[] TwoFiles()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("a.csv");
            archive.CreateEntry("b.csv");
        }
        return stream.ToArray();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static SomeRow Large(string resource) => new("99999999999999999999") { Resource = resource };

    private static string WithoutCurrency() =>
        Good.Replace("BillingCurrency", "Paid", StringComparison.Ordinal).Replace("USD", "", StringComparison.Ordinal);

    /// <summary>A row of a day and of nothing else.</summary>
    private static string Blank() =>
        "BilledCost,ChargePeriodStart,BillingCurrency,ServiceName\n,2026-03-01T00:00:00Z,,\n";

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Text(text));
        return packed.ToArray();
    }

    /// <summary>The checksum at its end no longer fits.</summary>
    private static byte[] Changed(byte[] packed)
    {
        packed[^6] ^= 1;
        return packed;
    }
}
