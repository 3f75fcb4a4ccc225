using System.Globalization;
using System.Numerics;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Reporting;

/// <summary>Quantities are asked as costs are: each unit by itself, exactly, of bills, estimates and usage.</summary>
public sealed class QuantityTests
{
    private const string Header =
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,"
        + "ListCost,ContractedCost,BillingCurrency,ServiceProviderName,ServiceName,ChargeCategory,ResourceId,"
        + "ConsumedQuantity,ConsumedUnit,PricingQuantity,PricingUnit\n";

    [Fact]
    public async Task Units_are_never_added_and_a_column_says_them()
    {
        using var test = new BooksTest();
        await BookAsync(test, "aws", Row("EC2", "0.1", "Hours"), Row("EC2", "0.2", "Hours"), Row("S3", "5", "GB"));

        var json = await test.JsonAsync("costs", "--measure", "ConsumedQuantity", "--by", "ServiceName");

        Assert.Equal(
            ["ServiceName", "ConsumedUnit", "ConsumedQuantity"],
            json.GetProperty("columns").EnumerateArray().Select(column => column.GetString())
        );
        Assert.Equal(
            ["""["EC2","Hours",0.3]""", """["S3","GB",5]"""],
            json.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText().Replace(" ", "")).Order()
        );
        var table = await test.RunAsync("costs", "--measure", "ConsumedQuantity", "--by", "ServiceName");
        Assert.Contains("Total ConsumedQuantity: 0.300 Hours", table.Error);
        Assert.Contains("Total ConsumedQuantity: 5.000 GB", table.Error);
        var one = await test.JsonAsync("costs", "--measure", "PricingQuantity", "--where", "ServiceName=EC2");
        Assert.Equal("Hours", one.GetProperty("unit").GetString());
        Assert.Equal("0.3", one.GetProperty("rows")[0][0].GetRawText());
        var csv = await test.RunAsync("costs", "--measure", "consumedquantity", "--top", "1", "--format", "csv");
        Assert.Equal("ConsumedUnit,ConsumedQuantity", csv.Out.Split('\n')[0].TrimEnd('\r'));
    }

    [Fact]
    public async Task Usage_counts_in_quantities_and_in_no_cost_and_is_marked()
    {
        using var test = new BooksTest();
        test.Write("rulebook/pods.yaml", "kind: Source\nname: pods\ncounts: usage\n");
        test.Write("rulebook/logs.yaml", "kind: Source\nname: logs\ncounts: estimate\nstandsInFor: openai\n");
        await BookAsync(test, "aws", Row("EC2", "100", "Hours"));
        await BookAsync(test, "logs", Row("GPT", "7", "Tokens", account: "l"));
        await BookAsync(test, "pods", Row("Pods", "12.5", "Hours", account: "p"));

        Assert.Equal(
            [
                ["Hours", "112.5"],
                ["Tokens", "7"],
            ],
            await test.RowsAsync("--measure", "ConsumedQuantity")
        );
        Assert.Equal("12.5", await test.TotalAsync("--measure", "ConsumedQuantity", "--where", "x_Source=pods"));
        Assert.Equal("2", await test.TotalAsync());
        Assert.Equal("none", await test.TotalAsync("--where", "x_Source=pods"));
        var said = await test.RunAsync("costs", "--measure", "ConsumedQuantity", "--where", "ConsumedUnit=Hours");
        Assert.Contains("Usage: 12.500 Hours of pods 2026-03, as measured there; it adds no cost.", said.Error);
        Assert.DoesNotContain("Estimate", said.Error);
        Assert.Contains(
            "Estimate: 7.000 Tokens",
            (await test.RunAsync("costs", "--measure", "ConsumedQuantity")).Error
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_charge_without_a_quantity_has_no_row_and_one_without_a_unit_has_one_of_its_own()
    {
        using var test = new BooksTest();
        await BookAsync(test, "aws", Row("Tax", "", ""), Row("Odd", "3", ""), Row("EC2", "1", "Hours"));

        Assert.Equal(
            [
                ["EC2", "Hours", "1"],
                ["Odd", "null", "3"],
            ],
            (await test.RowsAsync("--measure", "ConsumedQuantity", "--by", "ServiceName")).OrderBy(row => row[0])
        );
        var top = await test.RowsAsync("--measure", "ConsumedQuantity", "--by", "ServiceName", "--top", "1");
        Assert.Equal(2, top.Count);
    }

    [Fact]
    public async Task No_currency_applies_and_it_is_said()
    {
        using var test = new BooksTest();
        await BookAsync(test, "aws", Row("EC2", "4", "Hours"));

        var result = await test.RunAsync("costs", "--measure", "ConsumedQuantity", "--currency", "EUR");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("no currency applies", result.Error);
        Assert.Contains("Total ConsumedQuantity: 4.000 Hours", result.Error);
    }

    [Fact]
    public async Task A_quantity_of_several_days_is_spread_over_them_and_opens_to_its_rows()
    {
        using var test = new BooksTest();
        var row = Row("EC2", "10", "Hours").Replace("2026-03-01T01:00:00Z", "2026-03-04T00:00:00Z");
        await BookAsync(test, "aws", row, Row("S3", "2", "GB"));

        string[] question = ["--measure", "ConsumedQuantity", "--where", "ConsumedUnit=Hours", "--to", "2026-03-01"];
        // By hand: a third of 10, the first day with the last unit of the 18th decimal; the three sum to 10.
        Assert.Equal("3.333333333333333334", await test.TotalAsync(question));
        Assert.Equal("10", await test.TotalAsync(question[..4]));
        var explained = await test.JsonAsync(["explain", .. question]);
        Assert.Equal("Hours", explained.GetProperty("totals")[0].GetProperty("consumedUnit").GetString());
        var source = Assert.Single(explained.GetProperty("rows").EnumerateArray());
        Assert.Equal("3.333333333333333334", source.GetProperty("amount").GetRawText());
        Assert.Equal("Hours", source.GetProperty("consumedUnit").GetString());
        var zip = Path.Combine(test.Path, "evidence.zip");
        await test.JsonAsync(["audit", "export", zip, "--measure", "ConsumedQuantity"]);
        var check = await test.JsonAsync("audit", "check", zip);
        Assert.True(check.GetProperty("passed").GetBoolean());
        Assert.Equal(2, check.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Quantities_of_generated_rows_sum_to_what_the_file_holds()
    {
        using var test = new BooksTest();
        var random = new Random(20261121);
        string[] units = ["Hours", "GB", "1000 Requests"];
        var rows = Enumerable
            .Range(0, 500)
            .Select(i =>
            {
                var decimals = random.Next(0, 13);
                var quantity = random.NextInt64(-1_000_000, 1_000_000_000_000).ToString(CultureInfo.InvariantCulture);
                return (Unit: units[i % 3], Quantity: Shifted(quantity, decimals), Service: $"s{i % 7}");
            })
            .ToList();
        await BookAsync(test, "aws", [.. rows.Select(row => Row(row.Service, row.Quantity, row.Unit))]);

        // Independent: whole numbers of 10⁻¹², added as integers.
        foreach (var group in rows.GroupBy(row => (row.Service, row.Unit)))
        {
            var sum = group.Aggregate(BigInteger.Zero, (total, row) => total + Picos(row.Quantity));
            var answer = await test.TotalAsync(
                "--measure",
                "ConsumedQuantity",
                "--where",
                $"ServiceName={group.Key.Service}",
                "--where",
                $"ConsumedUnit={group.Key.Unit}"
            );
            Assert.Equal(sum, Picos(answer));
        }
    }

    [Fact]
    public async Task Quantities_of_the_published_samples_sum_to_what_their_cells_say_unit_by_unit()
    {
        var folder = SharedFolder.Need("focus", "samples", "synthetic");
        var files = Directory.GetFiles(folder, "*cost_and_usage_rows100_seed42.csv").Order(StringComparer.Ordinal);
        foreach (var file in files.Prepend(SharedFolder.Need("focus", "samples", "focus_sample_1000_v1.0.csv")))
        {
            using var test = new BooksTest();
            await test.BookAsync(file);
            var raw = RawFile.Read(file);
            foreach (
                var (quantity, unit) in new[]
                {
                    ("ConsumedQuantity", "ConsumedUnit"),
                    ("PricingQuantity", "PricingUnit"),
                }
            )
            {
                var expected = raw
                    .Rows.Where(row => row[quantity] is not ("" or "NULL"))
                    .GroupBy(row => row[unit] is "" or "NULL" ? "null" : row[unit])
                    .ToDictionary(
                        group => group.Key,
                        group => group.Aggregate(BigInteger.Zero, (sum, row) => sum + RawFile.Units(row[quantity]))
                    );
                var rows = await test.RowsAsync("--measure", quantity, "--by", unit);
                Assert.Equal(expected.Count, rows.Count);
                foreach (var row in rows)
                    Assert.Equal(expected[row[0]], RawFile.Units(row[^1]));
            }
        }
    }

    [Fact]
    public async Task A_budget_limits_no_quantity()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/b.yaml",
            "kind: Budget\nname: b\nmeasure: ConsumedQuantity\ncurrency: USD\namounts: { 2026: 1 }\n"
        );
        var check = await test.RunAsync("check");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("EffectiveCost", check.ToString());
        Assert.DoesNotContain("PricingQuantity", check.ToString());
    }

    private static async Task BookAsync(BooksTest test, string source, params string[] rows) =>
        await test.BookAsync(test.Write($"{source}.csv", Header + string.Concat(rows)), "--source", source);

    private static string Row(string service, string quantity, string unit, string account = "a") =>
        $"{account},2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,1,1,1,1,USD,P-{account},"
        + $"{service},Usage,r-{service},{quantity},{unit},{quantity},{unit}\n";

    private static string Shifted(string digits, int decimals)
    {
        var sign = digits.StartsWith('-') ? "-" : "";
        var bare = digits.TrimStart('-').PadLeft(decimals + 1, '0');
        return decimals == 0 ? sign + bare : $"{sign}{bare[..^decimals]}.{bare[^decimals..]}";
    }

    private static BigInteger Picos(string text)
    {
        var parts = text.TrimStart('-').Split('.');
        var units = BigInteger.Parse(parts[0] + (parts.Length > 1 ? parts[1] : "").PadRight(12, '0'));
        return text.StartsWith('-') ? -units : units;
    }
}
