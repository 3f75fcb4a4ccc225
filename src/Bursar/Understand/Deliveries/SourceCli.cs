using System.CommandLine;
using System.Text;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Understand.Ingestion.Mappings.Proposals;
using Bursar.Understand.Ingestion.Prices;
using Bursar.Understand.Ingestion.Templates;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar source</c>.</summary>
internal static class SourceCli
{
    /// <summary>For looking at one file.</summary>
    private const long EngineBytes = 1L << 30;

    public static ShellCommand Create(Shell shell) =>
        new(shell, "source", "Where files come from, and how files that are not FOCUS are read")
        {
            Add(shell),
            Template(shell),
        };

    private static ShellCommand Add(Shell shell)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A file of the source: csv (also packed as gz or zip), parquet, json or xlsx",
        };
        var name = new Option<string?>("--name")
        {
            Description = "The name of the source (default: of the file)",
            HelpName = "NAME",
        };
        var currency = new Option<string?>("--currency")
        {
            Description = "The currency of its costs, when the file does not say it",
            HelpName = "CODE",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "Where a FOCUS column comes from, when the guess is wrong: \"BilledCost=[Net amount]\"",
            HelpName = "COLUMN=...",
        };
        var preview = new Option<bool>("--preview") { Description = "Only show what would come of it; write nothing" };
        return new ShellCommand(shell, "add", "Propose how to read a file, show its first rows, and write the YAML")
        {
            file,
            name,
            currency,
            set,
            preview,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar source add invoices-2026-09.xlsx", "Writes invoices.yaml into the rulebook")
            .WithExample(
                "bursar source add costs.csv --set \"BilledCost=number([Total])\" --preview",
                "Try another column before anything is written"
            )
            .Runs(
                (run, cancel) =>
                {
                    var request = new AddSourceRequest(
                        run.Get(file)!,
                        run.Get(name),
                        run.Get(currency),
                        run.Get(set) ?? []
                    );
                    return Task.Run(() => Run(run, request, run.Get(preview), cancel), cancel);
                }
            );
    }

    private static ShellCommand Template(Shell shell)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Which one: " + string.Join(", ", SourceTemplates.Names),
        };
        var to = new Option<string?>("--to")
        {
            Description = "The file to write: .csv or .xlsx (default: NAME.csv in this folder)",
            HelpName = "FILE",
        };
        return new ShellCommand(
            shell,
            "template",
            "Write an example table for cost that no provider delivers as a file"
        )
        {
            name,
            to,
        }
            .WithExample("bursar source template saas-invoice", "Writes saas-invoice.csv here")
            .WithExample("bursar source template staff --to staff-2026-09.xlsx", "Fill it in, then `bursar ingest` it")
            .Runs(
                (run, _) =>
                {
                    var file = run.Get(to) ?? run.Get(name) + ".csv";
                    SourceTemplates.Write(run.Get(name)!, file);
                    run.Note($"Written: {file}. Replace its rows, then `bursar ingest {file}`.");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static int Run(ShellRun run, AddSourceRequest request, bool isPreview, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("bursar-");
        try
        {
            using var engine = DuckDbEngine.Open(
                new DuckDbOptions { MemoryLimitBytes = EngineBytes, TempDirectory = folder.FullName }
            );
            using var session = engine.Connect();
            var (rulebook, _) = Rulebook.LoadFolder(run.Door.Rulebook);
            var known = new RecogniseMapping([.. rulebook.All<Mapping>()], [.. rulebook.All<PriceBook>()]);
            var found = new AddSource(session, folder.FullName, known).Preview(request, cancel);
            Show(run, found);
            if (found.Yaml is null)
                run.Note($"Nothing has to be written. Next: `bursar ingest {request.File}`.");
            else if (!isPreview)
                Write(run, found, request.File);
            return found.Refused.Count == 0 ? ExitCode.Fine : ExitCode.Findings;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Show(ShellRun run, SourcePreview found)
    {
        if (found.Yaml is not null)
            run.Note(found.Yaml);
        foreach (var note in found.Notes)
            run.Note(note);
        if (found.Charges == 0)
            return;
        run.Print(
            new ResultTable(
                [new("day"), new("provider"), new("service"), new("billedCost", ColumnKind.Figure), new("currency")],
                found.Rows
            )
        );
        run.Note($"{found.Charges} charges, in all {string.Join(" and ", found.Totals)}.");
        foreach (var refused in found.Refused.Take(3))
            run.Note($"Record {refused.Record} cannot be read: {refused.Column} {refused.Value}: {refused.Reason}");
        if (found.Refused.Count > 0)
            run.Note($"{found.Refused.Count} records would go to quarantine.");
    }

    private static void Write(ShellRun run, SourcePreview found, string file)
    {
        var path = Path.Combine(run.Door.Rulebook, found.Name + ".yaml");
        if (File.Exists(path))
            throw new RefusedException(
                "source/exists",
                $"{path} is there already; nothing was changed.",
                "Edit it, or give the source another name: --name NAME."
            );
        try
        {
            Directory.CreateDirectory(run.Door.Rulebook);
            File.WriteAllText(path, found.Yaml, new UTF8Encoding(false));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "rulebook/cannot-write",
                $"{path} cannot be written: {cause.Message}",
                "Name a folder that you may write to: --rulebook DIR."
            );
        }
        run.Note(
            $"Written: {path}. Next: look through it, `bursar check`, `bursar publish` if rules are in force, `bursar ingest {file}`."
        );
    }
}
