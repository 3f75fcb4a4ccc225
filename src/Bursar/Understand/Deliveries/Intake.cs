using System.Security.Cryptography;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Understand.Ingestion.Prices;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Warehouse.DuckDb;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>Reads the files of one command and sorts what is in them into deliveries.</summary>
internal sealed class Intake(
    BooksView view,
    IngestRequest request,
    string folder,
    DuckDbSession session,
    IReadOnlyList<MissingFile> missing,
    KeepRawFiles raw
)
{
    private readonly List<(string Source, ConvertedFile File)> converted = [];

    public List<RefusedFile> Refused { get; } =
    [.. missing.Select(file => new RefusedFile(file.Name, "ingestion/missing-part", file.Sentence, file.Remedy))];

    /// <summary>When the command began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    public List<UnchangedFile> Unchanged { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Files of another FOCUS dataset: they are kept as records, and add no cost.</summary>
    public List<IncomingFile> Records { get; } = [];

    /// <summary>
    /// Sources of which a file is missing or was refused: their set is not whole, so they supersede nothing.
    /// </summary>
    public HashSet<string> Incomplete { get; } = [];

    /// <summary>The manifest names files that are not there, whatever source they are of.</summary>
    private bool IsManifestIncomplete => missing.Count > 0;

    public List<StagedDelivery> Convert(
        IReadOnlyList<IncomingFile> files,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        var prepared = Prepare(files, progress, cancel);
        var known = new KnownFiles(view, prepared.Select(file => file.KnownSha256).OfType<string>().ToHashSet());
        using var step = progress.Begin(
            $"Converting {prepared.Count} file{(prepared.Count == 1 ? "" : "s")}",
            prepared.Sum(file => file.Bytes)
        );
        // What is new comes first: whether a known file has to be read again depends on it.
        foreach (var file in prepared.OrderBy(file => known.HoldersOf(file).Count > 0))
        {
            cancel.ThrowIfCancellationRequested();
            var holders = known.HoldersOf(file);
            if (holders.Count == 0)
                Try(file.File, () => ConvertOne(file, cancel));
            else
                Try(
                    file.File,
                    () =>
                    {
                        var alike = ReadAlike(file, cancel);
                        if (known.MustBeRead(file, NewMonths(), Declared, request.Replace, alike))
                            ConvertOne(file, cancel);
                        else
                            LeaveAlone(file, holders);
                    }
                );
            step.Advance(file.Bytes);
        }
        return Sorted(cancel);
    }

    /// <summary>
    /// Whether a delivery holds a file as it would be read now: by the same mapping, and as the same sort of amounts.
    /// </summary>
    private Func<Delivery, bool> ReadAlike(PreparedFile file, CancellationToken cancel)
    {
        var mapping = Converter(file).MappingOf(file, cancel);
        return holder =>
            (mapping is null ? holder.Mappings is null : holder.Mappings?.Contains(mapping) == true)
            && (view.Rulebook.Find<Source>(holder.Source)?.Counts is not { } counts || counts == holder.Counts);
    }

    private HashSet<(string, BillingPeriod)> NewMonths() =>
        [.. converted.SelectMany(pair => pair.File.Parts.Select(part => (pair.Source, part.Period)))];

    /// <summary>Nothing of this delivery is booked.</summary>
    public void Refuse(StagedDelivery delivery, Diagnostic found) =>
        Refuse(delivery.Source, delivery.Parts.Select(part => part.File.File.File.Name), found);

    private void Refuse(string source, IEnumerable<string> files, Diagnostic found)
    {
        Refused.AddRange(
            files.Distinct().Select(name => new RefusedFile(name, found.Code, found.Message, found.Remedy))
        );
        Incomplete.Add(source);
    }

    /// <summary>Whether a delivery of this source takes the place of an earlier one.</summary>
    public DeclaredDelivery Declared(string source) =>
        request.Add ? DeclaredDelivery.Append
        : request.Replace || view.Rulebook.Find<Source>(source)?.Delivery == DeliveryMode.Overwrite
            ? DeclaredDelivery.Overwrite
        : DeclaredDelivery.Append;

    /// <summary>What the source says its amounts are; else what files of their form are.</summary>
    private DeliveryCounts CountsOf(string source, IEnumerable<ConvertedFile> files) =>
        view.Rulebook.Find<Source>(source)?.Counts
        ?? files.Select(file => file.Counts).FirstOrDefault(counts => counts is not null)
        ?? DeliveryCounts.Bill;

    private List<PreparedFile> Prepare(
        IReadOnlyList<IncomingFile> files,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        using var step = progress.Begin($"Reading {files.Count} file{(files.Count == 1 ? "" : "s")}", files.Count);
        var prepared = new List<PreparedFile>();
        var sizes = SizesThatMayBeKnown(files);
        foreach (var file in files)
        {
            Try(
                file,
                () =>
                {
                    var ready = new PrepareFile(file, folder).Read(sizes.Contains(SizeOf(file)), cancel);
                    if (
                        ready.KnownSha256 is { } sha256
                        && prepared.Find(other => other.KnownSha256 == sha256) is { } twin
                    )
                        Notes.Add($"{file.Name} has the same content as {twin.File.Name}; it was read once.");
                    else
                        prepared.Add(ready);
                }
            );
            step.Advance(1);
        }
        return prepared;
    }

    /// <summary>
    /// A file of a size that no other has is new: it is read once, and its checksum taken on the way.
    /// </summary>
    private HashSet<long> SizesThatMayBeKnown(IReadOnlyList<IncomingFile> files) =>
        [
            .. view.LiveDeliveries.SelectMany(booked => booked.Delivery.SourceFiles).Select(file => file.Bytes),
            .. files.GroupBy(SizeOf).Where(group => group.Count() > 1).Select(group => group.Key),
        ];

    private static long SizeOf(IncomingFile file) => FileStamp.Of(file.Path)?.Bytes ?? 0;

    private void LeaveAlone(PreparedFile file, IReadOnlyList<Delivery> holders)
    {
        foreach (var holder in holders.Where(holder => request.Source is { } asked && holder.Source != asked))
            Notes.Add(
                $"{file.File.Name} is in the books already, as {holder.Source}. To book it as {request.Source}, "
                    + $"`bursar withdraw {holder.Id} --reason ...` first."
            );
        Unchanged.AddRange(holders.Select(holder => UnchangedFile.Of(file.File.Name, holder)));
    }

    private void ConvertOne(PreparedFile file, CancellationToken cancel)
    {
        var result = Converted(file, cancel);
        converted.Add((SourceOf(file, result, cancel), result));
    }

    private ConvertedFile Converted(PreparedFile file, CancellationToken cancel)
    {
        raw.Begin(file);
        return Converter(file).Convert(file, cancel);
    }

    private ConvertFile Converter(PreparedFile file)
    {
        var mappings = new RecogniseMapping([.. view.Rulebook.All<Mapping>()], [.. view.Rulebook.All<PriceBook>()]);
        var declared = Named(request.Source) ?? Recognised(file.File);
        return new ConvertFile(session, folder, request.Currency ?? declared?.Currency, mappings)
        {
            Counts = declared?.Counts,
        };
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
            if (found.Code == FocusDetection.OtherDataset)
            {
                Records.Add(file);
                return;
            }
            Refused.Add(new RefusedFile(file.Name, found.Code, found.Message, found.Remedy));
            Incomplete.Add(request.Source ?? Recognised(file)?.Name ?? "");
        }
    }

    private string SourceOf(PreparedFile file, ConvertedFile result, CancellationToken cancel)
    {
        if (request.Source is { } named)
            return BooksFolder.CheckedName(named);
        if (Recognised(file.File) is { } recognised)
            return recognised.Name;
        return BooksFolder.SafeName(
            result.OnlyProvider(session, cancel) ?? Path.GetFileName(file.File.Name).Split('.')[0]
        );
    }

    private Source? Named(string? source) => source is null ? null : view.Rulebook.Find<Source>(source);

    private Source? Recognised(IncomingFile file) =>
        view
            .Rulebook.All<Source>()
            .FirstOrDefault(source => source.Recognises(file.Path) || source.Recognises(file.Name));

    private List<StagedDelivery> Sorted(CancellationToken cancel)
    {
        if (IsManifestIncomplete)
            Incomplete.UnionWith(converted.Select(pair => pair.Source));
        var sets =
            from pair in converted
            from part in pair.File.Parts
            // Two forms of export of one month may well be the same bill twice: they are told apart, and compared.
            group new MonthPart(pair.File, part) by (
                pair.Source,
                part.Period,
                Form: pair.File.Mapping?.Split(' ')[0] ?? ""
            ) into month
            orderby month.Key.Source, month.Key.Period, month.Key.Form
            from accounts in AccountSets.Of([.. month], item => item.Part.BillingAccountIds)
            select (month.Key.Source, month.Key.Period, accounts.Ids, accounts.Items);
        var staged = new List<StagedDelivery>();
        foreach (var (source, period, ids, items) in sets.ToList())
        {
            try
            {
                staged.Add(Staged(source, period, ids, items, cancel));
            }
            catch (RefusedException refused)
            {
                Refuse(source, items.Select(item => item.File.File.File.Name), refused.Diagnostic);
            }
        }
        return staged;
    }

    private StagedDelivery Staged(
        string source,
        BillingPeriod period,
        IReadOnlyList<string> accounts,
        IReadOnlyList<MonthPart> items,
        CancellationToken cancel
    )
    {
        var combine = new CombineHalves(session, () => Path.Combine(folder, Guid.NewGuid().ToString("n") + ".parquet"));
        var pair = new OtherHalves(
            view,
            folder,
            file => Converted(new PrepareFile(file, folder).Read(takesHash: true, cancel), cancel),
            combine
        ).For(source, period, items, Declared(source), cancel);
        var declared = view.Rulebook.Find<Source>(source);
        var counts = CountsOf(source, items.Select(item => item.File));
        return new StagedDelivery
        {
            Source = source,
            Category = declared?.Category,
            Counts = counts,
            StandsInFor = counts == DeliveryCounts.Estimate ? declared?.StandsInFor : null,
            Period = period,
            BillingAccountIds = accounts,
            Parts = [.. combine.In([.. items, .. pair.Parts], cancel).Select(item => (item.File, item.Part))],
            Completes = pair.Deliveries,
            ChargesKey = RandomNumberGenerator.GetHexString(16, lowercase: true),
        };
    }
}
