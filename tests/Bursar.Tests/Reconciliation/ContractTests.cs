using Bursar.Core.Amounts;
using Bursar.Manage.Contracts;

namespace Bursar.Tests.Reconciliation;

public sealed class ContractTests
{
    private static readonly YearOfSpend[] Years =
    [
        Year("5", "4.2", "1.5"),
        Year("6", "4.3", "1.0"),
        Year("7", "6.4", "1.0"),
    ];

    [Fact]
    public void EX_MYP_1_a_shortfall_is_what_counts_less_than_promised()
    {
        var settled = ContractMath.Settle(Years, rolloverPercent: 0);

        Assert.Equal(["5.45", "5.3", "7.4"], settled.Select(year => year.Counted.ToString()));
        Assert.Equal(["0", "0.7", "0"], settled.Select(year => year.Shortfall.ToString()));
        Assert.Equal(["0", "0.7", "0"], settled.Select(year => year.Paid.ToString()));
    }

    [Fact]
    public void EX_MYP_2_a_part_of_a_shortfall_may_roll_into_the_next_year()
    {
        var settled = ContractMath.Settle(Years, rolloverPercent: 10);

        Assert.Equal(["0", "0.1", "0.2"], settled.Select(year => year.Paid.ToString()));
        Assert.Equal(["5", "6", "7.6"], settled.Select(year => year.Needed.ToString()));
        Assert.Equal("0.6", settled[1].Rolled.ToString());
    }

    [Fact]
    public async Task DAT_07_a_contract_shows_its_years_its_shortfall_and_its_notice()
    {
        using var books = new FinanceBooks();
        books.Write(
            "rulebook/contracts.yaml",
            """
            kind: Contract
            name: cloud
            vendor: Cloud One
            type: Enterprise agreement
            currency: USD
            noticeDays: 90
            rolloverPercent: 10
            years:
              - {from: 2025-01-01, to: 2026-01-01, amount: 600}
              - {from: 2026-01-01, to: 2027-01-01, amount: 700}
            capped:
              - {name: Marketplace, where: {InvoiceIssuerName: Partner}, maxPercent: 25}
            """
        );
        await books.TakeAsync(
            FinanceBooks.Charge("2025-03", "2025-03-01", "2025-04-01", "430", "430"),
            FinanceBooks.Charge("2025-03", "2025-03-01", "2025-04-01", "100", "100", issuer: "Partner")
        );

        var contract = (await books.AskAsync("contracts", "--draft", "--at", "2026-03-01")).GetProperty("contracts")[0];

        Assert.Equal("2026-10-02", contract.GetProperty("noticeBy").GetString());
        var year = contract.GetProperty("years")[0];
        Assert.Equal(530m, year.GetProperty("counted").GetDecimal());
        Assert.Equal(70m, year.GetProperty("shortfall").GetDecimal());
        Assert.Equal(60m, year.GetProperty("rolled").GetDecimal());
        Assert.Equal(10m, contract.GetProperty("shortfallPaid").GetDecimal());
    }

    [Fact]
    public async Task DAT_07_commitments_of_FOCUS_are_contracts()
    {
        using var books = new FinanceBooks();
        var file = books.Write(
            "commitments.csv",
            """
            BillingCurrency,ContractCommitmentCost,ContractCommitmentId,ContractCommitmentPeriodEnd,ContractCommitmentPeriodStart,ContractId,ServiceProviderName
            EUR,925000.00,CMT-1,2028-12-01,2025-12-01,AGR-9,Cloud One
            """
        );

        var taken = await books.RunAsync("ingest", file);
        var contract = (await books.AskAsync("contracts")).GetProperty("contracts")[0];

        Assert.True(taken.ExitCode == 0, taken.Error);
        Assert.Equal("AGR-9 CMT-1", contract.GetProperty("id").GetString());
        Assert.Equal(925_000m, contract.GetProperty("years")[0].GetProperty("committed").GetDecimal());
    }

    private static YearOfSpend Year(string promise, string eligible, string marketplace) =>
        new(Amount.Parse(promise), Amount.Parse(eligible), [(Amount.Parse(marketplace), 25m)]);
}
