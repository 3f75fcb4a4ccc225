using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>
/// A staged delivery whose files are on disk with their checksums, ready to be named under the books' lock.
/// </summary>
internal sealed record SealedDelivery(
    StagedDelivery Delivery,
    IReadOnlyList<StagedFile> Charges,
    IReadOnlyList<KeptFile> Kept,
    StagedFile? Quarantine
)
{
    /// <inheritdoc cref="StagedDelivery.Hash"/>
    public string ContentHash { get; } = Delivery.Hash(Kept.Select(file => file.Sha256));

    /// <param name="delivery">What is staged.</param>
    /// <param name="charges">Its charges on disk, by their path.</param>
    /// <param name="raw">The copies of the files as they came, finished.</param>
    public static SealedDelivery Of(
        StagedDelivery delivery,
        IReadOnlyDictionary<string, StagedFile> charges,
        KeepRawFiles raw
    ) =>
        new(
            delivery,
            [.. delivery.Parts.Select(part => charges[part.Part.ParquetPath])],
            [.. delivery.Parts.Select(part => raw.Of(part.File.File))],
            delivery.Quarantined.Count == 0 ? null : StagingArea.Seal(QuarantineFile.Write(delivery))
        );

    /// <summary>
    /// Brings the charges to disk. A file of several billing periods belongs to several deliveries, and is sealed once.
    /// </summary>
    public static IReadOnlyDictionary<string, StagedFile> SealCharges(IReadOnlyList<StagedDelivery> deliveries) =>
        deliveries
            .SelectMany(delivery => delivery.Parts)
            .Select(part => part.Part.ParquetPath)
            .Distinct()
            .ToDictionary(path => path, StagingArea.Seal);
}

/// <summary>
/// Decides, on the books as they are at that instant, what each delivery replaces and whether it may be booked, and
/// books it.
/// </summary>
internal sealed class BookDeliveries(IngestRequest request, Intake intake)
{
    private readonly List<Delivery> deliveries = [];
    private readonly List<UnchangedFile> unchanged = [.. intake.Unchanged];
    private readonly List<Delivery> heldBefore = [];
    private readonly List<string> notes = [.. intake.Notes];

    /// <summary>Files of charges that have their final name, by their name in the staging folder.</summary>
    private readonly Dictionary<string, BooksFile> stored = [];

    /// <summary>Deliveries that were held and that --yes lets in, for they came again.</summary>
    public List<string> Confirmed { get; } = [];

    /// <summary>Held deliveries whose files are booked in another way, as this command says.</summary>
    public List<string> Overruled { get; } = [];

    /// <summary>What was booked, with the id it got.</summary>
    public List<(StagedDelivery Delivery, string Id)> Booked { get; } = [];

    /// <summary>One entry for all deliveries of the command; null when there is nothing to book.</summary>
    public NewEntry? Decide(IReadOnlyList<SealedDelivery> staged, BooksState state, Publication publication)
    {
        foreach (var delivery in staged)
        {
            if (state.LiveWithContent(delivery.ContentHash) is { } same)
            {
                unchanged.AddRange(
                    delivery.Delivery.Parts.Select(part => UnchangedFile.Of(part.File.File.File.Name, same.Delivery))
                );
                continue;
            }
            if (state.HeldWithContent(delivery.ContentHash) is { } held)
            {
                if (request.Add || request.Replace)
                    Overruled.Add(held.Id);
                else
                {
                    if (request.Confirmed)
                        Confirmed.Add(held.Id);
                    else
                        heldBefore.Add(held.Delivery);
                    continue;
                }
            }
            try
            {
                BookOne(delivery, state, publication);
            }
            catch (RefusedException refused)
            {
                intake.Refuse(delivery.Delivery, refused.Diagnostic);
            }
        }
        return deliveries.Count == 0 ? null : NewEntry.Of(new DeliveriesCommitted(deliveries));
    }

    public IngestReport Report(Intake from) =>
        new(
            [.. deliveries.Where(delivery => !delivery.Held)],
            unchanged,
            from.Refused,
            [.. deliveries.Where(delivery => delivery.Held), .. heldBefore],
            notes
        );

