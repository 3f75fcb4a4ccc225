using System.CommandLine;
using Bursar.Cli;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Understand.Services;

/// <summary><c>bursar services</c>.</summary>
internal static class ServicesCli
{
    public static ShellCommand Create(Shell shell)
    {
        var name = new Argument<string?>("SERVICE")
        {
            Description = "One service: its parts, layer by layer, and how each figure comes about",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var period = new Option<string?>("--period")
        {
            Description = "The month, 2026-09 (default: the newest whole one)",
            HelpName = "MONTH",
        };
        var overlap = new Option<bool>("--overlap")
        {
            Description = "Which charges two parts claim, and what counts of them",
        };
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "services",
            "What a service costs across cloud, SaaS, licences, on-premises and labour, and how sure that is"
        )
        {
            name,
            period,
            overlap,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar services", "Every service of the newest whole month: metered, modelled, assumed")
            .WithExample("bursar services claims-assistant", "Its parts, and how each figure comes about")
            .WithExample("bursar services --overlap", "Charges that two parts claim, counted once")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    if (new ReviewServices(view).Of(TimeText.Month(run.Get(period)), cancel) is not { } review)
                    {
                        run.Note("Nothing has been delivered yet: `bursar ingest FILE`.");
                        return Task.FromResult(ExitCode.Fine);
                    }
                    var asked = run.Get(name);
                    var services = asked is null
                        ? review.Services
                        : ServicesRecord.Named(review, [.. view.Rulebook.All<BusinessService>()], asked);
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(ServicesRecord.Of(review, services));
                    else
                        run.Print(
                            run.Get(overlap) ? ServicesRecord.Overlaps(review)
                            : asked is null ? ServicesRecord.List(review)
                            : ServicesRecord.Parts(services)
                        );
                    run.TellIfDraft(review.IsDraft);
                    foreach (var sentence in ServicesRecord.Sentences(review))
                        run.Note(sentence);
                    run.Note($"{review.Month}; data through {review.DataAsOf?.ToString("yyyy-MM-dd") ?? "none"}.");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
