using System.CommandLine;

namespace Bursar.Cli.Help;

/// <summary>The help of a command, at most 80 columns wide.</summary>
internal static class HelpText
{
    private const int Width = 80;
    private const int TermWidthMax = 30;

    public static int Write(Command command, Shell shell, TextWriter output)
    {
        foreach (var line in Wrap(command.Description ?? "", Width))
            output.WriteLine(line);
        output.WriteLine();
        output.WriteLine("Usage:");
        foreach (var line in Wrap(Usage(command), Width - 4))
            output.WriteLine("  " + line);
        if (command is RootCommand)
            WriteOverview(command, output);
        else
            WriteTerms("Commands:", Names(command.Subcommands), output);
        WriteTerms("Arguments:", HelpTerms.Arguments(command), output);
        WriteTerms("Options:", HelpTerms.OwnOptions(command, shell), output);
        WriteTerms("Options of every command:", HelpTerms.CommonOptions(shell), output);
        if (command is ShellCommand { Remarks: { } remarks })
        {
            foreach (var paragraph in remarks.Split('\n'))
            {
                output.WriteLine();
                foreach (var line in Wrap(paragraph, Width))
                    output.WriteLine(line);
            }
        }
        if (command is ShellCommand { Examples: { Count: > 0 } examples })
            WriteExamples(examples, output);
        if (command is RootCommand)
            output.WriteLine("\nExit codes: 0 fine, 1 findings, 2 wrong usage, 70 a bug in Bursar.");
        return ExitCode.Fine;
    }

    /// <summary>"bursar costs [FILE...] [options]".</summary>
    internal static string Usage(Command command)
    {
        var arguments = command.Arguments.Select(argument =>
        {
            var name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "..." : argument.Name;
            return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
        });
        // A command that answers by itself takes one of its commands instead.
        string[] parts =
            command.Subcommands.Count == 0 ? [WrongUsage.CommandLine(command), .. arguments, "[options]"]
            : command.Action is null ? [WrongUsage.CommandLine(command), "COMMAND", "[options]"]
            :
            [
                WrongUsage.CommandLine(command),
                $"[{string.Join(" | ", command.Arguments.Select(argument => argument.Name).Prepend("COMMAND"))}]",
                "[options]",
            ];
        return string.Join(' ', parts);
    }

    /// <summary>Breaks text at spaces into lines of at most so many characters; a longer word stands alone.</summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        if (line.Length > 0)
            yield return line;
    }

    /// <summary>A long list of choices goes on below its first, after a bar.</summary>
    private static IEnumerable<string> WrapChoices(string term)
    {
        var (line, indent) = ("  ", new string(' ', 2 + term.IndexOf(' ', StringComparison.Ordinal) + 1));
        foreach (var choice in term.Split('|').Select((choice, i) => i == 0 ? choice : "|" + choice))
        {
            if (line.Length + choice.Length > Width)
            {
                yield return line;
                line = indent;
            }
            line += choice;
        }
        yield return line;
    }

    private static void WriteOverview(Command root, TextWriter output)
    {
        foreach (
            var group in root.Subcommands.Where(sub => !sub.Hidden).OfType<ShellCommand>().GroupBy(sub => sub.Group)
        )
        {
            var heading = group.Key.Length == 0 ? "Help:" : group.Key + ":";
            WriteTerms(heading, Names(group), output);
        }
    }

    private static IEnumerable<(string Term, string Meaning)> Names(IEnumerable<Command> commands) =>
        commands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? ""));

    private static void WriteTerms(string heading, IEnumerable<(string Term, string Meaning)> terms, TextWriter output)
    {
        var list = terms.ToList();
        if (list.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine(heading);
        var column = Math.Min(list.Max(term => term.Term.Length), TermWidthMax) + 4;
        foreach (var (term, meaning) in list)
        {
            var lines = Wrap(meaning, Width - column).DefaultIfEmpty("").ToList();
            if (term.Length + 4 > column)
            {
                foreach (var line in WrapChoices(term))
                    output.WriteLine(line);
            }
            else
                lines[0] = ("  " + term).PadRight(column) + lines[0];
            foreach (var line in lines.Where(line => line.Length > 0))
                output.WriteLine(line.StartsWith("  " + term) ? line.TrimEnd() : new string(' ', column) + line);
        }
    }

    private static void WriteExamples(IReadOnlyList<Example> examples, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Examples:");
        foreach (var example in examples)
        {
            // Broken as a shell would accept it, so that it can still be copied.
            var lines = Wrap(example.CommandLine, Width - 6).ToList();
            output.WriteLine("  " + string.Join(" \\\n    ", lines));
            foreach (var line in Wrap(example.Meaning, Width - 6))
                output.WriteLine("      " + line);
        }
    }
}
