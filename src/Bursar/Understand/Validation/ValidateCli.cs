using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Output;

namespace Bursar.Understand.Validation;

/// <summary><c>bursar validate</c>.</summary>
internal static class ValidateCli
{
    private static readonly Argument<string[]> Names = new("FILE")
    {
        Description = "Files, folders or globs: csv (also packed as gz or zip) or parquet",
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
        Description = "The provider lacks this optional feature",
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
                    // What is in the books was judged when it was a file of its own.
                    var files = FindSourceFiles.In(run.Get(Names)!, Path.GetFullPath(run.Door.Books));
                    var reports = await run.WithProgressAsync(progress =>
                        Task.Run(() => new ValidateFiles().Validate(files, request, progress, cancel), cancel)
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
            Version = run.Get(Focus) is { } number ? FocusRelease.Read(number) : null,
            Dataset = run.Get(Dataset),
            Model = run.Get(Model),
            AsPublished = run.Get(AsPublished),
            Features = new DeclaredFeatures(run.Get(Supports) ?? [], run.Get(NoSupport) ?? []),
        };
}
