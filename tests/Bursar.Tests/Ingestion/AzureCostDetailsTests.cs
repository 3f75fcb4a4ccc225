using System.Text;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Tests.Warehouse;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Ingestion;

/// <summary>
/// Azure's own cost details load whatever agreement and language they come from, and the two exports of a month are one
/// bill (DAT-01, DAT-02).
/// </summary>
public sealed class AzureCostDetailsTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private const string Header =
        "BillingAccountId,BillingPeriodStartDate,BillingPeriodEndDate,SubscriptionId,Date,MeterCategory,MeterId,Quantity,"
        + "UnitOfMeasure,EffectivePrice,CostInBillingCurrency,UnitPrice,BillingCurrency,ResourceId,Tags,ChargeType,PricingModel,PayGPrice";

    private const string OnDemand = "09/04/2026,24,1 Hour,0.11,2.64,0.11,Usage,OnDemand,0.12";
    private const string Twin = "09/05/2026,1,10K,0.5,0.5,0.5,Usage,OnDemand,0.5";

    /// <summary>Billed: 2.64 + 2 × 0.5 + 876 = 879.64.</summary>
    private static readonly string[] Actual =
    [
        OnDemand,
        Twin,
        Twin,
        "09/06/2026,8,1 Hour,0,0,0.146,Usage,Reservation,0.2",
        "09/01/2026,1,1 Hour,876,876,876,Purchase,Reservation,0",
    ];

    /// <summary>Effective: 2.64 + 2 × 0.5 + 0.493152 + 0.3 = 4.433152.</summary>
    private static readonly string[] Amortised =
    [
        "09/06/2026,8,1 Hour,0.061644,0.493152,0.146,Usage,Reservation,0.2",
        Twin,
        OnDemand,
        Twin,
        "09/07/2026,1,1 Hour,0.3,0.3,0,UnusedReservation,Reservation,0",
    ];

    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("a.csv m.csv")]
    [InlineData("a.csv", "m.csv")]
    [InlineData("m.csv", "a.csv")]
    public async Task The_two_exports_of_a_month_are_one_bill_whichever_comes_first(params string[] commands)
    {
        using var test = new BooksTest();
        test.Write("a.csv", Csv(Actual));
        test.Write("m.csv", Csv(Amortised));
        IngestOutcome? outcome = null;
        foreach (var command in commands)
        {
            outcome = await test.IngestAsync([.. command.Split(' ').Select(name => test.Path + "/" + name)]);
            Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        }
        // Independent: the sums of the column CostInBillingCurrency of each file, see there.
        Assert.Equal("879.64", await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal("4.433152", await test.TotalAsync("--measure", "EffectiveCost"));
        // What it would have cost on demand: 24 × 0.12 + 2 × 0.5 + 8 × 0.2; a commitment has no list cost.
        Assert.Equal("5.48", await test.TotalAsync("--measure", "ListCost"));
        Assert.Equal(7, outcome!.Rows);
        await test.VerifyPassesAsync();
        Assert.Equal(0, (await test.IngestAsync(test.Path + "/a.csv")).Rows);
        Assert.Equal("4.433152", await test.TotalAsync("--measure", "EffectiveCost"));
    }

    [Fact]
    public async Task Half_a_pair_stands_in_for_both_costs_until_the_other_comes()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("m.csv", Csv(Amortised)));
        Assert.Equal("3.64", await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal("4.433152", await test.TotalAsync("--measure", "EffectiveCost"));
        using var other = new BooksTest();
        await other.BookAsync(other.Write("a.csv", Csv(Actual)));
        Assert.Equal("879.64", await other.TotalAsync("--measure", "EffectiveCost"));
    }

    [Fact]
    public async Task A_new_version_of_one_half_keeps_the_other()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("microsoft");
        await test.BookAsync(test.Write("a.csv", Csv(Actual)), test.Write("m.csv", Csv(Amortised)));
        await test.BookAsync(test.Write("a2.csv", Csv([.. Actual, Twin])));
        Assert.Equal("880.14", await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal("4.433152", await test.TotalAsync("--measure", "EffectiveCost"));
    }

    [Fact]
    public async Task Without_commitments_the_two_exports_are_the_same_and_count_once()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("one.csv", Csv([OnDemand, Twin, Twin])));
        await test.BookAsync(test.Write("two.csv", Csv([Twin, OnDemand, Twin])));
        Assert.Equal("3.64", await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal("3.64", await test.TotalAsync("--measure", "EffectiveCost"));
    }

    [Fact]
    public async Task Common_charges_in_files_that_do_not_say_what_they_are_are_not_added_up()
    {
        using var test = new BooksTest();
        test.Write("one.csv", Csv([OnDemand, Twin, Twin]));
        test.Write("two.csv", Csv([OnDemand, Twin]));
        var outcome = await test.IngestAsync(test.Path + "/one.csv", test.Path + "/two.csv");
        Assert.Contains("ingestion/which-half", outcome.Said);
        Assert.Equal("none", await test.TotalAsync("--measure", "BilledCost"));
        test.Write("actual/one.csv", Csv([OnDemand, Twin, Twin]));
        test.Write("amortized/two.csv", Csv([OnDemand, Twin]));
        await test.BookAsync(test.Path + "/actual", test.Path + "/amortized");
    }

    [Fact]
    public async Task Parts_of_one_export_are_added_up()
    {
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write("part_0.csv", Csv([OnDemand])),
            test.Write("part_1.csv", Csv(["09/05/2026,1,10K,0.5,0.7,0.5,Usage,OnDemand,0.5"]))
        );
        Assert.Equal("3.34", await test.TotalAsync("--measure", "BilledCost"));
    }

    [Theory]
    [InlineData("PascalCase", "")]
    [InlineData("camelCase", "")]
    [InlineData("byte order mark", "\uFEFF")]
    [InlineData("translated", "")]
    [InlineData("mixed line ends", "")]
    public async Task Headers_may_be_written_as_each_agreement_writes_them(string manner, string start)
    {
        var header = manner switch
        {
            "camelCase" => string.Join(
                ',',
                Header.Split(',').Select(name => char.ToLowerInvariant(name[0]) + name[1..])
            ),
            "translated" => string.Join(',', Header.Split(',').Select(name => $"Spalte {name.Length} ({name})")),
            _ => Header,
        };
        var text = start + Csv(Actual).Replace(Header, header);
        if (manner == "mixed line ends")
            text = text.Replace("\n", "\r\n")[..^2] + "\n";
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(test.Write("a.csv", text));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal("879.64", await test.TotalAsync("--measure", "BilledCost", "--where", "Tags/team=claims"));
        Assert.Equal(["2026-09"], (await test.RowsAsync("--over", "month", "--time", "billing")).Select(row => row[0]));
    }

    [Theory]
    [InlineData("azure-export/azure-cost-2026-07.csv", "CostInBillingCurrency")]
    [InlineData("azure-export/azure_camelCased.csv", "preTaxCost")]
    [InlineData("azure-export/azure_version_2.csv", "CostInBillingCurrency")]
    [InlineData("azure-export/camel_azure_version_2.csv", "costInBillingCurrency")]
    [InlineData("azure-export/header-variants/Enterprise.csv", "CostInBillingCurrency")]
    [InlineData("azure-export/header-variants/EnterpriseCamel.csv", "costInBillingCurrency")]
    [InlineData("azure-export/header-variants/German.csv", "PreTaxCost (PreTaxCost)")]
    [InlineData("azure-export/header-variants/MissingBrackets.csv", "costinbillingcurrency")]
    [InlineData("azure-export/header-variants/PayAsYouGo.csv", "PreTaxCost")]
    [InlineData("azure-export/header-variants/Template.csv", "costinbillingcurrency")]
    [InlineData("azure-export/header-variants/VirtualMachine.csv", "costinbillingcurrency")]
    [InlineData("azure-export/header-variants/YA.csv", "costInBillingCurrency")]
    [InlineData("../focus/samples/native/azure-ea-sample-anonymous.csv", "CostInBillingCurrency")]
    public async Task A_real_export_is_booked_to_the_last_digit(string file, string cost)
    {
        var path = SharedFolder.Need(["inputs", .. file.Split('/')]);
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(path, "--currency", "USD");
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        // Independent: the cost column of the file, read by the test's own CSV reader and added as integers.
        var raw = RawFile.Read(path);
        Assert.Equal(raw.Rows.Count, outcome.Rows);
        foreach (var measure in new[] { "BilledCost", "EffectiveCost" })
            Assert.Equal(raw.Sum(cost), BooksTest.Sum(await test.RowsAsync("--measure", measure, "--over", "month")));
    }

    [Fact]
    public async Task A_real_pair_gives_the_sum_of_each_of_its_files()
    {
        var actual = SharedFolder.Need("focus", "samples", "native", "azure-ea-actualcost-small.csv");
        var amortised = SharedFolder.Need("focus", "samples", "native", "azure-ea-amortizedcost-small.csv");
        using var test = new BooksTest();
        await test.BookAsync(amortised);
        await test.BookAsync(actual);
        // Independent: the column Cost of each file, read by the test's own CSV reader and added as integers.
        Assert.Equal(RawFile.Read(actual).Sum("Cost"), Amount.Parse(await test.TotalAsync("--measure", "BilledCost")));
        Assert.Equal(
            RawFile.Read(amortised).Sum("Cost"),
            Amount.Parse(await test.TotalAsync("--measure", "EffectiveCost"))
        );
    }

    [Theory]
    [InlineData("1 Hour", "Hours")]
    [InlineData("100 Hours", "Hours")]
    [InlineData("1 GB Hour", "GB Hours")]
    [InlineData("1 GB/Month", "GB/Month")]
    [InlineData("1 /Day", "Units/Day")]
    [InlineData("10K", "Units")]
    [InlineData("1M Transactions", "Transactions")]
    public void One_hour_and_ten_hours_are_counted_in_the_same_unit(string unit, string expected)
    {
        var headers = new FileHeaders([new FileColumn(0, "Unit", "", "", "VARCHAR")]);
        var sql = new ExpressionSql(headers, _ => "unit", null).Value(ExpressionReader.Read("block_unit([Unit])"));
        using var reader = session.Query($"SELECT {sql} FROM (SELECT ?::VARCHAR AS unit)", [unit]);
        reader.Read();
        Assert.Equal(expected, reader.GetString(0));
    }

    [Fact]
    public void Every_published_unit_of_measure_has_its_block_size()
    {
        var units = RawFile.Read(SharedFolder.Need("focus", "reference", "azure", "PricingUnits.csv"));
        var headers = new FileHeaders([new FileColumn(0, "Unit", "", "", "VARCHAR")]);
        var size = new ExpressionSql(headers, _ => "unit", null).Value(ExpressionReader.Read("block_size([Unit])"));
        var wrong = new List<string>();
        foreach (var row in units.Rows)
        {
            using var reader = session.Query($"SELECT {size} FROM (SELECT ?::VARCHAR AS unit)", [row["UnitOfMeasure"]]);
            reader.Read();
            if (Amount.Parse(reader.GetString(0)) != Amount.Parse(row["PricingBlockSize"]))
                wrong.Add($"{row["UnitOfMeasure"]}: {reader.GetString(0)}, not {row["PricingBlockSize"]}");
        }
        Assert.Empty(wrong);
    }

    /// <summary>
    /// Lines are: date, quantity, unit, effective price, cost, unit price, charge type, pricing model, list price.
    /// </summary>
    private static string Csv(IEnumerable<string> lines)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var cells in lines.Select(line => line.Split(',')))
            text.Append(
                $"8611537,09/01/2026,09/30/2026,sub-1,{cells[0]},Virtual Machines,m-1,{cells[1]},{cells[2]},{cells[3]},{cells[4]},{cells[5]},"
                    + $"USD,/Subscriptions/sub-1/VM,\"\"\"team\"\": \"\"claims\"\"\",{cells[6]},{cells[7]},{cells[8]}\n"
            );
        return text.ToString();
    }
}
