using System.Text;

namespace Bursar.Tests.Ingestion;

/// <summary>
/// Every way in which providers write the same thing, and what must not pass for it (DAT-01, DAT-02).
/// </summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task An_amount_is_read_to_its_last_digit()
    {
        (string Written, string Read)[] cases =
        [
            ("1.5", "1.5"),
            ("-0.000000000000000001", "-0.000000000000000001"),
            ("89999999999999999999.999999999999999999", "89999999999999999999.999999999999999999"),
            ("-99999999999999999999.999999999999999999", "-99999999999999999999.999999999999999999"),
            ("79000000000.123456789012345678", "79000000000.123456789012345678"),
            ("6.1E-7", "0.00000061"),
            ("6E-23", "0"),
            ("1e2", "100"),
            ("0.1234567890123456785", "0.123456789012345679"),
            ("", "0"),
            ("NULL", "0"),
            ("null", "0"),
            ("(null)", "0"),
        ];
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write("a.csv", SomeRow.Csv(cases.Select((item, i) => new SomeRow(item.Written) { Service = $"s{i}" })))
        );
        var rows = await test.RowsAsync("--by", "ServiceName");
        Assert.Equal(
            cases.Select((item, i) => $"s{i} {item.Written} = {item.Read}"),
            cases.Select((item, i) => $"s{i} {item.Written} = {rows.Single(row => row[0] == $"s{i}")[1]}")
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task What_is_no_amount_goes_to_quarantine_and_the_rest_loads()
    {
        string[] cases =
        [
            "1_000",
            "1,000.00",
            "1,5",
            "+5",
            " 5 ",
            "$5",
            "NaN",
            "Infinity",
            "-inf",
            "0x10",
            "1e",
            "1e400",
            "--1",
            "١٢",
            "123456789012345678901234567890123456789012345678901234567890",
        ];
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv([new SomeRow("1.5"), .. cases.Select(written => new SomeRow("2") { Effective = written })])
            )
        );
        Assert.Equal((1, 1L, cases.LongLength), (outcome.ExitCode, outcome.Rows, outcome.Quarantined));
        Assert.Equal("1.5", await test.TotalAsync());
        var shown = await test.JsonAsync("deliveries", outcome.Ids[0]);
        Assert.Equal(
            cases.Select((written, i) => (i + 2L, "EffectiveCost", written)),
            shown
                .GetProperty("quarantine")
                .EnumerateArray()
                .Select(record =>
                    (
                        record.GetProperty("record").GetInt64(),
                        record.GetProperty("column").GetString()!,
                        record.GetProperty("value").GetString()!
                    )
                )
        );
        Assert.Contains($"15 rows of {outcome.Ids[0]} are in quarantine", (await test.RunAsync("costs")).Error);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_time_is_read_in_every_form_and_its_offset_counts()
    {
        (string Written, string Day)[] cases =
        [
            ("2026-03-31T22:00:00Z", "2026-03-31"),
            ("2026-03-31T23:30:00+05:30", "2026-03-31"),
            ("2026-04-01T01:00:00+02:00", "2026-03-31"),
            ("2026-03-31T19:30:00-0430", "2026-04-01"),
            ("2026-03-30 22:00:00", "2026-03-30"),
            ("2026-03-30 22:00:00 UTC", "2026-03-30"),
            ("2026-03-29", "2026-03-29"),
            ("2026-03-31T22:00:00.123456789Z", "2026-03-31"),
        ];
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(
                    cases.Select(
                        (item, i) =>
                            new SomeRow("1")
                            {
                                Service = $"s{i}",
                                Start = item.Written,
                                End = "",
                            }
                    )
                )
            )
        );
        var rows = (await test.RowsAsync("--by", "ServiceName", "--over", "day")).Where(row => row[2] != "0").ToList();
        Assert.Equal(
            cases.Select((item, i) => $"s{i} {item.Day} 1"),
            rows.Select(row => string.Join(' ', row)).Order()
        );
    }

    [Fact]
    public async Task An_absurd_time_is_quarantined_with_its_column()
    {
        string[] cases =
        [
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2026-02-30",
            "infinity",
            "-infinity",
            "31.03.2026",
            "03/31/2026",
            "1711843200",
            "2026-03-31T25:00:00Z",
            "tomorrow",
        ];
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv([new SomeRow("1.5"), .. cases.Select(written => new SomeRow("2") { Start = written })])
            )
        );
        Assert.Equal((1L, cases.LongLength), (outcome.Rows, outcome.Quarantined));
        Assert.Equal("1.5", await test.TotalAsync());
        var shown = await test.JsonAsync("deliveries", outcome.Ids[0]);
        Assert.All(
            shown.GetProperty("quarantine").EnumerateArray(),
            record =>
            {
                Assert.Equal("ChargePeriodStart", record.GetProperty("column").GetString());
                Assert.Equal(
                    "Expected a time from 2000 to 2100 such as 2026-09-01T00:00:00Z.",
                    record.GetProperty("reason").GetString()
                );
            }
        );
    }

    [Fact]
    public async Task Tags_are_read_in_the_shapes_of_every_provider()
    {
        string[] shapes =
        [
            """{"team":"claims"}""",
            """[{"key":"team","value":"claims"}]""",
            "\"team\": \"claims\"",
            "{team=claims}",
        ];
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv([new SomeRow("2"), .. shapes.Select(tags => new SomeRow("1") { Tags = tags })])
            )
        );
        Assert.Equal(
            [
                ["claims", "4"],
                ["null", "2"],
            ],
            await test.RowsAsync("--by", "Tags/team")
        );
    }

    [Fact]
    public async Task A_column_with_a_name_that_the_books_use_is_kept_under_another()
    {
        string[] headers = ["x_CostCentre", "x_CostCentreRule", "x_ProfileId", "x_SourceRow", "filename", "x_Source"];
        using var test = new BooksTest();
        SomeRow[] rows = [new("1"), new("2")];
        var outcome = await test.IngestAsync(
            test.Write(
                "a.csv",
                SomeRow
                    .CsvWith(string.Join(',', headers), _ => "theirs", rows)
                    .Replace("theirs\n", "theirs,theirs,theirs,theirs,theirs,theirs\n")
            )
        );
        Assert.Equal(0, outcome.ExitCode);
        foreach (var header in headers)
        {
            var kept = "x_Delivered" + header.Replace("x_", "");
            Assert.Contains(
                $"Column {header} is kept as {kept}: {header} is a name that the books use themselves.",
                outcome.Notes
            );
            Assert.Equal(
                [
                    ["theirs", "3"],
                ],
                await test.RowsAsync("--by", kept)
            );
        }
        Assert.Equal(
            [
                ["null", "3"],
            ],
            await test.RowsAsync("--by", "x_CostCentre")
        );
        Assert.Equal(0, (await test.RunAsync("explain")).ExitCode);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_column_may_be_called_anything()
    {
        string[] headers =
        [
            "n",
            "c3",
            "raw/0",
            "raw/n",
            "Day",
            "Charges",
            "file's \"name\"",
            "two\nlines",
            "c",
            "p",
            "d",
            "Größe",
        ];
        using var test = new BooksTest();
        SomeRow[] rows = [new("1"), new("2"), new("x")];
        var text =
            string.Join(',', SomeRow.Columns.Concat(headers).Select(header => SomeRow.Quoted(header, ",")))
            + "\n"
            + string.Concat(rows.Select(row => string.Join(',', row.Cells.Concat(headers.Select(_ => "v"))) + "\n"));
        var outcome = await test.IngestAsync(test.Write("a.csv", text));
        Assert.Equal((2L, 1L), (outcome.Rows, outcome.Quarantined));
        Assert.Equal("3", await test.TotalAsync());
        Assert.Equal("3", await test.TotalAsync("--where", "Größe=v"));
        Assert.Equal(0, (await test.RunAsync("explain")).ExitCode);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_file_means_the_same_whatever_its_line_ends_byte_order_mark_delimiter_and_encoding()
    {
        SomeRow[] rows =
        [
            new("1.25"),
            new("2.5") { Description = "two\nlines, \"quoted\"" },
            new("4") { Service = "Größe 🚀" },
        ];
        string[] texts =
        [
            SomeRow.Csv(rows),
            SomeRow.Csv(",", "\r\n", rows),
            SomeRow.Csv(";", "\n", rows),
            SomeRow.Csv("\t", "\r\n", rows),
            SomeRow.Csv("|", "\n", rows),
            SomeRow.Csv(rows).TrimEnd('\n'),
            SomeRow
                .Csv(rows)
                .Replace("BillingAccountId,BillingPeriodStart", " BillingAccountId , \tBillingPeriodStart"),
        ];
        var files = texts
            .Select(text => Encoding.UTF8.GetBytes(text))
            .Append([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(texts[0])])
            .Append([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(texts[0])])
            .Append([.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(texts[1])]);
        foreach (var bytes in files)
        {
            using var test = new BooksTest();
            var outcome = await test.IngestAsync(test.WriteBytes("a.csv", bytes));
            Assert.Equal((0, 3L), (outcome.ExitCode, outcome.Rows));
            Assert.Equal("7.75", await test.TotalAsync());
            Assert.Equal("4", await test.TotalAsync("--where", "ServiceName=Größe 🚀"));
        }
    }

    [Fact]
    public async Task Rounded_decimals_are_told_with_their_exact_residue()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(
                    new SomeRow { Effective = "0.1234567890123456789" },
                    new SomeRow { Effective = "0.00000000000000000149" }
                )
            )
        );
        Assert.Contains(
            "EffectiveCost: 2 values had more than 18 decimals and were rounded; the file holds "
                + "0.00000000000000000039 more than was booked.",
            outcome.Notes
        );
        Assert.Equal("0.12345678901234568", await test.TotalAsync());
    }

    [Fact]
    public async Task Nulls_stay_nulls()
    {
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(
                    new SomeRow("1") { Resource = "" },
                    new SomeRow("2") { Resource = "NULL" },
                    new SomeRow("4") { Resource = "(null)" },
                    new SomeRow("8")
                )
            )
        );
        Assert.Equal("7", await test.TotalAsync("--where", "ResourceId="));
        Assert.Equal("8", await test.TotalAsync("--where", "ResourceId!="));
    }

    [Fact]
    public async Task Own_columns_are_kept_and_asked_by()
    {
        using var test = new BooksTest();
        SomeRow[] rows = [new("1"), new("2"), new("4")];
        await test.BookAsync(test.Write("a.csv", SomeRow.CsvWith("x_Team", i => i == 1 ? "blue" : "red", rows)));
        Assert.Equal(
            [
                ["red", "5"],
                ["blue", "2"],
            ],
            await test.RowsAsync("--by", "x_Team")
        );
    }

    [Fact]
    public async Task A_column_without_a_name_gets_one_from_its_place()
    {
        using var test = new BooksTest();
        SomeRow[] rows = [new("1"), new("2")];
        await test.BookAsync(test.Write("a.csv", SomeRow.CsvWith("", i => i == 0 ? "left" : "", rows)));
        Assert.Equal("1", await test.TotalAsync("--where", $"x_Column{SomeRow.Columns.Length + 1}=left"));
    }

    [Fact]
    public async Task The_release_is_told_with_its_reason_and_older_ids_are_noted()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "a.csv",
                SomeRow
                    .Csv(new SomeRow("1"))
                    .Replace("EffectiveCost", "AmortizedCost")
                    .Replace("ServiceName", "servicename")
            )
        );
        Assert.Contains("FOCUS 1.0: has no column that a later release introduced.", outcome.Notes);
        Assert.Contains("Column AmortizedCost is read as EffectiveCost.", outcome.Notes);
        Assert.Contains("Column servicename is read as ServiceName.", outcome.Notes);
        Assert.Equal(
            [
                ["EC2", "1"],
            ],
            await test.RowsAsync("--by", "ServiceName")
        );
        var asked = await test.RunAsync("costs", "--by", "ProviderName");
        Assert.Contains("ProviderName was read as ServiceProviderName, its id in FOCUS 1.4.", asked.Error);
    }

    [Fact]
    public async Task What_is_not_FOCUS_is_refused_with_what_is_missing()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(test.Write("names.csv", "name,id\nmia,1\n"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(
            [
                "names.csv is not a FOCUS Cost and Usage file: it has no column EffectiveCost (or BilledCost). "
                    + "Its header begins: name, id.",
            ],
            outcome.Refused
        );
        Assert.Contains("Check that the first line is the header", outcome.Said);
    }

    [Fact]
    public async Task A_currency_that_no_file_states_is_asked_for()
    {
        using var test = new BooksTest();
        var file = test.Write("a.csv", SomeRow.Csv(new SomeRow("1")).Replace("BillingCurrency", "x_Currency"));
        Assert.Contains("no column BillingCurrency", Assert.Single((await test.IngestAsync(file)).Refused));
        await test.BookAsync(file, "--currency", "EUR");
        var delivery = (await test.JsonAsync("deliveries")).GetProperty("deliveries")[0];
        Assert.Equal("EUR", delivery.GetProperty("billingCurrency").GetString());
    }
}
