using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Outlets;
using Bursar.Understand.Sources.Stores;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary><c>bursar digests</c>.</summary>
internal static class DigestsCli
{
    public static ShellCommand Create(Shell shell, IOwnersNews news)
    {
        var name = new Argument<string?>("name")
        {
            Description = "One digest: what it says; with --send, only this one",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var send = new Option<bool>("--send")
        {
            Description = "Send those that are due; each is sent once a period. Without it, nothing leaves the machine",
        };
        return new ShellCommand(shell, "digests", "Messages to teams about their cost: which there are, which are due")
        {
            name,
            send,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar digests", "Which there are, and which are due")
            .WithExample("bursar digests digital-weekly", "What one of them says, without sending it")
            .WithExample("bursar digests --send", "Sends what is due, as `bursar serve` does by itself")
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    if (run.Get(send))
                        return await SendAsync(run, workspace, news, run.Get(name), cancel);
                    var view = workspace.View(null, run.Door.Draft);
                    var list = new ListDigests(view, news);
                    var lines = list.Lines(run.Get(name));
                    if (run.Get(name) is not null && lines is [{ Period: { } period } one])
                    {
                        var message = list.Message(one.Digest, period, cancel);
                        if (run.Door.Format == OutputFormat.Table)
                            run.Io.Out.Write(message.Out().Text());
                        else
                            run.Print(message.Fields());
                        return ExitCode.Fine;
                    }
                    run.Print(Table(lines));
                    if (lines.Any(line => line.State == DigestState.Due))
                        run.Note("Nothing was sent: `bursar digests --send` sends what is due.");
                    return ExitCode.Fine;
                }
            );
    }

    public static ResultTable Table(IReadOnlyList<DigestLine> lines) =>
        new(
            [
                new("digest", ColumnKind.Whole),
                new("of"),
                new("cadence", ColumnKind.Whole),
                new("period", ColumnKind.Whole),
                new("state", ColumnKind.Whole),
                new("entry", ColumnKind.Figure),
                new("to"),
                new("form", ColumnKind.Whole, Spare: true),
            ],
            [
                .. lines.Select(
                    IReadOnlyList<object?> (line) =>
                        [
                            line.Digest.Name,
                            line.Digest.Owner ?? line.Digest.Scope,
                            line.Digest.Cadence.ToString().ToLowerInvariant(),
                            line.Word,
                            Choice.KebabCase(line.State.ToString()),
                            line.Entry,
                            line.Digest.Place(),
                            line.Digest.WrittenIn().ToString().ToLowerInvariant(),
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "No digest is declared. kind: Digest in the rulebook says who hears of what (`bursar schema`).",
        };

    private static async Task<int> SendAsync(
        ShellRun run,
        Workspace workspace,
        IOwnersNews news,
        string? name,
        CancellationToken cancel
    )
    {
        if (run.Door.Draft)
            throw new RefusedException(
                "digests/draft",
                "Digests are sent under the published rules only.",
                "Leave --draft out, or look at them without --send.",
                ExitCode.WrongUsage
            );
        var environs = new Environs(run.Io.Environment, run.Io.Clock, run.Door.Rulebook, run.Door.Books);
        var lines = await new SendDigests(workspace, environs, new Retry(run.Io.Clock), news).RunAsync(
            name,
            _ => false,
            cancel
        );
        run.Print(Table(lines));
        return run.Report(lines.Select(line => line.Failure).OfType<Diagnostic>());
    }
}
