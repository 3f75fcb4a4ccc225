using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Quality;

/// <summary><c>bursar tags</c> and <c>bursar tags check</c>.</summary>
internal static class TagsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption("The month whose cost is looked at");
        return new ShellCommand(shell, "tags", "How well tags keep the policy, and which keys look the same")
        {
            month,
            Check(shell),
        }
            .WithFormat()
            .WithExample("bursar tags", "Compliance by cost and by resource, the worst accounts, spellings")
            .WithExample(
                "bursar tags check plan.json --junit tags.xml",
                "Before a release: exit code 1 when a resource fails"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var report = new ReportTags(view).Of(run.Get(month), cancel);
                    run.Print(TagRecords.Of(report, run.Door.Format == OutputFormat.Table));
                    if (!report.HasPolicy)
                        run.Note(
                            "No kind: TagPolicy asks for a tag, so all cost keeps it. Add `required: true`, `allowed:` or `format:` to its keys."
                        );
                    if (report.Spellings.Any(spelling => !spelling.IsKnown))
                        run.Note(
                            "Spellings that are not read already: add them as synonyms of their key, or `bursar suggest --write`."
                        );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Check(Shell shell)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "A Terraform plan (terraform show -json), CloudFormation or ARM template, Kubernetes manifests, or a list as csv or json; - is stdin",
        };
        var junit = new Option<string?>("--junit")
        {
            Description = "Write the result as JUnit XML, for pipelines",
            HelpName = "FILE",
        };
        return new ShellCommand(shell, "check", "Whether declared resources have the tags that the policy asks for")
        {
            file,
            junit,
        }
            .WithFormat()
            .WithExample("bursar tags check plan.json", "The resources that a Terraform plan makes or changes")
            .WithExample("bursar tags check deployment.yaml --format json", "Kubernetes labels, for a program")
            .Runs(
                async (run, cancel) =>
                {
                    var name = run.Get(file)!;
                    var text = await ReadAsync(name, run, cancel);
                    var check = new CheckResources(Rules(run)).Of(name == "-" ? "stdin" : Path.GetFileName(name), text);
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(TagRecords.Of(check));
                    else
                        run.Print(TagRecords.Table(check));
                    if (run.Get(junit) is { } path)
                        Write(path, check);
                    run.Note(
                        $"{check.Passed} of {check.Passed + check.Failed} resources pass{(check.Skipped == 0 ? "" : $"; {check.Skipped} were skipped")}."
                    );
                    return check.Passes ? ExitCode.Fine : ExitCode.Findings;
                }
            );
    }

    /// <summary>The rules in force; where there are no books, as in a pipeline, the working copy.</summary>
    private static Rulebook Rules(ShellRun run)
    {
        if (!BooksFolder.IsThere(run.Door.Books))
        {
            var (rulebook, diagnostics) = Rulebook.LoadFolder(run.Door.Rulebook);
            return diagnostics.FirstOrDefault(found => found.Severity == Severity.Error) is { } mistake
                ? throw new RefusedException(mistake)
                : rulebook;
        }
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        return workspace.View(run.Door.AsOf, run.Door.Draft).Rulebook;
    }

    private static async Task<string> ReadAsync(string name, ShellRun run, CancellationToken cancel)
    {
        try
        {
            return name == "-" ? await run.Io.In.ReadToEndAsync(cancel) : await File.ReadAllTextAsync(name, cancel);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "tags/cannot-read",
                $"{name} cannot be read: {cause.Message}",
                "Name a file that is there and that you may read.",
                ExitCode.WrongUsage
            );
        }
    }

    private static void Write(string path, TagCheck check)
    {
        try
        {
            TagRecords.WriteJUnit(path, check);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "tags/cannot-write",
                $"{path} cannot be written: {cause.Message}",
                "Name a file in a folder that you may write to.",
                ExitCode.WrongUsage
            );
        }
    }
}
