using System.CommandLine;

namespace Bursar.Cli;

/// <summary>One line somebody could type, and what it is for.</summary>
internal sealed record Example(string CommandLine, string Meaning);

/// <summary>A command of the shell: what the help says about it, and what it does.</summary>
/// <remarks>Arguments and options are added with a collection initialiser; see README.md in this folder.</remarks>
internal sealed class ShellCommand(Shell shell, string name, string description) : Command(name, description)
{
    private readonly List<Example> examples = [];

    public IReadOnlyList<Example> Examples => examples;

    /// <summary>More for the help, below the options: plain paragraphs.</summary>
    public string? Remarks { get; init; }

    /// <summary>The heading under which the overview lists the command.</summary>
    public string Group { get; internal set; } = "";

    /// <summary>Whether the overview begins its heading with the command: without it the others have nothing.</summary>
    public bool IsListedFirst { get; init; }

    /// <summary>Gives the command <c>--format table|json|csv</c>: it prints a table or a record.</summary>
    public ShellCommand WithFormat()
    {
        Options.Add(shell.Options.Format);
        return this;
    }

    /// <summary>Gives the command <c>--vocabulary</c>; the command then says <see cref="ShellRun.Speak"/>.</summary>
    public ShellCommand WithVocabulary()
    {
        Options.Add(shell.Options.Vocabulary);
        return this;
    }

    /// <summary>Refuses <c>--as-of</c>: the command changes the books as they are now.</summary>
    public ShellCommand OnlyNow()
    {
        Validators.Add(result =>
        {
            if (result.GetResult(shell.Options.AsOf) is { Implicit: false })
                result.AddError($"--as-of is for questions: \"{Name}\" works on the books as they are now.");
        });
        return this;
    }

    public ShellCommand WithExample(string commandLine, string meaning)
    {
        examples.Add(new Example(commandLine, meaning));
        return this;
    }

    /// <summary>Says what the command does; the number it returns is the exit code (<see cref="ExitCode"/>).</summary>
    public ShellCommand Runs(Func<ShellRun, CancellationToken, Task<int>> work)
    {
        SetAction((parsed, cancel) => work(new ShellRun(parsed, shell), cancel));
        return this;
    }

    /// <inheritdoc cref="Runs(Func{ShellRun, CancellationToken, Task{int}})"/>
    public ShellCommand Runs(Func<ShellRun, int> work) => Runs((run, _) => Task.FromResult(work(run)));
}
