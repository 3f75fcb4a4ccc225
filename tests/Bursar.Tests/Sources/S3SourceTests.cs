using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Sources;

/// <summary>Sources in a bucket, of a real S3-compatible server.</summary>
public sealed class S3SourceTests
{
    private const string Exports = "focus/acme";

    [Fact]
    public async Task What_lies_in_a_bucket_is_fetched_once()
    {
        using var server = await S3Server.StartAsync();
        using var test = new FetchTest();
        test.Declare("acme", server.From("exports/"));
        await server.PutAsync("exports/2026-03.csv", SomeRow.Csv(new SomeRow("10.25")));
        await server.PutAsync("elsewhere/2026-03.csv", SomeRow.Csv(new SomeRow("99")));
        var first = await test.UpdateAsync();
        Assert.Equal(("fetched", 1, 0, 0), (first.State, first.Fetched, first.Unchanged, first.ExitCode));
        Assert.Equal("10.25", await test.TotalAsync());

        var again = await test.UpdateAsync();
        Assert.Equal(("unchanged", 0, 1), (again.State, again.Fetched, again.Unchanged));

        await server.PutAsync("exports/2026-04.csv", SomeRow.Csv(new SomeRow("5") { Month = "2026-04" }));
        var more = await test.UpdateAsync();
        Assert.Equal(("fetched", 1, 1), (more.State, more.Fetched, more.Unchanged));
        Assert.Equal("15.25", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_changed_part_replaces_its_month_together_with_the_parts_that_did_not_change()
    {
        using var server = await S3Server.StartAsync();
        using var test = new FetchTest();
        test.Declare("acme", server.From("exports/"), "delivery: overwrite\n");
        await server.PutAsync("exports/march-1.csv", SomeRow.Csv(new SomeRow("100")));
        await server.PutAsync("exports/march-2.csv", SomeRow.Csv(new SomeRow("20") { Resource = "i-2" }));
        await test.UpdateAsync();
        await server.PutAsync("exports/march-2.csv", SomeRow.Csv(new SomeRow("25") { Resource = "i-2" }));
        var update = await test.UpdateAsync();
        Assert.Equal(("fetched", 1, 1), (update.State, update.Fetched, update.Unchanged));
        Assert.Equal("125", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Of_an_export_with_manifests_only_the_newest_assembly_of_a_month_counts()
    {
        using var server = await S3Server.StartAsync();
        using var test = new FetchTest();
        test.Declare("aws", server.From(Exports), "delivery: overwrite\n");
        await PutAssemblyAsync(server, "run-1", "70");
        await test.UpdateAsync();
        Assert.Equal("70", await test.TotalAsync());

        await PutAssemblyAsync(server, "run-2", "75");
        var update = await test.UpdateAsync();
        Assert.Equal(("fetched", 1), (update.State, update.Fetched));
        Assert.Equal("75", await test.TotalAsync());
        var again = await test.UpdateAsync();
        Assert.Equal("unchanged", again.State);
    }

    [Fact]
    public async Task An_assembly_that_is_being_written_waits_for_its_last_file()
    {
        using var server = await S3Server.StartAsync();
        using var test = new FetchTest();
        test.Declare("aws", server.From(Exports), "delivery: overwrite\n");
        await PutAssemblyAsync(server, "run-1", "70");
        await server.PutAsync(
            Manifest("run-2"),
            $$"""{"dataFiles":["s3://billing/{{Data("run-2", 1)}}","s3://billing/{{Data("run-2", 2)}}"]}"""
        );
        await server.PutAsync(Data("run-2", 1), SomeRow.Csv(new SomeRow("50")));
        var update = await test.UpdateAsync();
        Assert.Equal(("failed", "sources/assembly-incomplete", 1), (update.State, update.Code, update.ExitCode));
        Assert.Contains("export-00002.csv", update.Reason);
        Assert.Equal("none", await test.TotalAsync());

        await server.PutAsync(Data("run-2", 2), SomeRow.Csv(new SomeRow("30") { Resource = "i-2" }));
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.Equal("80", await test.TotalAsync());
    }

    [Fact]
    public async Task A_legacy_report_with_its_month_in_the_path_counts_by_its_manifest_too()
    {
        using var server = await S3Server.StartAsync();
        using var test = new FetchTest();
        test.Declare("aws", server.From("cur/"), "delivery: overwrite\n");
        foreach (var (assembly, cost) in new[] { ("a-1", "40"), ("b-2", "41") })
        {
            var key = $"cur/daily/20260301-20260401/{assembly}/daily-00001.csv";
            await server.PutAsync(key, SomeRow.Csv(new SomeRow(cost)));
            var manifest = $$"""{"assemblyId":"{{assembly}}","bucket":"billing","reportKeys":["{{key}}"]}""";
            await server.PutAsync($"cur/daily/20260301-20260401/{assembly}/daily-Manifest.json", manifest);
            // Amazon writes the newest one a level above as well; times of one second would tie.
            await server.PutAsync("cur/daily/20260301-20260401/daily-Manifest.json", manifest);
        }
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.Equal("41", await test.TotalAsync());
    }

    [Theory]
    [InlineData("s3://nobody/exports/", "sources/not-there")]
    [InlineData("s3://billing/empty/", "sources/no-files")]
    public async Task A_bucket_or_folder_that_is_not_there_is_named(string place, string code)
    {
        using var server = await S3Server.StartAsync();
        using var test = new FetchTest();
        test.Declare("acme", server.From("").Replace("s3://billing/", place, StringComparison.Ordinal));
        var update = await test.UpdateAsync();
        Assert.Equal(("failed", code, 1), (update.State, update.Code, update.ExitCode));
    }

    [Fact]
    public async Task A_wrong_key_is_denied_and_a_missing_variable_is_named()
    {
        using var server = await S3Server.StartAsync();
        using var test = new FetchTest();
        test.Declare("acme", server.From("exports/"));
        test.Environment["STORE_KEY"] = "another";
        Assert.Equal("sources/denied", (await test.UpdateAsync()).Code);
        test.Environment.Remove("STORE_SECRET");
        var update = await test.UpdateAsync();
        Assert.Equal("sources/variable-missing", update.Code);
        Assert.Contains("STORE_SECRET", update.Reason);
    }

    private static string Data(string run, int part) =>
        $"{Exports}/data/BILLING_PERIOD=2026-03/{run}/export-{part:00000}.csv";

    private static string Manifest(string run) =>
        $"{Exports}/metadata/BILLING_PERIOD=2026-03/{run}/export-Manifest.json";

    private static async Task PutAssemblyAsync(S3Server server, string run, string cost)
    {
        await server.PutAsync(Data(run, 1), SomeRow.Csv(new SomeRow(cost)));
        await server.PutAsync(Manifest(run), $$"""{"dataFiles":["s3://billing/{{Data(run, 1)}}"]}""");
    }
}
