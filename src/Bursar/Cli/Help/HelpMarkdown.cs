using System.CommandLine;

namespace Bursar.Cli.Help;

/// <summary>The whole reference as Markdown: docs/cli.md is its output, and a test keeps it so.</summary>
internal static class HelpMarkdown
{
    public static int Write(Shell shell, TextWriter output)
    {
        output.WriteLine("# The command line");
        output.WriteLine();
        output.WriteLine(
            "Written by `bursar help --markdown`. Results go to stdout; notes, progress and mistakes to stderr."
        );
        output.WriteLine("Exit codes: 0 fine, 1 findings, 2 wrong usage, 70 a bug in Bursar.");
        output.WriteLine();
        output.WriteLine("## Options of every command");
        output.WriteLine();
        WriteTerms(HelpTerms.CommonOptions(shell), output);
        foreach (
            var group in shell
                .Root.Subcommands.Where(sub => !sub.Hidden)
                .OfType<ShellCommand>()
                .GroupBy(sub => sub.Group)
        )
        {
            output.WriteLine();
            output.WriteLine($"## {(group.Key.Length == 0 ? "Help" : group.Key)}");
            foreach (var command in group)
                WriteCommand(command, shell, output);
        }
        return ExitCode.Fine;
    }

    private static void WriteCommand(Command command, Shell shell, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"### `{WrongUsage.CommandLine(command)}`");
        output.WriteLine();
        output.WriteLine(command.Description + ".");
        output.WriteLine();
        output.WriteLine($"    {HelpText.Usage(command)}");
        var terms = HelpTerms.Arguments(command).Concat(HelpTerms.OwnOptions(command, shell)).ToList();
        if (terms.Count > 0)
        {
            output.WriteLine();
            WriteTerms(terms, output);
        }
        if (command is ShellCommand { Remarks: { } remarks })
        {
            output.WriteLine();
            output.WriteLine(remarks.Replace("\n", "\n\n"));
        }
        if (command is ShellCommand { Examples: { Count: > 0 } examples })
        {
            output.WriteLine();
            output.WriteLine("```console");
            foreach (var example in examples)
                output.WriteLine($"# {example.Meaning}\n$ {example.CommandLine}");
            output.WriteLine("```");
        }
        foreach (var child in command.Subcommands.Where(sub => !sub.Hidden))
            WriteCommand(child, shell, output);
    }

    private static void WriteTerms(IEnumerable<(string Term, string Meaning)> terms, TextWriter output)
    {
        output.WriteLine("| | |");
        output.WriteLine("|---|---|");
        foreach (var (term, meaning) in terms)
            output.WriteLine($"| `{term.Replace("|", "\\|")}` | {meaning.Replace("|", "\\|")} |");
    }
}
