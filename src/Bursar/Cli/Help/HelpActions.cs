using System.CommandLine;
using System.CommandLine.Invocation;
using Bursar.Core.Diagnostics;

namespace Bursar.Cli.Help;

/// <summary>What --help does.</summary>
internal sealed class HelpPrinter(Shell shell) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult) =>
        HelpText.Write(parseResult.CommandResult.Command, shell, shell.Io.Out);
}

/// <summary>What --version does.</summary>
internal sealed class VersionPrinter(Shell shell) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        shell.Io.Out.WriteLine($"bursar {Shell.Version}");
        return ExitCode.Fine;
    }
}

/// <summary>"bursar help costs", and the whole reference for docs/cli.md.</summary>
internal static class HelpCommand
{
    public static ShellCommand Create(Shell shell)
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Description = "The command to explain",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var markdown = new Option<bool>("--markdown") { Description = "Print the whole reference as Markdown" };
        return new ShellCommand(shell, "help", "Explain a command, or print the whole reference") { words, markdown }
            .WithExample("bursar help costs", "The same as bursar costs --help")
            .WithExample("bursar help --markdown > docs/cli.md", "Write the reference anew")
            .Runs(run =>
                run.Get(markdown)
                    ? HelpMarkdown.Write(shell, run.Io.Out)
                    : HelpText.Write(Find(shell, run.Get(words)!), shell, run.Io.Out)
            );
    }

    private static Command Find(Shell shell, string[] words)
    {
        Command command = shell.Root;
        foreach (var word in words)
        {
            var names = command.Subcommands.Select(sub => sub.Name);
            command =
                command.Subcommands.FirstOrDefault(sub => sub.Name == word)
                ?? throw new RefusedException(
                    "usage/unknown-command",
                    $"There is no command \"{string.Join(' ', words)}\".{DidYouMean.Question(word, names)}",
                    "'bursar --help' lists the commands.",
                    ExitCode.WrongUsage
                );
        }
        return command;
    }
}
