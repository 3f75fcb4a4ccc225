using System.Globalization;
using Bursar.Workspaces;
using Spectre.Console;

namespace Bursar.Cli;

/// <summary>The three ways to show progress.</summary>
internal static class Progress
{
    /// <summary>Says nothing: for tests and --quiet.</summary>
    public static IProgressReport Silent { get; } = new SilentReport();

    public static async Task<T> RunAsync<T>(ShellIo io, bool quiet, Func<IProgressReport, Task<T>> work)
    {
        if (quiet)
            return await work(Silent);
        if (!io.Styled(io.ErrorIsTerminal))
            return await work(new PlainReport(io));
        // Spectre knows only Console.Error itself for a terminal; whether ours is one was found out by ShellIo.
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(io.Error),
            }
        );
        terminal.Profile.Width = io.Width;
        return await terminal
            .Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn()
            )
            .StartAsync(context => work(new BarReport(context)));
    }

    private sealed class SilentReport : IProgressReport, IProgressStep
    {
        public IProgressStep Begin(string title, long? total = null) => this;

        public void Advance(long done) { }

        public void Dispose() { }
    }

    /// <summary>One line when a step begins, one when it took longer than a glance.</summary>
    private sealed class PlainReport(ShellIo io) : IProgressReport
    {
        public IProgressStep Begin(string title, long? total = null)
        {
            lock (io)
                io.Error.WriteLine(title + " ...");
            return new Step(io, title, io.Clock.GetTimestamp());
        }

        private sealed class Step(ShellIo io, string title, long began) : IProgressStep
        {
            public void Advance(long done) { }

            public void Dispose()
            {
                var seconds = io.Clock.GetElapsedTime(began).TotalSeconds;
                if (seconds < 1)
                    return;
                var line = string.Create(CultureInfo.InvariantCulture, $"{title}: done in {seconds:0.0} s");
                lock (io)
                    io.Error.WriteLine(line);
            }
        }
    }

    private sealed class BarReport(ProgressContext context) : IProgressReport
    {
        public IProgressStep Begin(string title, long? total = null)
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: Math.Max(total ?? 1, 1));
            task.IsIndeterminate = total is null;
            return new Step(task);
        }

        private sealed class Step(ProgressTask task) : IProgressStep
        {
            public void Advance(long done) => task.Increment(done);

            public void Dispose()
            {
                task.IsIndeterminate = false;
                task.Value = task.MaxValue;
                task.StopTask();
            }
        }
    }
}
