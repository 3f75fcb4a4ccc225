using System.Security.Cryptography;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Allocation;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>What a person asks for with <c>bursar ingest</c>.</summary>
internal sealed record IngestRequest
{
    /// <summary>Files, folders and globs.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The source; without it, the one whose file patterns fit, or the provider named in the file.</summary>
    public string? Source { get; init; }

    /// <summary>The billing currency of files without such a column.</summary>
    public string? Currency { get; init; }

    /// <summary>Supersede although the source is not declared overwrite.</summary>
    public bool Replace { get; init; }

    /// <summary>Book a delivery whose total falls by more than 5 %.</summary>
    public bool Confirmed { get; init; }

    public string Actor { get; init; } = BooksOfRecord.DefaultActor;
}

/// <summary>Takes provider files into the books: reads, checks, allocates and sums them, and books all of them with one journal entry.</summary>
internal sealed class TakeDelivery(Workspace workspace, IProgressReport progress)
{
    public IngestReport Take(IngestRequest request, CancellationToken cancel)
    {
        var files = FindSourceFiles.In(request.Names);
        var missing = Manifest.MissingFiles(files);
        var view = workspace.View();
        using var staging = workspace.Books.Stage();
        using var session = workspace.Engine.Connect();
        using var raw = new KeepRawFiles(cancel);
        var intake = new Intake(view, request, staging.Folder, session, missing, raw);
        var staged = intake.Convert(files, progress, cancel);
        var cache = new StarCache(workspace.Books, view.Allocation, workspace.Engine);
        staged = Allocated(staged, cache, session, staging.Folder, cancel);
        raw.Finish();
        return Book(request, intake, staged.ConvertAll(delivery => SealedDelivery.Of(delivery, raw)), cache, cancel);
    }

    private List<StagedDelivery> Allocated(
        List<StagedDelivery> staged, StarCache cache, DuckDbSession session, string folder, CancellationToken cancel)
    {
        using var step = progress.Begin("Allocating and summing by day", staged.Sum(delivery => delivery.Rows));
        return staged.ConvertAll(delivery =>
        {
            var (daily, allocation) = cache.Stage(delivery.Charges, session, folder, cancel);
            step.Advance(delivery.Rows);
            return delivery with { DailyPath = daily, AllocationPath = allocation };
        });
    }

    private IngestReport Book(IngestRequest request, Intake intake, List<SealedDelivery> staged, StarCache cache, CancellationToken cancel)
    {
        using var step = progress.Begin("Booking", staged.Count);
        var clerk = new BookDeliveries(request, intake);
        workspace.Books.Commit(request.Actor, (state, publication) => clerk.Decide(staged, state, publication), cancel);
        foreach (var (delivery, id) in clerk.Booked) cache.Keep(id, delivery.DailyPath!, delivery.AllocationPath!);
        return clerk.Report(intake);
    }
}

