using System.IO.Compression;
using System.Text;

namespace Bursar.Tests.Ingestion;

/// <summary>Files as they must not be: Bursar never crashes, never loads wrong, and always says what to do.</summary>
public sealed class FuzzTests
{
    private static readonly SomeRow[] Ten =
    [
        .. Enumerable.Range(1, 10).Select(i => new SomeRow($"{i}") { Resource = $"i-{i}" }),
    ];

    private static readonly string Plain = SomeRow.Csv(Ten);

    [Fact]
    public async Task A_damaged_archive_is_refused_whole()
    {
        var whole = Gzip(Plain);
        var wrongCrc = whole.ToArray();
        wrongCrc[^6] ^= 1;
        var wrongLength = whole.ToArray();
        wrongLength[^2] ^= 1;
        (string Name, byte[] Bytes)[] damaged =
        [
            ("truncated.csv.gz", whole[..^20]),
            ("cut-in-trailer.csv.gz", whole[..^3]),
            ("header-only.csv.gz", whole[..5]),
            ("crc.csv.gz", wrongCrc),
            ("length.csv.gz", wrongLength),
            ("garbage-behind.csv.gz", [.. whole, .. "garbage"u8]),
            ("half-a-member-behind.csv.gz", [.. whole, .. whole[..^10]]),
        ];
        using var test = new BooksTest();
        foreach (var (name, bytes) in damaged)
        {
            var outcome = await test.IngestAsync(test.WriteBytes(name, bytes));
            Assert.True(outcome.ExitCode == 1 && outcome.Deliveries.Count == 0, $"{name}\n{outcome.Result}");
            Assert.StartsWith($"{name} is a gzip archive that cannot be unpacked", Assert.Single(outcome.Refused));
            Assert.Contains("Fetch the file again; nothing of it was loaded.", outcome.Said);
        }
        Assert.Equal("none", await test.TotalAsync());
    }

    [Fact]
    public async Task An_archive_of_several_members_is_read_to_its_end()
    {
        using var test = new BooksTest();
        var cut = Plain.Length / 2;
        await test.BookAsync(test.WriteBytes("a.csv.gz", [.. Gzip(Plain[..cut]), .. Gzip(""), .. Gzip(Plain[cut..])]));
        Assert.Equal("55", await test.TotalAsync());
    }

    [Theory]
    [InlineData("excel.csv", "PK\u0003\u0004xxxx", "excel.csv is a zip archive that cannot be unpacked")]
    [InlineData("binary.csv", "ab\0cd", "binary.csv holds binary data, not a table.")]
    [InlineData("empty.csv", "", "empty.csv is empty.")]
    [InlineData("header.csv", "@header", "header.csv has a header and no rows.")]
    [InlineData("parquet.parquet", "PAR1 and nothing else", "parquet.parquet cannot be read as a whole")]
    [InlineData(
        "twice.csv",
        "BilledCost,billedcost,BillingPeriodStart\n1,2,2026-03-01\n",
        "twice.csv: the header has \"BilledCost\" more than once (columns 1 and 2)."
    )]
    [InlineData(
        "comma.csv",
        "@comma",
        "comma.csv: none of its 2 rows can be booked. The first: record 1, BilledCost 1,5: Expected a number"
    )]
    [InlineData("one.csv", "just words in one line", "one.csv is not a FOCUS Cost and Usage file")]
    [InlineData("json.csv", "{\"BilledCost\": 1}", "json.csv is JSON, and its objects are no charges")]
    public async Task What_cannot_be_a_bill_is_refused_with_a_remedy(string name, string content, string reason)
    {
        using var test = new BooksTest();
        var text = content switch
        {
            "@header" => SomeRow.Csv(),
            "@comma" => SomeRow.Csv(";", "\n", new SomeRow("1,5"), new SomeRow("2,5")),
            _ => content,
        };
        var outcome = await test.IngestAsync(test.Write(name, text));
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith(reason, Assert.Single(outcome.Refused));
        Assert.True(outcome.Said.TrimEnd().Split('\n')[^1].Length > 10, outcome.Said);
        Assert.Equal("none", await test.TotalAsync());
    }

