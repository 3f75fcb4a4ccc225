using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Currencies;

/// <summary>Whatever the grouping, a converted answer sums to the same, to the last digit (DAT-13, ALC-01).</summary>
public sealed class ConversionConservationTests
{
    private static readonly string[][] Groupings =
    [
        ["--by", "ServiceName"],
        ["--over", "day"],
        ["--over", "week", "--by", "BillingCurrency"],
        ["--over", "month", "--by", "x_CostCentre,x_BillingPeriod"],
        ["--by", "BillingAccountId,ChargeCategory", "--over", "year", "--split", "tax,credits"],
        ["--by", "ResourceId,ServiceName", "--top", "1"],
        ["--by", "ServiceName", "--over", "quarter", "--top", "2"],
    ];

    private static Gen<SomeRow> Row { get; } =
        from cost in Gen.Elements(
            "0.01",
            "-7.33",
            "33.333333333333333333",
            "1E-18",
            "1234567.000000000000000001",
            "NULL"
        )
        from account in Gen.Elements("a1", "a2")
        from currency in Gen.Elements("USD", "EUR", "GBP", "JPY", "INR")
        from category in Gen.Elements("Usage", "Tax", "Credit")
        from service in Gen.Elements("EC2", "S3", "")
        from month in Gen.Elements("2026-02", "2026-03")
        from startHour in Gen.Choose(-100, 1400)
        from hours in Gen.Choose(1, 700)
        let start = DateTime.Parse(month + "-01").AddHours(startHour)
        select new SomeRow(cost)
        {
            Account = account,
            Currency = currency,
            Category = category,
            Service = service,
            Month = month,
            Start = start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            End = start.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        };

    [Fact]
    public void Any_grouping_and_grain_sums_to_the_same_converted_total() =>
        Always.Holds(
            Row.NonEmptyListOf().Where(rows => rows.Count < 30),
            rows => Holds([.. rows]).GetAwaiter().GetResult(),
            cases: 8
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
            set: {x_CostCentre: cc1}
            ---
            kind: ExchangeRates
            name: bank
            source: The Bank
            use: actual
            base: EUR
            maxAgeDays: 20
            rates:
              2026-02-03: {USD: 1.0823, GBP: 0.8414}
              2026-02-20: {USD: 1.0417}
              2026-03-05: {USD: 1.0777, GBP: 0.8352, JPY: 161.27}
            """
        );
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(rows)));
        foreach (
            var basis in new string[][] { [], ["--time", "billing"], ["--from", "2026-02-10", "--to", "2026-03-10"] }
        )
        {
            var whole = await SumsAsync(test, basis);
            foreach (var grouping in Groupings.Where(one => basis is not ["--time", ..] || !one.Any(IsFiner)))
            {
                var parts = await SumsAsync(test, [.. basis, .. grouping]);
                foreach (var currency in whole.Keys.Union(parts.Keys))
                    Assert.True(
                        whole.GetValueOrDefault(currency) == parts.GetValueOrDefault(currency),
                        $"{string.Join(' ', basis)} {string.Join(' ', grouping)}: {parts.GetValueOrDefault(currency)} "
                            + $"{currency}, not {whole.GetValueOrDefault(currency)}"
                    );
            }
        }
        return true;
    }

    private static bool IsFiner(string word) => word is "day" or "week";

    private static async Task<Dictionary<string, Amount>> SumsAsync(BooksTest test, string[] question) =>
        AnswerSums.ByCurrency(
            await test.JsonAsync(["costs", "--currency", "USD", .. question]),
            "EffectiveCost",
            "Currency",
            "the only one"
        );
}