/// <summary>Reads the files of one command and sorts what is in them into deliveries.</summary>
internal sealed class Intake(BooksView view, IngestRequest request, string folder, DuckDbSession session, IReadOnlyList<string> missing,
    KeepRawFiles raw)
{
    private readonly List<(string Source, ConvertedFile File)> converted = [];

    public List<RefusedFile> Refused { get; } = [.. missing.Select(name => new RefusedFile(
        name, "ingestion/missing-part", "The manifest names this file, and it is not here.", "Fetch the whole export again."))];

    public List<Delivery> Unchanged { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Sources of which a file is missing or was refused: their set is not whole, so they supersede nothing.</summary>
    public HashSet<string> Incomplete { get; } = [];

    /// <summary>The manifest names files that are not there, whatever source they are of.</summary>
    private bool IsManifestIncomplete => missing.Count > 0;

    public List<StagedDelivery> Convert(IReadOnlyList<IncomingFile> files, IProgressReport progress, CancellationToken cancel)
    {
        var prepared = Prepare(files, progress, cancel);
        var known = KnownFiles();
        using var step = progress.Begin($"Converting {prepared.Count} file{(prepared.Count == 1 ? "" : "s")}", prepared.Sum(file => file.Bytes));
        foreach (var file in prepared)
        {
            cancel.ThrowIfCancellationRequested();
            ConvertOne(file, prepared, known, cancel);
            step.Advance(file.Bytes);
        }
        return Sorted();
    }

    private List<PreparedFile> Prepare(IReadOnlyList<IncomingFile> files, IProgressReport progress, CancellationToken cancel)
    {
        using var step = progress.Begin($"Reading {files.Count} file{(files.Count == 1 ? "" : "s")}", files.Count);
        var prepared = new List<PreparedFile>();
        foreach (var file in files)
        {
            Try(file, () =>
            {
                var ready = PrepareFile.Read(file, folder, cancel);
                if (prepared.Find(other => other.Sha256 == ready.Sha256) is { } twin)
                    Notes.Add($"{file.Name} has the same content as {twin.File.Name}; it was read once.");
                else prepared.Add(ready);
            });
            step.Advance(1);
        }
        return prepared;
    }

    /// <summary>Files that a live delivery of this converter holds already, by checksum.</summary>
    private Dictionary<string, List<Delivery>> KnownFiles() => view.Deliveries
        .Where(booked => booked.Delivery.EngineVersion == StagedDelivery.ConverterVersion)
        .SelectMany(booked => booked.Delivery.SourceFiles.Select(file => (file.Sha256, booked.Delivery)))
        .GroupBy(pair => pair.Sha256).ToDictionary(group => group.Key, group => group.Select(pair => pair.Delivery).ToList());

    private void ConvertOne(PreparedFile file, List<PreparedFile> prepared, Dictionary<string, List<Delivery>> known, CancellationToken cancel)
    {
        if (known.TryGetValue(file.Sha256, out var holders) && IsKnown(holders, prepared))
        {
            Unchanged.AddRange(holders.Where(holder => !Unchanged.Contains(holder)));
            return;
        }
        Try(file.File, () =>
        {
            raw.Begin(file);
            var result = new ConvertFile(session, folder, request.Currency).Convert(file, cancel);
            converted.Add((SourceOf(file, result, cancel), result));
        });
    }

    /// <summary>
    /// A known file is left alone when nothing is to be replaced, or when all the files of the deliveries that hold it come again and no other.
    /// </summary>
    private bool IsKnown(List<Delivery> holders, List<PreparedFile> prepared)
    {
        if (request.Source is { } source && holders.Any(holder => holder.Source != source)) return false;
        var replaces = request.Replace || holders.Any(holder => holder.DeclaredDelivery == DeclaredDelivery.Overwrite);
        if (!replaces) return true;
        var together = holders.SelectMany(holder => holder.SourceFiles).Select(file => file.Sha256).ToHashSet();
        return together.IsSubsetOf(prepared.Select(file => file.Sha256)) && prepared.All(file => together.Contains(file.Sha256));
    }

    private void Try(IncomingFile file, Action work)
    {
        try
        {
            work();
        }
        catch (RefusedException refused)
        {
            var found = refused.Diagnostic;
            Refused.Add(new RefusedFile(file.Name, found.Code, found.Message, found.Remedy));
            Incomplete.Add(request.Source ?? Recognised(file)?.Name ?? "");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or FileNotFoundException)
        {
            Refused.Add(new RefusedFile(file.Name, "ingestion/cannot-open", failure.Message, "Check that the file is there and that you may read it."));
            Incomplete.Add(request.Source ?? Recognised(file)?.Name ?? "");
        }
    }

    private string SourceOf(PreparedFile file, ConvertedFile result, CancellationToken cancel)
    {
        if (request.Source is { } named) return BooksFolder.CheckedName(named);
        if (Recognised(file.File) is { } recognised) return recognised.Name;
        var part = result.Parts[0];
        if (!part.StoredIds.Contains("ServiceProviderName")) return FromName(file.File);
        using var reader = session.Query(
            $"SELECT min(ServiceProviderName), max(ServiceProviderName) FROM read_parquet('{part.ParquetPath.Replace("'", "''")}')", cancel: cancel);
        reader.Read();
        return !reader.IsNull(0) && reader.GetString(0) == reader.GetString(1) ? BooksFolder.SafeName(reader.GetString(0)) : FromName(file.File);
    }

    private static string FromName(IncomingFile file) => BooksFolder.SafeName(Path.GetFileName(file.Name).Split('.')[0]);

    private Source? Recognised(IncomingFile file) =>
        view.Rulebook.All<Source>().FirstOrDefault(source => source.Recognises(file.Path) || source.Recognises(file.Name));

    private List<StagedDelivery> Sorted()
    {
        if (IsManifestIncomplete) Incomplete.UnionWith(converted.Select(pair => pair.Source));
        return [.. converted
            .SelectMany(pair => pair.File.Parts.Select(part => (pair.Source, pair.File, Part: part)))
            .GroupBy(item => (item.Source, item.Part.Period, Accounts: string.Join('\n', item.Part.BillingAccountIds)))
            .OrderBy(group => group.Key.Source, StringComparer.Ordinal).ThenBy(group => group.Key.Period).ThenBy(group => group.Key.Accounts, StringComparer.Ordinal)
            .Select(group => new StagedDelivery
            {
                Source = group.Key.Source,
                Category = view.Rulebook.Find<Source>(group.Key.Source)?.Category,
                Period = group.Key.Period,
                BillingAccountIds = group.First().Part.BillingAccountIds,
                Parts = [.. group.Select(item => (item.File, item.Part))],
                ChargesKey = RandomNumberGenerator.GetHexString(16, lowercase: true),
            })];
    }

    /// <summary>Whether a delivery of this source takes the place of an earlier one.</summary>
    public DeclaredDelivery Declared(string source) =>
        request.Replace || view.Rulebook.Find<Source>(source)?.Delivery == DeliveryMode.Overwrite ? DeclaredDelivery.Overwrite : DeclaredDelivery.Append;
}
