using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.Cli;

public sealed class HelpTests
{
    [Fact]
    public async Task The_overview_lists_the_commands_by_wing() =>
        Golden.Match("overview.txt", (await ShellTests.RunAsync("--help")).Out);

    [Fact]
    public async Task A_command_explains_itself_with_examples() =>
        Golden.Match("help.txt", (await ShellTests.RunAsync("costs", "--help")).Out);

    [Fact]
    public async Task The_reference_prints_as_markdown() =>
        Golden.Match("help.md", (await ShellTests.RunAsync("help", "--markdown")).Out);

    [Fact]
    public async Task Help_comes_in_three_spellings_and_even_with_a_wrong_line()
    {
        var help = (await ShellTests.RunAsync("costs", "--help")).Out;
        Assert.Equal(help, (await ShellTests.RunAsync("help", "costs")).Out);
        Assert.Equal(help, (await ShellTests.RunAsync("costs", "-h", "--top", "many")).Out);
        Assert.Equal((await ShellTests.RunAsync("--help")).Out, (await ShellTests.RunAsync()).Out);
    }

    [Fact]
    public async Task Every_command_of_the_product_has_help_of_80_columns_with_an_example()
    {
        var shell = Shell.Create(ShellTest.Pipe(), Capabilities.All);
        foreach (var command in shell.Root.Subcommands.OfType<ShellCommand>())
        {
            var help = (await ShellTest.RunAsync(command.Name, "--help")).Out;
            Assert.All(
                help.Split('\n'),
                line => Assert.True(line.Length <= 80, $"{command.Name} --help is wider than 80 columns: {line}")
            );
            Assert.True(
                command.Examples.Count > 0 || command.Subcommands.Count > 0,
                $"{command.Name} has no example: add .WithExample(line, meaning)."
            );
        }
    }
}
