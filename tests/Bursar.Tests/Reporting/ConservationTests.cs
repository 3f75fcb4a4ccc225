using System.Numerics;
using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Reporting;

/// <summary>
/// Whatever the files, whatever the question: no cent is lost, added or counted twice (DAT-01, ALC-01).
/// </summary>
public sealed class ConservationTests
{
    private static readonly string[] Numbers =
    [
        "0",
        "1",
        "-1",
        "0.01",
        "33.333333333333333333",
        "1E-18",
        "1234567.000000000000000001",
        "-0.000000000000000007",
        "99.99",
        "",
        "NULL",
    ];

    private static Gen<SomeRow> Row { get; } =
        from effective in Gen.Elements(Numbers)
        from billed in Gen.Elements(Numbers)
        from account in Gen.Elements("a1", "a2")
        from currency in Gen.Elements("USD", "USD", "EUR")
        from category in Gen.Elements("Usage", "Tax", "Credit", "")
        from service in Gen.Elements("EC2", "S3", "", "é, \"quoted\"")
        from month in Gen.Elements("2024-02", "2026-12", "2026-03")
        from startHour in Gen.Choose(-800, 1600)
        from hours in Gen.Choose(-3, 1000)
        let start = DateTime.Parse(month + "-01").AddHours(startHour)
        select new SomeRow
        {
            Effective = effective,
            Billed = billed,
            List = billed,
            Contracted = effective,
            Account = account,
            Currency = currency,
            Category = category,
            Service = service,
            Month = month,
            Start = Time(start),
            End = Time(start.AddHours(hours / 3).AddSeconds(hours % 7)),
        };

    // ALC-11
    [Fact]
    public void Every_grouping_basis_and_split_sums_to_the_total_that_was_delivered() =>
        Always.Holds(
            Row.NonEmptyListOf().Where(rows => rows.Count < 40),
            rows => Holds([.. rows]).GetAwaiter().GetResult(),
            cases: 15
        );

    private static async Task<bool> Holds(IReadOnlyList<SomeRow> rows)
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/rules.yaml",
            """
            kind: AllocationRule
            name: first
            order: 1
            to: 2026-03-07
            when: {ServiceName: EC2}
            set: {x_Product: Claims, x_CostCentre: cc1}
            ---
            kind: AllocationRule
            name: second
            order: 2
            from: 2024-02-29
            when: {BillingAccountId: a2}
            set: {x_CostCentre: cc2}
            """
        );
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(rows)));
        foreach (
            var (measure, cell) in new (string, Func<SomeRow, string>)[]
            {
                ("EffectiveCost", row => row.Effective),
                ("BilledCost", row => row.Billed),
            }
        )
        {
            var expected = rows.GroupBy(row => row.Currency)
                .ToDictionary(
                    group => group.Key,
                    group => group.Aggregate(BigInteger.Zero, (sum, row) => sum + Units(cell(row)))
                );
            foreach (string[] question in Questions)
                await CompareAsync(test, measure, question, expected);
            await ExplainAsync(test, measure, expected);
        }
        await test.VerifyPassesAsync();
        return true;
    }

    private static readonly string[][] Questions =
    [
        [],
        ["--by", "ServiceName"],
        ["--over", "day"],
        ["--over", "month", "--time", "billing"],
        ["--by", "x_CostCentre,x_ProductRule", "--over", "month"],
        ["--by", "BillingAccountId,ChargeCategory", "--over", "year", "--split", "tax,credits"],
        ["--by", "ResourceId,ServiceName", "--top", "1"],
    ];

    private static async Task CompareAsync(
        BooksTest test,
        string measure,
        string[] question,
        Dictionary<string, BigInteger> expected
    )
    {
        var answer = await test.JsonAsync(["costs", "--measure", measure, .. question]);
        var sums = AnswerSums
            .ByCurrency(answer, measure, "BillingCurrency", expected.Keys.First())
            .ToDictionary(one => one.Key, one => (BigInteger)one.Value.Units);
        foreach (var (currency, sum) in expected)
            Assert.True(
                sum == sums.GetValueOrDefault(currency),
                $"{measure} {string.Join(' ', question)}: {sums.GetValueOrDefault(currency)} {currency}, not {sum}"
            );
    }

    /// <summary>All rows, opened one by one, sum to the figure, also for a part of the time.</summary>
    private static async Task ExplainAsync(BooksTest test, string measure, Dictionary<string, BigInteger> expected)
    {
        var all = await test.JsonAsync("explain", "--measure", measure, "--rows", "1000");
        var before = await test.JsonAsync(
            "explain",
            "--measure",
            measure,
            "--rows",
            "1000",
            "--to",
            "2026-03-04",
            "--where",
            "x_CostCentre!=cc9"
        );
        var after = await test.JsonAsync(
            "explain",
            "--measure",
            measure,
            "--rows",
            "1000",
            "--from",
            "2026-03-05",
            "--where",
            "x_CostCentre!=cc9"
        );
        foreach (var (currency, sum) in expected)
        {
            Assert.Equal(sum, Sum(all, "rows", currency));
            Assert.Equal(sum, Sum(all, "deliveries", currency));
            Assert.Equal(sum * 7, Sum(all, "rules", currency));
            Assert.Equal(sum, Sum(before, "rows", currency) + Sum(after, "rows", currency));
        }
    }

    private static BigInteger Sum(System.Text.Json.JsonElement opened, string list, string currency) =>
        opened
            .GetProperty(list)
            .EnumerateArray()
            .Where(item => item.GetProperty("billingCurrency").GetString() == currency)
            .Aggregate(
                BigInteger.Zero,
                (sum, item) => sum + (BigInteger)Amount.Parse(item.GetProperty("amount").GetRawText()).Units
            );

    /// <summary>A second reader of numbers, that shares nothing with the first.</summary>
    private static BigInteger Units(string text)
    {
        if (text is "" or "NULL")
            return 0;
        if (text == "1E-18")
            return 1;
        var (sign, digits) = text[0] == '-' ? (-1, text[1..]) : (1, text);
        var parts = digits.Split('.');
        return sign * BigInteger.Parse(parts[0] + (parts.Length > 1 ? parts[1] : "").PadRight(18, '0'));
    }

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
