using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Output;

namespace Bursar.Understand.Validation;

/// <summary><c>bursar validate</c>.</summary>
internal static class ValidateCli
{
    private static readonly Argument<string[]> Names = new("FILE")
    {
        Description = "Files, folders or globs: csv, csv.gz or parquet",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Focus = new("--focus")
    {
        Description = "The release to judge by (default: found from the columns)",
        HelpName = "1.0|1.1|1.2|1.3|1.4",
    };

    private static readonly Option<FocusDataset?> Dataset = Choice.OptionalOption<FocusDataset>(
        "--dataset",
        "The dataset to judge as (default: found from the columns)",
        verbatim: true
    );

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "Judge by an official requirements model (JSON) in place of Bursar's tables",
        HelpName = "FILE",
    };

    private static readonly Option<bool> AsPublished = new("--as-published")
    {
        Description = "Come out as the published validator does, known defects included",
    };

    private static readonly Option<string[]> Supports = new("--supports")
    {
        Description = "The provider has this optional feature (all: every one), whatever the data shows",
        HelpName = "FEATURE",
    };

    private static readonly Option<string[]> NoSupport = new("--no-support")
    {
        Description = "The provider has not this optional feature",
        HelpName = "FEATURE",
    };

    private static readonly Option<string?> JUnit = new("--junit")
    {
        Description = "Write the result as JUnit XML, for pipelines",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Write a report in HTML, to send to the provider",
        HelpName = "FILE",
    };

    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "validate", "How well provider files conform to FOCUS, rule by rule")
        {
            Names,
            Focus,
            Dataset,
            Model,
            AsPublished,
            Supports,
            NoSupport,
            JUnit,
            Report,
        }
            .WithFormat()
            .WithExample("bursar validate export.csv.gz", "By the release that its columns show")
            .WithExample("bursar validate exports/ --focus 1.2 --junit focus.xml", "A folder, in a pipeline")
            .WithExample("bursar validate export.csv --report conformance.html", "A report for the provider")
            .Runs(
                async (run, cancel) =>
                {
                    var request = Request(run);
                    var files = new ValidateFiles(Path.GetFullPath(run.Door.Books));
                    var reports = await run.WithProgressAsync(progress =>
                        Task.Run(() => files.Validate(request, progress, cancel), cancel)
                    );
                    PrintReports.Print(run, reports);
                    if (run.Get(JUnit) is { } junit)
                        JUnitFile.Write(junit, reports);
                    if (run.Get(Report) is { } html)
                        await ReportFile.WriteAsync(html, reports, run.Io.Clock.GetUtcNow(), cancel);
                    return reports.Any(report => report.HasErrors) ? ExitCode.Findings : ExitCode.Fine;
                }
            );

    private static ValidationRequest Request(ShellRun run) =>
        new()
        {
            Names = run.Get(Names)!,
            Version = run.Get(Focus) is { } number ? Version(number) : null,
            Dataset = run.Get(Dataset),
            Model = run.Get(Model),
            AsPublished = run.Get(AsPublished),
            Features = new DeclaredFeatures(run.Get(Supports) ?? [], run.Get(NoSupport) ?? []),
        };

    private static FocusVersion Version(string number) =>
        Enum.GetValues<FocusVersion>()
            .Where(one => one.Number() == number)
            .Select(one => (FocusVersion?)one)
            .FirstOrDefault()
        ?? throw new RefusedException(
            "validate/no-such-release",
            $"\"{number}\" is no FOCUS release that Bursar knows.",
            $"It takes one of: {string.Join(", ", Enum.GetValues<FocusVersion>().Select(one => one.Number()))}.",
            ExitCode.WrongUsage
        );
}