    private void BookOne(SealedDelivery item, BooksState state, Publication publication)
    {
        var staged = item.Delivery;
        var declared = intake.Declared(staged.Source);
        var replaced = Supersession.OfSameFiles(item, state);
        var isAnew = false;
        if (staged.Completes.Count > 0)
            replaced = [.. state.LiveDeliveries.Where(booked => staged.Completes.Contains(booked.Id))];
        else if (staged.IsCorrectionsOnly)
            // Delta and ledger corrections are additive records (FOCUS 1.4), however their source delivers its months.
            replaced =
            [
                .. replaced.UnionBy(
                    declared == DeclaredDelivery.Overwrite ? Supersession.OfSameCorrections(staged, state) : [],
                    booked => booked.Id
                ),
            ];
        else if (declared == DeclaredDelivery.Overwrite)
        {
            isAnew = replaced.Count == 0;
            replaced = Supersession.Of(staged, state);
            RefuseIncomplete(staged, replaced);
        }
        else if (replaced.Count == 0)
        {
            replaced = Supersession.OfNotYetInvoiced(staged, state);
            if (replaced.Count > 0)
                notes.Add(
                    $"{staged.Source} {staged.Period} has invoice numbers now: it takes the place of {string.Join(", ", replaced.Select(booked => booked.Id))}, "
                        + "which holds the same charges without them."
                );
        }
        Supersession.RefuseTwice(item, replaced, state);
        var findings = staged.Judge(replaced, isAnew, state);
        var isHeld = !request.Confirmed && findings.Any(found => found.Severity == FindingSeverity.Blocking);
        if (!isHeld)
            NoteWhatChanges(staged, replaced, declared, state);
        var id = UniqueId(item, state);
        var twins = TwinsOf(staged, replaced, state);
        deliveries.Add(
            Record(item, id, declared, replaced, state, publication) with
            {
                Twins = twins.Count > 0 ? twins : null,
                Findings = findings,
                Held = isHeld,
                StartedAt = intake.StartedAt,
            }
        );
        Booked.Add((staged, id));
    }

    /// <summary>The deliveries that hold the same charges and are still there.</summary>
    private List<DeliveryTwin> TwinsOf(StagedDelivery staged, IReadOnlyList<BookedDelivery> replaced, BooksState state)
    {
        var twins = new List<DeliveryTwin>();
        foreach (var found in staged.Twins)
        {
            var id = found.Other?.Id ?? Booked.Find(item => Holds(item.Delivery, found.Staged)).Id;
            if (id is null || replaced.Any(booked => booked.Id == id) || state.Find(id) is { IsLive: false })
                continue;
            twins.Add(new DeliveryTwin(id, found.Evidence, found.OtherWaits));
        }
        return twins;
    }

    private static bool Holds(StagedDelivery booked, StagedDelivery? found) =>
        found is not null && booked.ChargesKey == found.ChargesKey;

    private void RefuseIncomplete(StagedDelivery staged, IReadOnlyList<BookedDelivery> replaced)
    {
        if (replaced.Count == 0 || !(intake.Incomplete.Contains(staged.Source) || intake.Incomplete.Contains("")))
            return;
        throw new RefusedException(
            "ingestion/set-not-whole",
            $"{staged.Source} {staged.Period} would replace {replaced[0].Id}, but a file of this set is missing or was refused.",
            "Deliver the whole set in one command; until then the earlier delivery stays in force."
        );
    }

    private void NoteWhatChanges(
        StagedDelivery staged,
        IReadOnlyList<BookedDelivery> replaced,
        DeclaredDelivery declared,
        BooksState state
    )
    {
        foreach (var total in staged.Totals)
        {
            var now = total.EffectiveCost ?? total.BilledCost ?? Amount.Zero;
            if (replaced.Count > 0)
            {
                var before =
                    StagedDelivery.EffectiveCost(
                        replaced.SelectMany(booked => booked.Delivery.Totals),
                        total.BillingCurrency
                    ) ?? Amount.Zero;
                notes.Add(
                    $"{staged.Source} {staged.Period}: {before} {total.BillingCurrency} became {now} {total.BillingCurrency}."
                );
            }
        }
        if (staged.Completes.Count > 0)
            notes.Add(
                $"{staged.Source} {staged.Period} is a pair now: {string.Join(", ", staged.Completes)} held the other half of it."
            );
        else if (declared == DeclaredDelivery.Append && Supersession.Beside(staged, state) is [var beside, ..])
            notes.Add(
                $"{staged.Source} {staged.Period} was added to what {beside.Id} holds for the same accounts. If it is the same bill anew, "
                    + $"withdraw one of the two, or declare the source `delivery: overwrite` (or use --replace) so that the newer takes its place."
            );
    }

