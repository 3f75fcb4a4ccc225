using Bursar.Cli;
using Bursar.Tests.Support;
using Bursar.Workspaces;

namespace Bursar.Tests.Cli;

public sealed class ShellTests
{
    [Fact]
    public async Task A_pipe_gets_a_table_of_80_columns_whose_amounts_are_whole()
    {
        var result = await RunAsync("costs");
        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Golden.Match("table.txt", result.Out);
    }

    [Fact]
    public async Task A_terminal_that_is_too_narrow_for_the_amounts_still_gets_them_whole()
    {
        var result = await ShellTest.RunAsync(ShellTest.Pipe() with { Width = 30 }, [new SampleCapability()], "costs");
        Assert.Contains("1,234,567.89", result.Out);
        Assert.Contains("2026-01", result.Out);
    }

    [Fact]
    public async Task Json_has_columns_and_rows_and_every_digit()
    {
        var result = await RunAsync("costs", "--format", "json");
        Golden.Match("table.json", result.Out);
        Assert.Contains("1234567.891234567890123456]", result.Out);
        Assert.Contains("-0.000000000000000001]", result.Out);
    }

    [Fact]
    public async Task Csv_quotes_what_it_must_and_disarms_formulas()
    {
        var result = await RunAsync("costs", "--format", "csv");
        Golden.Match("table.csv", result.Out);
        Assert.Contains("'=cmd|", result.Out);
        Assert.Contains("\"\"quoted, part\"\"", result.Out);
    }

    [Fact]
    public async Task A_record_is_json_with_camel_case_fields()
    {
        var result = await RunAsync("ingest", "a.csv", "--format", "json");
        const string Delivery = """{"id":"d-1","rows":1000,"billedCost":12.5,"supersedes":[]}""";
        Assert.Equal($$"""{"deliveries":[{{Delivery}}],"refused":[],"complete":true}""" + "\n", result.Out);
    }

    [Fact]
    public async Task A_record_reads_as_text_for_people() =>
        Golden.Match("record.txt", (await RunAsync("ingest", "a.csv")).Out);

    [Fact]
    public async Task Colour_is_for_terminals_and_never_where_no_color_is_set()
    {
        var terminal = ShellTest.Pipe() with { OutIsTerminal = true };
        var styled = await ShellTest.RunAsync(terminal, [new SampleCapability()], "costs");
        Assert.Contains('\e', styled.Out);

        var plain = terminal with { Out = new StringWriter(), Environment = name => name == "NO_COLOR" ? "1" : null };
        Assert.DoesNotContain('\e', (await ShellTest.RunAsync(plain, [new SampleCapability()], "costs")).Out);
        Assert.DoesNotContain('\e', (await RunAsync("costs")).Out);
    }

    [Fact]
    public async Task Notes_and_progress_go_to_stderr_and_quiet_keeps_them()
    {
        var result = await RunAsync("costs", "--as-of", "2026-10-11");
        Assert.Equal("Read as EffectiveCost as of 2026-10-11T23:59:59Z\n", result.Error);
        Assert.Contains("Reading 2 files ...", (await RunAsync("ingest", "a.csv")).Error);

        Assert.Equal("", (await RunAsync("costs", "--quiet")).Error);
        Assert.DoesNotContain("Reading", (await RunAsync("ingest", "a.csv", "--quiet")).Error);
    }

    [Fact]
    public async Task A_terminal_gets_bars_and_one_without_colour_gets_lines()
    {
        var terminal = ShellTest.Pipe() with { ErrorIsTerminal = true };
        var bars = await ShellTest.RunAsync(terminal, [new SampleCapability()], "ingest", "a.csv");
        Assert.Contains("\e[", bars.Error);
        Assert.Contains("Reading 2 files", bars.Error);
        Assert.Contains("100%", bars.Error);

        var plain = ShellTest.Pipe() with
        {
            ErrorIsTerminal = true,
            Environment = name => name == "NO_COLOR" ? "1" : null,
        };
        var lines = await ShellTest.RunAsync(plain, [new SampleCapability()], "ingest", "a.csv");
        Assert.StartsWith("Reading 2 files ...", lines.Error);
        Assert.DoesNotContain('\e', lines.Error);
    }

    [Theory]
    [InlineData("2026-10-11", "2026-10-11T23:59:59Z")]
    [InlineData("2026-10-11T12:00:00Z", "2026-10-11T12:00:00Z")]
    [InlineData("2026-10-11T12:00:00+05:30", "2026-10-11T06:30:00Z")]
    [InlineData("#123", "#123")]
    [InlineData("2026-10-11T12:00:00", null)]
    [InlineData("2026-13-01", null)]
    [InlineData("#-1", null)]
    [InlineData("yesterday", null)]
    public void As_of_is_a_day_a_time_with_its_zone_or_an_entry(string text, string? expected) =>
        Assert.Equal(expected, AsOf.Read(text)?.ToString());

    internal static Task<BursarResult> RunAsync(params string[] args) =>
        ShellTest.RunAsync(ShellTest.Pipe(), [new SampleCapability()], args);
}
