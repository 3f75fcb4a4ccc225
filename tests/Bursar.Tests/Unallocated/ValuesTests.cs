using Bursar.Tests.Support;

namespace Bursar.Tests.Unallocated;

/// <summary>Accounts and tags, value by value: how much has an owner, and what is probably the same value.</summary>
public sealed class ValuesTests
{
    private const string Rules = """
        kind: AllocationRule
        name: payments
        order: 1
        when: {Tags/team: payments}
        set: {x_CostCentre: "4100"}
        """;

    private static readonly DateOnly Day = new(2026, 9, 30);

    [Fact]
    public async Task Values_sum_to_all_cost_and_one_that_looks_like_another_is_pointed_out()
    {
        using var books = new BookedCharges(Rules, Charges());
        var rows = await RowsAsync(books, "team");
        Assert.Equal(
            ["payments|30|30|0|100.00|", "|7|0|7|0.00|", "Payments|5|0|5|0.00|payments"],
            rows.Select(row => $"{row[0]}|{row[3]}|{row[4]}|{row[5]}|{row[6]}|{row[7]}")
        );
    }

    [Fact]
    public async Task Accounts_are_what_is_shown_without_a_key()
    {
        using var books = new BookedCharges(Rules, Charges());
        var rows = await RowsAsync(books);
        Assert.Equal(["one|35|30|5", "two|7|0|7"], rows.Select(row => $"{row[0]}|{row[3]}|{row[4]}|{row[5]}"));
    }

    [Fact]
    public async Task A_key_that_no_charge_has_is_refused_with_the_one_that_was_probably_meant()
    {
        using var books = new BookedCharges(Rules, Charges());
        var result = await books.RunAsync("allocation", "values", "teem", "--draft");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("allocation/unknown-key", result.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"team\"?", result.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<SomeCharge> Charges() =>
        [
            new(Day, "20") { Account = "one", Tags = ["team", "payments"] },
            new(Day, "10") { Account = "one", Tags = ["team", "payments"] },
            new(Day, "5") { Account = "one", Tags = ["team", "Payments"] },
            new(Day, "7") { Account = "two" },
        ];

    private static async Task<IReadOnlyList<string[]>> RowsAsync(BookedCharges books, params string[] key)
    {
        var result = await books.RunAsync(["allocation", "values", .. key, "--draft", "--format", "csv"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return
        [
            .. result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')),
        ];
    }
}
