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
        var name = Name("One service: its parts, layer by layer, and how each figure comes about");
        var period = Period("The month, 2026-09 (default: the newest whole one)");
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
            Trend(shell),
            Licences(shell),
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

    private static ShellCommand Trend(Shell shell)
    {
        var name = Name("Only this service");
        var period = Period("The last month, 2026-09 (default: the newest whole one)");
        var months = new Option<int>("--months")
        {
            Description = $"So many months, up to {ServicesTrend.MonthsMax} (default: {ServicesTrend.MonthsUsual})",
            HelpName = "N",
            DefaultValueFactory = _ => ServicesTrend.MonthsUsual,
        };
        return new ShellCommand(shell, "trend", "What each part costs month by month, and how it grows")
        {
            name,
            period,
            months,
        }
            .WithFormat()
            .WithExample("bursar services trend desktop-assistant", "AI inside a licence, by the method that counts")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var service = run.Get(name);
                        if (service is not null)
                            ServicesRecord.Require([.. view.Rulebook.All<BusinessService>()], service);
                        var month = TimeText.Month(run.Get(period));
                        if (ServicesTrend.Of(view, month, run.Get(months), cancel) is not { } trend)
                            return;
                        run.Print(trend.Table(service));
                        foreach (var sentence in trend.Sentences(service))
                            run.Note(sentence);
                    })
            );
    }

    private static ShellCommand Licences(Shell shell)
    {
        var period = Period("The month, 2026-09 (default: the newest whole one)");
        return new ShellCommand(shell, "licences", "Licences and SaaS inside services, and which of them go with use")
        {
            period,
        }
            .WithFormat()
            .WithExample("bursar services licences", "What is estimated of each, and what is charged by use")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var services = new ReviewServices(view);
                        if (services.Of(TimeText.Month(run.Get(period)), cancel) is { } review)
                            run.Print(ServicesRecord.Licences(services.WithLicences(review, cancel)));
                    })
            );
    }

    private static Argument<string?> Name(string description) =>
        new("SERVICE") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    private static Option<string?> Period(string description) =>
        new("--period") { Description = description, HelpName = "MONTH" };
}
