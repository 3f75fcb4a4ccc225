using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.Cli;

/// <summary>How a command can end: exit codes and last words.</summary>
public sealed class EndingTests
{
    [Theory]
    [InlineData("cost", "Did you mean \"costs\"?")]
    [InlineData("costs --mesure BilledCost", "Did you mean \"--measure\"?")]
    [InlineData("costs --measure BiledCost", "Did you mean \"BilledCost\"?")]
    [InlineData("costs --format xml", "It takes one of: table, json, csv.")]
    [InlineData("costs --top many", "as a whole number")]
    [InlineData("costs --as-of yesterday", "a journal entry (#123)")]
    [InlineData("ingest", "FILE")]
    [InlineData("ingest a.csv --as-of 2026-10-11", "--as-of is for questions")]
    [InlineData("ingest a.csv --quite", "Did you mean \"--quiet\"?")]
    [InlineData("help cots", "Did you mean \"costs\"?")]
    public async Task Wrong_usage_ends_with_2_on_stderr_and_says_what_was_meant(string line, string expected)
    {
        var result = await ShellTests.RunAsync(line.Split(' '));
        Assert.Equal(ExitCode.WrongUsage, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.Contains(expected, result.Error);
    }

    [Fact]
    public async Task Findings_end_with_1_and_their_diagnostics()
    {
        var result = await ShellTests.RunAsync("ingest", "a.csv", "--quiet");
        Assert.Equal(ExitCode.Findings, result.ExitCode);
        Assert.Equal("error ingest/not-focus\nNo BilledCost.\nName the source with --source.\n\n", result.Error);
    }

    [Fact]
    public async Task A_refusal_ends_with_its_code_and_remedy()
    {
        var result = await ShellTests.RunAsync("refuse");
        Assert.Equal(ExitCode.Findings, result.ExitCode);
        Assert.Equal(
            "error costs/two-currencies\nUSD and EUR cannot be added.\nGroup by BillingCurrency.\n",
            result.Error
        );
    }

    [Fact]
    public async Task A_bug_ends_with_70_and_says_that_it_is_ours()
    {
        var result = await ShellTests.RunAsync("crash");
        Assert.Equal(ExitCode.Bug, result.ExitCode);
        Assert.Contains("This is a bug in Bursar", result.Error);
        Assert.Contains("The sum is off by one.", result.Error);
        Assert.DoesNotContain("   at ", result.Error);

        var debugging = ShellTest.Pipe() with { Environment = name => name == "BURSAR_DEBUG" ? "1" : null };
        Assert.Contains("   at ", (await ShellTest.RunAsync(debugging, [new SampleCapability()], "crash")).Error);
    }

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_a_calm_sentence()
    {
        using var stop = new CancellationTokenSource();
        var io = ShellTest.Pipe();
        var running = Shell.RunAsync(["wait"], io, [new SampleCapability()], stop.Token);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await running);
        Assert.Equal("Stopped before it was done. Nothing half-finished was kept.", io.Error.ToString()!.TrimEnd());
    }

    [Fact]
    public async Task The_executable_itself_answers_and_reports_its_exit_code()
    {
        using var folder = new TempFolder();
        var version = await BursarProcess.RunAsync(folder.Path, "--version");
        Assert.Equal(new BursarResult(0, $"bursar {Shell.Version}{Environment.NewLine}", ""), version);
        Assert.Equal(ExitCode.WrongUsage, (await BursarProcess.RunAsync(folder.Path, "no-such-command")).ExitCode);
    }
}
