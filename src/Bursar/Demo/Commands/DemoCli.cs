using System.CommandLine;
using Bursar.Cli;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Demo.Commands;

/// <summary><c>bursar demo</c>.</summary>
internal static class DemoCli
{
    public static ShellCommand Create(Shell shell)
    {
        var usual = new DemoOptions();
        var rows = new Option<long>("--rows")
        {
            Description = $"About how many charges (default: {usual.Rows})",
            HelpName = "N",
            DefaultValueFactory = _ => usual.Rows,
        };
        var months = new Option<int>("--months")
        {
            Description = $"How many months (default: {usual.Months})",
            HelpName = "M",
            DefaultValueFactory = _ => usual.Months,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Another company of the same kind",
            HelpName = "N",
            DefaultValueFactory = _ => usual.Seed,
        };
        var noServe = new Option<bool>("--no-serve") { Description = "End after the headline" };
        var truth = new Option<bool>("--truth")
        {
            Description = "Print what is true about these files, as JSON, and do nothing else",
        };
        var port = ServeCli.Port();
        return new ShellCommand(
            shell,
            "demo",
            "Make the books of a demo company, print the headline and serve its pages"
        )
        {
            rows,
            months,
            seed,
            noServe,
            truth,
            port,
        }
            .OnlyNow()
            .WithExample("bursar demo", "Eighteen months of Aldermoor Insurance, and its pages")
            .WithExample(
                "bursar demo --no-serve --books demo-books --rulebook demo-rulebook",
                "Only the books, in folders of their own"
            )
            .WithExample("bursar demo --truth", "Every total and every planted story, to check answers against")
            .Runs(
                (run, cancel) =>
                {
                    var options = new DemoOptions
                    {
                        Seed = run.Get(seed),
                        Rows = run.Get(rows),
                        Months = run.Get(months),
                    };
                    return run.Get(truth)
                        ? Task.FromResult(PrintTruth(run, options))
                        : RunAsync(run, options, run.Get(noServe) ? null : run.Get(port), cancel);
                }
            );
    }

    /// <param name="run">Where it was typed.</param>
    /// <param name="options">What to make.</param>
    /// <param name="port">Where to serve the pages; null ends after the headline.</param>
    /// <param name="cancel">Ends the server.</param>
    private static async Task<int> RunAsync(ShellRun run, DemoOptions options, int? port, CancellationToken cancel)
    {
        using (var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock))
        {
            var isNew = await run.WithProgressAsync(progress =>
                Task.Run(() => new MakeDemo(workspace, progress).Make(options, cancel), cancel)
            );
            if (!isNew)
                run.Note(
                    $"The demo's books are there already, in {workspace.Books.Folder.Root}; "
                        + "--rows, --months and --seed make no difference to them."
                );
            run.Io.Out.WriteLine(Headline.Of(workspace, cancel));
            await run.Io.Out.FlushAsync(cancel);
            await run.WithProgressAsync(progress =>
                Task.Run(() => new DemoDecisions(workspace, progress).Make(cancel), cancel)
            );
        }
        if (port is null)
        {
            run.Io.Out.WriteLine(
                "Next: `bursar serve` shows the pages, `bursar brief` the brief, `bursar costs --over month` the months."
            );
            return ExitCode.Fine;
        }
        // An engine of its own: the one that made the books was made for speed, not for hours of idling.
        using var served = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        return await ServeCli.RunAsync(run, served, port.Value, cancel);
    }

    private static int PrintTruth(ShellRun run, DemoOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("bursar-demo-").FullName;
        try
        {
            run.Io.Out.WriteLine(new AldermoorGenerator(options).Write(folder).Truth.ToJson());
            return ExitCode.Fine;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
