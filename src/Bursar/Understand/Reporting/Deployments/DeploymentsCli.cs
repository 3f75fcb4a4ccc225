using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Records;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Deployments;

/// <summary><c>bursar deployments</c>.</summary>
internal static class DeploymentsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var service = new Option<string?>("--service") { Description = "Only of this service", HelpName = "NAME" };
        var period = new PeriodOptions();
        var command = new ShellCommand(shell, "deployments", "What went live, and when: the marks on charts of cost")
        {
            Add(shell),
            service,
        };
        foreach (var option in period.All)
            command.Options.Add(option);
        return command
            .WithFormat()
            .WithExample("bursar deployments --from 2026-09", "What went live since September")
            .WithExample(
                "bursar records import deployments.jsonl --as deployments",
                "Take a file of them: csv, json, or an object a line"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var (from, to) = period.Read(run);
                    run.Print(
                        DeploymentTables.Table(new FindDeployments(view).All(from, to, run.Get(service), cancel))
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Add(Shell shell)
    {
        var service = new Argument<string>("SERVICE") { Description = "The application, as charges name it" };
        var version = new Argument<string>("VERSION") { Description = "What went live" };
        var at = new Option<string?>("--at")
        {
            Description = "When, 2026-09-03T14:05Z (default: now)",
            HelpName = "TIME",
        };
        var where = new Option<string?>("--environment") { Description = "Where: production", HelpName = "NAME" };
        var by = new Option<string?>("--by") { Description = "Who or what deployed it", HelpName = "NAME" };
        var link = new Option<string?>("--link") { Description = "The pipeline run or release", HelpName = "URL" };
        return new ShellCommand(shell, "add", "Tell a deployment: the last step of a pipeline; twice is once")
        {
            service,
            version,
            at,
            where,
            by,
            link,
        }
            .OnlyNow()
            .WithExample(
                "bursar deployments add quote-engine 4.2.0 --at 2026-09-03T14:05Z --environment production",
                "Charts of what quote-engine costs have a mark on that day"
            )
            .Runs(
                (run, cancel) =>
                {
                    var deployment = new Deployment(
                        run.Get(service)!,
                        run.Get(version)!,
                        run.Get(at) is { } time ? Read(time) : run.Io.Clock.GetUtcNow(),
                        run.Get(where),
                        run.Get(by),
                        run.Get(link)
                    );
                    using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var file = new AddDeployment(workspace).Add(deployment, cancel);
                    run.Note(
                        file.IsNew
                            ? $"{deployment.Service} {deployment.Version} is in the books as {file.Delivery}."
                            : $"Nothing to do: {file.Delivery} holds this deployment already."
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static DateTimeOffset Read(string text) =>
        RecordText.Read(text, FieldType.Moment, order: null) is { } moment
            ? DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)
            : throw new RefusedException(
                "deployments/bad-time",
                $"\"{text}\" is no time.",
                $"Write {RecordText.Expected(FieldType.Moment)}.",
                ExitCode.WrongUsage
            );
}