    [Fact]
    public async Task Records_with_too_few_or_too_many_cells_are_set_aside_with_their_number()
    {
        using var test = new BooksTest();
        var lines = Plain.TrimEnd('\n').Split('\n').ToList();
        lines[2] = "\"two\nlines\"" + lines[2][2..];
        lines.Insert(4, "a1,2026-03-01");
        lines.Insert(8, lines[7] + ",more,more");
        var outcome = await test.IngestAsync(test.Write("a.csv", string.Join('\n', lines)));
        Assert.Equal((10L, 2L), (outcome.Rows, outcome.Quarantined));
        Assert.Equal("55", await test.TotalAsync());
        var records = (await test.JsonAsync("deliveries", outcome.Ids[0]))
            .GetProperty("quarantine")
            .EnumerateArray()
            .ToList();
        Assert.Equal([4L, 8L], records.Select(record => record.GetProperty("record").GetInt64()));
        Assert.Equal(
            ["The record has fewer cells than the header.", "The record has more cells than the header."],
            records.Select(record => record.GetProperty("reason").GetString()!)
        );
        var rows = (await test.JsonAsync("explain", "--rows", "20")).GetProperty("rows").EnumerateArray();
        // Record 4 and 8 are the bad ones, so that the fourth good row is record 5 and the seventh record 9.
        Assert.Equal(
            [1L, 2, 3, 5, 6, 7, 9, 10, 11, 12],
            rows.OrderBy(row => row.GetProperty("amount").GetDecimal())
                .Select(row => row.GetProperty("record").GetInt64())
        );
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(4, 8)]
    public async Task A_quote_that_swallows_records_refuses_the_file(int opened, int? closed)
    {
        using var test = new BooksTest();
        var lines = Plain.TrimEnd('\n').Split('\n');
        lines[opened] = lines[opened].Replace("an hour", "\"an hour");
        if (closed is { } line)
            lines[line] = lines[line].Replace("a1,", "\"a1,");
        var outcome = await test.IngestAsync(test.Write("a.csv", string.Join('\n', lines) + "\n"));
        Assert.Equal((1, 0), (outcome.ExitCode, outcome.Deliveries.Count));
        Assert.Equal(
            $"a.csv: record {opened} opens a quote that is not closed in it, and so swallows records after it; "
                + "nothing was booked.",
            Assert.Single(outcome.Refused)
        );
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_set_aside_and_never_changed()
    {
        using var test = new BooksTest();
        var bytes = Encoding.Latin1.GetBytes(
            SomeRow.Csv(new SomeRow("1"), new SomeRow("2") { Service = "Größe" }, new SomeRow("4"))
        );
        var outcome = await test.IngestAsync(test.WriteBytes("a.csv", bytes));
        Assert.Equal((2L, 1L), (outcome.Rows, outcome.Quarantined));
        Assert.Equal("5", await test.TotalAsync());
        var record = (await test.JsonAsync("deliveries", outcome.Ids[0])).GetProperty("quarantine")[0];
        Assert.Equal("The text is not UTF-8.", record.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_cell_of_ten_megabytes_is_read_and_one_of_forty_is_never_lost_without_a_word()
    {
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write(
                "ten.csv",
                SomeRow.Csv(
                    new SomeRow("1"),
                    new SomeRow("2") { Description = new string('x', 10_000_000) },
                    new SomeRow("8")
                )
            )
        );
        Assert.Equal("11", await test.TotalAsync());
        SomeRow[] rows = [new("1"), new("4") { Description = new string('y', 40_000_000) }, new("8")];
        var outcome = await test.IngestAsync(test.Write("forty.csv", SomeRow.Csv(rows)), "--source", "forty");
        // Read whole, set aside or refused whole, as the engine's buffer has it; but never lost without a word.
        if (outcome.ExitCode == 0)
            Assert.Equal((3L, 0L), (outcome.Rows, outcome.Quarantined));
        else if (outcome.Deliveries.Count > 0)
            Assert.Equal((2L, 1L), (outcome.Rows, outcome.Quarantined));
        else
            Assert.StartsWith("forty.csv holds 3 records, but 2 could be read", Assert.Single(outcome.Refused));
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Amounts_beyond_every_sum_are_refused_and_not_wrapped()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write("a.csv", SomeRow.Csv(Enumerable.Repeat(new SomeRow("99999999999999999999"), 3)))
        );
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith(
            "a.csv: its amounts cannot be added up, so nothing of it was booked",
            Assert.Single(outcome.Refused)
        );
        await test.BookAsync(test.Write("b.csv", SomeRow.Csv(new SomeRow("60000000000000000000"))));
        await test.BookAsync(
            test.Write("c.csv", SomeRow.Csv(new SomeRow("60000000000000000000") { Month = "2026-04" }))
        );
        var asked = await test.RunAsync("costs");
        Assert.Equal(1, asked.ExitCode);
        Assert.StartsWith("error costs/total-too-large", asked.Error);
        Assert.Equal("60000000000000000000", await test.TotalAsync("--from", "2026-04"));
    }

    [Fact]
    public async Task Files_of_several_releases_and_formats_come_in_one_command()
    {
        using var test = new BooksTest();
        test.Write("exports/v10.csv", SomeRow.Csv(new SomeRow("1")));
        test.Write(
            "exports/v12.csv",
            SomeRow.CsvWith("BillingAccountType", _ => "BILLING_ACCOUNT", [new SomeRow("2")])
        );
        test.WriteBytes("exports/v10.csv.gz", Gzip(SomeRow.Csv(new SomeRow("4"))));
        test.Write(
            "exports/x.csv",
            SomeRow.CsvWith("x_Other", _ => "EC2", [new SomeRow("8")]).Replace("ServiceName", "x_Name")
        );
        test.Write("exports/readme.txt", "not a table");
        var outcome = await test.IngestAsync(test.Path + "/exports");
        Assert.Equal((1, 4L), (outcome.ExitCode, outcome.Rows));
        Assert.StartsWith("readme.txt is not a FOCUS", Assert.Single(outcome.Refused));
        Assert.Equal("1.0, 1.2", Assert.Single(outcome.Deliveries).GetProperty("focusVersion").GetString());
        Assert.Equal("15", await test.TotalAsync());
        Assert.Equal(
            [
                ["null", "8"],
                ["EC2", "7"],
            ],
            await test.RowsAsync("--by", "ServiceName")
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Names_play_no_tricks()
    {
        string[] names =
        [
            "it's.csv",
            "a b.csv",
            "exp[1].csv",
            "star*.csv",
            "q?.csv",
            "\"quoted\".csv",
            "new\nline.csv",
            "größe 🚀.csv",
            "..csv",
            "--x.csv",
            "{a,b}.csv",
            "$(id).csv",
            "%41.csv",
            "semi;colon.csv",
        ];
        using var test = new BooksTest();
        var total = 0;
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            total += i + 1;
            await test.BookAsync(test.Write("in/" + name, SomeRow.Csv(new SomeRow($"{i + 1}"))));
        }
        Assert.Equal($"{total}", await test.TotalAsync());
        var again = await test.IngestAsync(test.Path + "/in/*.csv", test.Path + "/in/../in/it's.csv");
        Assert.Equal((0, 0), (again.ExitCode, again.Deliveries.Count));
        var bad = await test.IngestAsync(test.Path + "/in/it's.csv", "--source", "../../etc");
        Assert.Empty(bad.Deliveries);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Loops_of_links_end_and_the_books_are_never_read_as_an_export()
    {
        using var test = new BooksTest();
        test.Write("in/a.csv", SomeRow.Csv(new SomeRow("1")));
        Directory.CreateDirectory(test.Path + "/in/folder.csv");
        Directory.CreateSymbolicLink(test.Path + "/in/loop", test.Path + "/in");
        File.CreateSymbolicLink(test.Path + "/in/self.csv", test.Path + "/in/self.csv");
        File.CreateSymbolicLink(test.Path + "/in/nowhere.csv", test.Path + "/in/gone.csv");
        var outcome = await test.IngestAsync(test.Path + "/in");
        Assert.Equal((1, 1L, 2), (outcome.ExitCode, outcome.Rows, outcome.Refused.Count));
        Assert.All(outcome.Refused, reason => Assert.Contains("cannot be opened", reason));
        Assert.Contains("Check that the file is there and that you may read it.", outcome.Said);
        File.Delete(test.Path + "/in/self.csv");
        File.Delete(test.Path + "/in/nowhere.csv");

        var everything = await test.IngestAsync(test.Path);
        Assert.Equal((0, 0), (everything.ExitCode, everything.Deliveries.Count));
        Assert.Equal("1", await test.TotalAsync());
        Assert.Equal(2, (await test.IngestAsync(test.Books)).ExitCode);
        Assert.Equal(2, (await test.IngestAsync(test.Path + "/nothing*.csv")).ExitCode);
        Assert.Equal(2, (await test.IngestAsync("")).ExitCode);
    }

    [Fact]
    public async Task A_pipe_is_refused_because_it_can_be_read_only_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: this test names a device of Linux.");
        using var test = new BooksTest();
        var outcome = await test.IngestAsync("/dev/tty0", "/dev/null");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Empty(outcome.Deliveries);
    }

    [Fact]
    public async Task Binary_noise_of_every_kind_is_refused_and_never_a_bug()
    {
        using var test = new BooksTest();
        var random = new Random(20261011);
        var whole = Encoding.UTF8.GetBytes(Plain);
        for (var round = 0; round < 40; round++)
        {
            var bytes = whole.ToArray();
            for (var flip = 0; flip <= round; flip++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (round % 3 == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            // The outcome may be anything but a bug, a negative sum or more rows than there are.
            var outcome = await test.IngestAsync(test.WriteBytes($"noise-{round}.csv", bytes), "--source", $"s{round}");
            Assert.InRange(outcome.Rows + outcome.Quarantined, 0, 12);
        }
        await test.VerifyPassesAsync();
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
