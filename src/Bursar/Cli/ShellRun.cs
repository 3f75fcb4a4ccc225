using System.CommandLine;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks.Terms;
using Bursar.Workspaces;

namespace Bursar.Cli;

/// <summary>One run of a command: what was asked, and where the answer goes.</summary>
internal sealed class ShellRun(ParseResult parsed, Shell shell)
{
    private bool hasPrinted;

    /// <summary>The shared options.</summary>
    public DoorOptions Door { get; } = shell.Options.Read(parsed);

    public ShellIo Io => shell.Io;

    /// <summary>The value of an option of the command.</summary>
    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The value of an argument of the command.</summary>
    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>True when the user wrote the option, rather than leaving it at its default.</summary>
    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>From now on headings are in the words that the reader, or the organisation, chose.</summary>
    public void Speak(BooksView view) => Headings.Speak(Door.Vocabulary, view.Rulebook, view.Today);

    /// <summary>Prints a result on stdout in the format that was asked for.</summary>
    public void Print(ResultTable table)
    {
        ResultPrinter.Print(table, Door.Format, Io);
        hasPrinted = true;
    }

    /// <inheritdoc cref="Print(ResultTable)"/>
    public void Print(ResultRecord record)
    {
        ResultPrinter.Print(record, Door.Format, Io);
        hasPrinted = true;
    }

    /// <summary>Says something about the work on stderr, unless --quiet.</summary>
    public void Note(string sentence)
    {
        if (Door.Quiet)
            return;
        SetApart();
        Io.Say(sentence);
    }

    /// <summary>Says on stderr what somebody must act on, --quiet or not: why the exit code is not 0.</summary>
    public void Warn(string sentence)
    {
        SetApart();
        Io.Say(sentence);
    }

    /// <summary>
    /// Prints diagnostics on stderr, a blank line between them; the exit code is 1 when one of them is an error.
    /// </summary>
    public int Report(IEnumerable<Diagnostic> diagnostics)
    {
        var code = ExitCode.Fine;
        foreach (var diagnostic in diagnostics)
        {
            SetApart();
            Io.Say(diagnostic.ToString());
            Io.Error.WriteLine();
            if (diagnostic.Severity == Severity.Error)
                code = ExitCode.Findings;
        }
        return code;
    }

    /// <summary>A blank line between a result and what is said about it, where both are on the same terminal.</summary>
    private void SetApart()
    {
        if (hasPrinted && Io.OutIsTerminal && Io.ErrorIsTerminal)
            Io.Error.WriteLine();
        hasPrinted = false;
    }

    /// <summary>
    /// Does long work with progress on stderr: bars on a terminal, lines on a pipe, nothing with --quiet.
    /// </summary>
    public Task<T> WithProgressAsync<T>(Func<IProgressReport, Task<T>> work) => Progress.RunAsync(Io, Door.Quiet, work);

    /// <inheritdoc cref="WithProgressAsync{T}(Func{IProgressReport, Task{T}})"/>
    public Task WithProgressAsync(Func<IProgressReport, Task> work) =>
        WithProgressAsync(async report =>
        {
            await work(report);
            return 0;
        });
}
