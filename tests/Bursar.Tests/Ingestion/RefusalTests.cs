namespace Bursar.Tests.Ingestion;

/// <summary>How files that cannot be taken are told.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task What_is_wrong_with_many_files_in_the_same_way_is_said_once_and_even_quietly()
    {
        using var test = new BooksTest();
        for (var file = 1; file <= 7; file++)
            test.Write($"exports/{file}.csv", $"ChargePeriodStart,BilledCost\n2026-03-01,{file}\n");

        var refused = await test.RunAsync("ingest", test.Path + "/exports", "--quiet");

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            """
            error ingestion/no-currency
            1.csv has no column BillingCurrency, so its amounts are in no known currency.
            The same is wrong with 2.csv, 3.csv, 4.csv, 5.csv and 2 more files.
            Say which it is: the same command with --currency USD, or `currency: USD` in the kind: Source that the file belongs to.
            """.ReplaceLineEndings("\n"),
            refused.Error.Trim().ReplaceLineEndings("\n")
        );
    }
}
