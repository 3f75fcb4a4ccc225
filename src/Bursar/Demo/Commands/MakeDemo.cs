using Bursar.Core.Diagnostics;
using Bursar.Demo.Sources;
using Bursar.Rulebooks.Commands;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Measures;
using Bursar.Understand.Records;
using Bursar.Workspaces;

namespace Bursar.Demo.Commands;

/// <summary>
/// Makes the books of Aldermoor Insurance: rulebook written and published, provider files made and taken in, in the
/// order they came.
/// </summary>
internal sealed class MakeDemo(Workspace workspace, IProgressReport progress)
{
    /// <summary>Who the journal says did it.</summary>
    public const string Actor = "demo";

    /// <summary>Makes the books; books that hold this demo already are left as they are.</summary>
    /// <returns>True when the books were made, false when they were there already.</returns>
    /// <exception cref="RefusedException">The folders hold something else.</exception>
    public bool Make(DemoOptions options, CancellationToken cancel)
    {
        if (workspace.Books.Current().HeadSeq > 0)
        {
            RequireDemo();
            return false;
        }
        WriteRulebook();
        new PublishRulebook(workspace).Publish("The demo company's rules.", Actor);
        // Beside the books: what lies in them is never taken for an export.
        var folder = Path.Combine(
            Path.GetDirectoryName(workspace.Books.Folder.Root)!,
            $".bursar-demo-{Guid.NewGuid():n}"
        );
        try
        {
            var made = WriteFiles(options, folder);
            TakeIn(made, cancel);
            TakeFiles(new ModelGateway(options).Write(Path.Combine(folder, "ai-gateway")), cancel);
            TakeRecords([.. made.FinanceFiles.Select(file => Path.Combine(made.Folder, file))], cancel);
            TakeRecords([new PipelineReleases(options).Write(Path.Combine(folder, "pipelines"))], cancel);
            Measure(new BusinessMeasures(options).Write(Path.Combine(folder, "measures")), cancel);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        return true;
    }

    private void TakeIn(DemoResult made, CancellationToken cancel)
    {
        foreach (var batch in made.Deliveries.GroupBy(delivery => delivery.Batch).OrderBy(group => group.Key))
        {
            cancel.ThrowIfCancellationRequested();
            var names = batch
                .SelectMany(delivery => delivery.Files)
                .Select(file => Path.Combine(made.Folder, file))
                .ToList();
            TakeFiles(names, cancel);
        }
    }

    private void TakeFiles(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var request = new IngestRequest
        {
            Names = names,
            Confirmed = true,
            Actor = Actor,
        };
        if (new TakeDelivery(workspace, progress).Take(request, cancel).Refused is [var refused, ..])
            throw new InvalidOperationException($"A file of the demo was refused: {refused.File}: {refused.Reason}");
    }

    private void TakeRecords(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var report = new ImportRecords(workspace).Import(names, new ReadingChoices(), cancel, Actor);
        if (report.Mistakes is [var mistake, ..])
            throw new InvalidOperationException($"A file of the demo was refused: {mistake}");
    }

    private void Measure(IReadOnlyList<string> files, CancellationToken cancel)
    {
        var incoming = files.Select(file => new IncomingFile(file, $"measures/{Path.GetFileName(file)}")).ToList();
        var report = new TakeSeries(workspace, progress).Take(null, incoming, Actor, cancel);
        if (report.Refused is [var refused, ..])
            throw new InvalidOperationException($"A file of the demo was refused: {refused.File}: {refused.Reason}");
    }

    private DemoResult WriteFiles(DemoOptions options, string folder)
    {
        using var step = progress.Begin("Writing the files of Aldermoor Insurance's providers", options.Rows);
        using var session = workspace.Engine.Connect();
        var written = 0L;
        return new AldermoorGenerator(options, session).Write(
            folder,
            new Listener(report =>
            {
                step.Advance(report.RowsWritten - written);
                written = report.RowsWritten;
            })
        );
    }

    private void RequireDemo()
    {
        if (workspace.Books.Current().Entries[0].Actor == Actor)
            return;
        throw new RefusedException(
            "demo/other-books",
            $"The books at {workspace.Books.Folder.Root} are not the demo's.",
            "Name an empty folder: bursar demo --books demo-books --rulebook demo-rulebook."
        );
    }

    private void WriteRulebook()
    {
        var folder = workspace.RulebookFolder;
        if (
            Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(folder).Any()
            && !AldermoorRulebook.IsIn(folder)
        )
            throw new RefusedException(
                "demo/other-rulebook",
                $"The folder {folder} holds other rules.",
                "Name another: bursar demo --rulebook demo-rulebook."
            );
        AldermoorRulebook.WriteTo(folder);
    }

    private sealed class Listener(Action<DemoProgress> listen) : IProgress<DemoProgress>
    {
        public void Report(DemoProgress value) => listen(value);
    }
}
