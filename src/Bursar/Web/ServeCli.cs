using System.CommandLine;
using Bursar.Cli;
using Bursar.Manage.Chargeback.Digests;
using Bursar.Manage.Limits;
using Bursar.Quantify.Budgets;
using Bursar.Understand.Anomalies.Alerts;
using Bursar.Understand.Sources;
using Bursar.Workspaces;

namespace Bursar.Web;

/// <summary><c>bursar serve</c>: the pages and the API, for this machine only.</summary>
internal static class ServeCli
{
    public static ShellCommand Create(Shell shell)
    {
        var port = Port();
        var noSchedule = new Option<bool>("--no-schedule")
        {
            Description =
                "Do not look at sources as often as their every: says, and send no digests or alerts, call no limits",
        };
        return new ShellCommand(shell, "serve", "Serve the pages and the API to this machine") { port, noSchedule }
            .OnlyNow()
            .WithExample("bursar serve", "Pages at http://127.0.0.1:4717")
            .WithExample("bursar serve --port 8080 --books ../books", "Another port, other books")
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    IReadOnlyList<BackgroundService> schedules = run.Get(noSchedule)
                        ? []
                        :
                        [
                            new FetchOnSchedule(workspace, run.Io.Environment, run.Note),
                            new SendOnSchedule(workspace, run.Io.Environment, run.Note, new OwnersNews()),
                            new StopOnSchedule(workspace, run.Io.Environment, run.Note),
                            new AlertOnSchedule(workspace, run.Io.Environment, run.Note),
                        ];
                    return await RunAsync(run, workspace, run.Get(port), cancel, schedules);
                }
            );
    }

    public static Option<int?> Port() =>
        new("--port") { Description = "The port (default: 4717, or a free one)", HelpName = "N" };

    /// <summary>Serves until it is stopped (Ctrl-C, or the end of the process that started it).</summary>
    public static async Task<int> RunAsync(
        ShellRun run,
        Workspace workspace,
        int? port,
        CancellationToken cancel,
        IReadOnlyList<BackgroundService>? schedules = null
    )
    {
        workspace.KeepAtHand();
        await using var app = BursarWeb.Build(
            new WebOptions(Port: port),
            services =>
            {
                WebSources.Add(services, workspace, run.Door.Draft);
                foreach (var schedule in schedules ?? [])
                    services.AddSingleton<IHostedService>(schedule);
            },
            api =>
            {
                foreach (var capability in Capabilities.All)
                    capability.Map(api);
            }
        );
        await app.StartAsync(cancel);
        run.Io.Out.WriteLine($"Open {BursarWeb.AddressOf(app)}   (Ctrl-C ends it)");
        await run.Io.Out.FlushAsync(cancel);
        var pages = Capabilities.All.SelectMany(capability => capability.Pages);
        var reader = app.Services.GetRequiredService<FirstReader>();
        var warming = new WarmUp(workspace, [.. pages], reader).VisitAsync(
            BursarWeb.AddressOf(app),
            app.Lifetime.ApplicationStopping
        );
        await app.WaitForShutdownAsync(cancel);
        await warming;
        return ExitCode.Fine;
    }
}
