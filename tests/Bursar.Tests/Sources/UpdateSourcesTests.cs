using System.Text.Json;
using Bursar.Tests.EndToEnd;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Sources.Stores;

namespace Bursar.Tests.Sources;

/// <summary>Folders and commands, several sources at once, and what is told of them.</summary>
public sealed class UpdateSourcesTests
{
    [Fact]
    public async Task A_folder_is_looked_at_from_where_the_rulebook_lies()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  folder: ../exports\n", "files: [\"*.csv\"]\n");
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("7")));
        test.Write("exports/notes.txt", "not of the source");
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.Equal("unchanged", (await test.UpdateAsync()).State);
        test.Write("exports/april.csv", SomeRow.Csv(new SomeRow("1") { Month = "2026-04" }));
        var update = await test.UpdateAsync();
        Assert.Equal(("fetched", 1, 1), (update.State, update.Fetched, update.Unchanged));
        Assert.Equal("8", await test.TotalAsync());
    }

    [Fact]
    public async Task A_delivery_that_was_withdrawn_does_not_come_back_by_itself()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  folder: ../exports\n");
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("7")));
        await test.UpdateAsync();
        var listed = await test.RunAsync("deliveries", "--format", "json");
        using var json = JsonDocument.Parse(listed.Out);
        var id = json.RootElement.GetProperty("deliveries")[0].GetProperty("id").GetString()!;
        Assert.Equal(0, (await test.RunAsync("withdraw", id, "--reason", "wrong account")).ExitCode);
        Assert.Equal("unchanged", (await test.UpdateAsync()).State);
        Assert.Equal("none", await test.TotalAsync());
    }

    [Fact]
    public async Task What_a_command_prints_is_a_file()
    {
        using var test = new FetchTest();
        var file = test.Write("march.csv", SomeRow.Csv(new SomeRow("7")));
        test.Declare("acme", $"from:\n  command: [cat, \"{file}\"]\n  file: acme-{{month}}.csv\n");
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.Equal("7", await test.TotalAsync());
        Assert.Equal("unchanged", (await test.UpdateAsync()).State);
    }

    [Theory]
    [InlineData("[sh, -c, \"echo no rights >&2; exit 3\"]", "sources/command-failed", "no rights")]
    [InlineData("[no-such-program-anywhere]", "sources/command-not-found", "there is no such program")]
    [InlineData("[\"true\"]", "sources/command-silent", "printed nothing")]
    public async Task A_command_that_fails_says_why(string command, string code, string said)
    {
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  command: {command}\n");
        var update = await test.UpdateAsync();
        Assert.Equal(("failed", code), (update.State, update.Code));
        Assert.Contains(said, update.Reason);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended()
    {
        var from = new SourceLocation { Command = ["sleep", "600"], TimeoutMinutes = 0 };
        var environs = new Environs(_ => null, TimeProvider.System, Path.GetTempPath(), "/nowhere");
        var store = new CommandStore(from, environs);
        var offered = Assert.Single(await store.ListAsync(TestContext.Current.CancellationToken));
        using var folder = new TempFolder();
        var failure = await Assert.ThrowsAsync<FetchException>(() =>
            store.FetchAsync(offered, known: null, folder["out"], TestContext.Current.CancellationToken)
        );
        Assert.Equal("sources/command-too-long", failure.Diagnostic.Code);
    }

    [Fact]
    public async Task Nobody_signed_in_is_told_how_to_sign_in()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  s3: s3://acme-billing/focus/\n  endpoint: http://127.0.0.1:9/\n");
        // Neither the machine's own role nor its users' profiles.
        var nobody = new Dictionary<string, string>
        {
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_SHARED_CREDENTIALS_FILE"] = System.IO.Path.Combine(test.Path, "none"),
            ["AWS_CONFIG_FILE"] = System.IO.Path.Combine(test.Path, "none"),
            ["AWS_ACCESS_KEY_ID"] = "",
            ["HOME"] = test.Path,
        };
        using var run = BursarProcess.Start(test.Path, ["ingest"], nobody);
        var result = await run.EndAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("sources/no-credentials", result.Error);
    }

    [Fact]
    public async Task A_source_that_fails_stops_no_other_and_says_so_until_it_works_again()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  folder: ../exports\n");
        test.Declare("late", "from:\n  folder: ../nowhere\n");
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("7")));
        var updates = await test.UpdateAllAsync();
        Assert.Equal(["fetched", "failed"], updates.Select(update => update.State));
        Assert.Equal("sources/no-folder", updates[1].Code);
        Assert.Equal("7", await test.TotalAsync());
        var entries = File.ReadAllLines(Path.Combine(test.Books, "journal.jsonl")).Length;
        await test.UpdateAllAsync();
        Assert.Equal(entries, File.ReadAllLines(Path.Combine(test.Books, "journal.jsonl")).Length);

        var told = await test.RunAsync("sources");
        Assert.Contains("failing", told.Out);
        Assert.Contains("late fails since", told.Error);
        test.Write("nowhere/march.csv", SomeRow.Csv(new SomeRow("1") { Account = "b" }));
        Assert.All(await test.UpdateAllAsync(), update => Assert.NotEqual("failed", update.State));
        Assert.DoesNotContain("failing", (await test.RunAsync("sources")).Out);
    }

    [Fact]
    public async Task Only_the_source_that_is_named_is_looked_at()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  folder: ../exports\n");
        test.Declare("late", "from:\n  folder: ../nowhere\n");
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("7")));
        Assert.Equal("acme", (await test.UpdateAsync("--source", "acme")).Source);
        var unknown = await test.RunAsync("ingest", "--source", "acm");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("sources/unknown-source", unknown.Error);
        Assert.Contains("Did you mean \"acme\"?", unknown.Error);
    }

    [Fact]
    public async Task Without_a_place_there_is_nothing_to_fetch()
    {
        using var test = new FetchTest();
        test.Declare("acme", "", "files: [\"*.csv\"]\n");
        var result = await test.RunAsync("ingest");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("sources/nothing-to-fetch", result.Error);
        var replace = await test.RunAsync("ingest", "--replace");
        Assert.Equal(2, replace.ExitCode);
        Assert.Contains("ingestion/needs-files", replace.Error);
    }

    [Fact]
    public async Task A_large_fall_waits_for_a_person_each_time_until_one_says_yes()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  folder: ../exports\n", "delivery: overwrite\n");
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("100")));
        await test.UpdateAsync();
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("50.5")));
        for (var time = 0; time < 2; time++)
            Assert.Equal("sources/waits", (await test.UpdateAsync()).Code);
        Assert.Equal("100", await test.TotalAsync());
        Assert.Equal("fetched", (await test.UpdateAsync("--yes")).State);
        Assert.Equal("50.5", await test.TotalAsync());
    }

    // DAT-09
    [Fact]
    public async Task A_source_is_late_when_its_promise_has_passed()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  folder: ../exports\n", "expectedEveryHours: 24\ngraceHours: 6\nevery: 6h\n");
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("7")));
        await test.UpdateAsync();
        Assert.Contains("fine", (await test.RunAsync("sources", "--format", "csv")).Out);
        test.Now += TimeSpan.FromHours(31);
        var late = await test.RunAsync("sources", "--format", "csv");
        Assert.Contains(",late", late.Out);
        Assert.Contains(",6h,", late.Out);
    }

    [Fact]
    public async Task A_fetch_that_is_killed_leaves_nothing_wrong()
    {
        var march = SomeRow.Csv(new SomeRow("10.25"));
        var begun = new TaskCompletionSource();
        await using var server = await WebServer.StartAsync(
            async (context, request) =>
            {
                context.Response.ContentLength = march.Length;
                await context.Response.Body.WriteAsync(
                    System.Text.Encoding.UTF8.GetBytes(march[..40]),
                    context.RequestAborted
                );
                await context.Response.Body.FlushAsync(context.RequestAborted);
                begun.TrySetResult();
                // Until the other side is gone.
                if (request == 1)
                    await Task.Delay(Timeout.Infinite, context.RequestAborted)
                        .ContinueWith(_ => { }, TaskScheduler.Default);
                else
                    await context.Response.Body.WriteAsync(
                        System.Text.Encoding.UTF8.GetBytes(march[40..]),
                        context.RequestAborted
                    );
            }
        );
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: {server.Address}/costs.csv\n");
        using (var run = BursarProcess.Start(test.Path, ["ingest"]))
        {
            await begun.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            run.Kill();
        }
        Assert.Equal("none", await test.TotalAsync());
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.Equal("10.25", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_server_fetches_on_schedule_and_shows_what_fails()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  folder: ../exports\n", "every: 1h\n");
        test.Declare("late", "from:\n  folder: ../nowhere\n", "every: 1h\n");
        test.Declare("manual", "from:\n  folder: ../exports\n", "files: [\"never/*.csv\"]\n");
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("7")));
        Assert.Equal(0, (await test.RunAsync("publish")).ExitCode);
        using var server = await ServerProcess.StartAsync(test.Path);
        await WaitForAsync(server, "\"late\"", "failing");
        await WaitForAsync(server, "acme", "fine");
        var page = await server.Client.GetStringAsync(server.At("/data"), TestContext.Current.CancellationToken);
        Assert.Contains("There is no folder", page);
        Assert.Equal("7", await test.TotalAsync());
    }

    [Fact]
    public async Task Without_the_schedule_a_server_fetches_nothing()
    {
        using var test = new FetchTest();
        test.Declare("acme", "from:\n  folder: ../exports\n", "every: 1h\n");
        test.Write("exports/march.csv", SomeRow.Csv(new SomeRow("7")));
        Assert.Equal(0, (await test.RunAsync("publish")).ExitCode);
        using var server = await ServerProcess.StartAsync(test.Path, "--no-schedule");
        var page = await server.Client.GetStringAsync(server.At("/data"), TestContext.Current.CancellationToken);
        Assert.Contains("nothing fetched yet", page);
        Assert.Equal("none", await test.TotalAsync());
    }

    private static async Task WaitForAsync(ServerProcess server, string source, string state)
    {
        var limit = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var text = await server.Client.GetStringAsync(
                server.At("/api/v1/sources?format=csv"),
                TestContext.Current.CancellationToken
            );
            var line = text.Split('\n')
                .FirstOrDefault(line => line.StartsWith(source.Trim('"'), StringComparison.Ordinal));
            if (line?.Contains(state, StringComparison.Ordinal) == true)
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromMinutes(2), text);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