    private string UniqueId(SealedDelivery item, BooksState state)
    {
        var name = DeliveryId.Next(state, item.Delivery.Source, item.Delivery.Period, item.ContentHash);
        var id = name;
        for (var n = 2; deliveries.Exists(delivery => delivery.Id == id); n++)
            id = $"{name}-{n}";
        return id;
    }

    private Delivery Record(
        SealedDelivery item,
        string id,
        DeclaredDelivery declared,
        IReadOnlyList<BookedDelivery> replaced,
        BooksState state,
        Publication publication
    )
    {
        var staged = item.Delivery;
        var files = new List<BooksFile>();
        for (var i = 0; i < item.Charges.Count; i++)
        {
            var path = BooksFolder.ChargesPath(staged.Source, staged.Period, i == 0 ? id : $"{id}.{i + 1}");
            // A file of several billing periods is stored once, under the first of its deliveries.
            if (!stored.TryGetValue(item.Charges[i].Path, out var file))
                stored.Add(item.Charges[i].Path, file = publication.Publish(item.Charges[i], path));
            files.Add(file with { Rows = staged.Parts[i].Part.Rows, SourceFile = staged.Parts[i].File.File.File.Name });
        }
        if (item.Quarantine is { } quarantine)
            files.Add(
                publication.Publish(
                    quarantine,
                    BooksFolder.QuarantinePath(id, QuarantineFile.Name),
                    staged.Quarantined.Count
                )
            );
        return new Delivery
        {
            Id = id,
            Source = staged.Source,
            Category = staged.Category,
            Dataset = nameof(FocusDataset.CostAndUsage),
            BillingPeriod = staged.Period,
            FocusVersion = string.Join(
                ", ",
                staged.Parts.Select(part => part.File.Focus.Version.Number()).Distinct().Order()
            ),
            DeclaredDelivery = declared,
            Counts = staged.Counts,
            StandsInFor = staged.StandsInFor,
            IsNotFinal = Finality.IsNotFinal(staged, state),
            InvoicedRows = staged.InvoicedRows,
            Corrections = staged.Corrections is { Count: > 0 } corrections ? corrections : null,
            Sellers = staged.Sellers is { Count: > 0 } sellers ? sellers : null,
            Rows = staged.Rows,
            QuarantinedRows = staged.Quarantined.Count,
            QuarantinedAmounts = QuarantineFile.Amounts(staged.Quarantined),
            Totals = staged.Totals,
            BillingAccountIds = staged.BillingAccountIds,
            ContentHash = item.ContentHash,
            Mappings = staged.Mappings is { Count: > 0 } mappings ? mappings : null,
            SourceFiles = [.. item.Kept.Select(kept => Keep(kept, publication))],
            Files = files,
            Supersedes = [.. replaced.Select(booked => booked.Id)],
            ChargeFrom = staged.Parts.Min(part => part.Part.ChargeFrom),
            ChargeTo = staged.Parts.Max(part => part.Part.ChargeTo),
            NewestChargeStart = staged.Parts.Max(part => part.Part.NewestChargeStart),
            Notes =
            [
                .. request.Reason is { } reason ? new[] { $"Reason given: {reason}" } : [],
                .. staged.Parts.SelectMany(part => part.Part.Notes).Distinct(),
            ],
            ChargesKey = staged.ChargesKey,
            Columns = staged.Columns,
            ProfileColumns = staged.ProfileColumns,
            EngineVersion = StagedDelivery.ConverterVersion,
        };
    }

    /// <summary>A file of several billing periods is kept once.</summary>
    private static Warehouse.Books.SourceFile Keep(KeptFile kept, Publication publication)
    {
        var path = PrepareFile.KeptPath(kept.Sha256, kept.File.Format);
        if (File.Exists(kept.Copy.Path))
            publication.Publish(kept.Copy, path);
        return new Warehouse.Books.SourceFile(kept.File.File.Name, kept.Sha256, kept.File.Bytes, path);
    }
}
