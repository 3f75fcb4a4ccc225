using System.Security.Cryptography;
using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Records;

/// <summary>A file of business records that was taken, or was in the books before.</summary>
/// <param name="File">Its name.</param>
/// <param name="Kind">What its records are.</param>
/// <param name="Records">How many there are.</param>
/// <param name="Delivery">The delivery that holds them.</param>
/// <param name="IsNew">False when the books held the same content before.</param>
internal sealed record ImportedFile(string File, RecordKind Kind, int Records, string Delivery, bool IsNew);

/// <summary>What one import came to.</summary>
internal sealed record ImportReport(IReadOnlyList<ImportedFile> Files, IReadOnlyList<Diagnostic> Mistakes);

/// <summary>
/// Takes business records into the books: a file whole or not at all, all files of a command with one journal entry.
/// </summary>
internal sealed class ImportRecords(Workspace workspace)
{
    /// <summary>Raised whenever the same file would be read differently.</summary>
    private const string ReaderVersion = "records-1";

    private sealed record Staged(
        PreparedFile File,
        RecordKind Kind,
        IReadOnlyList<BusinessRecord> Records,
        StagedFile Written
    );

    public ImportReport Import(
        IReadOnlyList<string> names,
        ReadingChoices choices,
        CancellationToken cancel,
        string? actor = null
    )
    {
        var files = FindSourceFiles.In(names, workspace.Books.Folder.Root);
        using var staging = workspace.Books.Stage();
        using var raw = new KeepRawFiles(cancel);
        using var session = workspace.Engine.Connect();
        var mistakes = new List<Diagnostic>();
        var staged = new List<Staged>();
        foreach (var file in files)
        {
            try
            {
                var prepared = new PrepareFile(file, staging.Folder).Read(takesHash: true, cancel);
                var (kind, records, wrong) = new ReadRecords(
                    ParquetAsText.Of(prepared, staging.Folder, session, cancel),
                    choices
                ).Read(cancel);
                mistakes.AddRange(wrong);
                if (wrong.Count > 0)
                    continue;
                raw.Begin(prepared);
                var path = staging.PathOf($"{Guid.NewGuid():n}.records");
                RecordFile.Write(path, records);
                staged.Add(new Staged(prepared, kind, records, StagingArea.Seal(path)));
            }
            catch (RefusedException refused) when (refused.ExitCode == 1)
            {
                mistakes.Add(refused.Diagnostic);
            }
        }
        raw.Finish();
        return new ImportReport(Book(staged, raw, actor ?? BooksOfRecord.DefaultActor, cancel), mistakes);
    }

    private List<ImportedFile> Book(List<Staged> staged, KeepRawFiles raw, string actor, CancellationToken cancel)
    {
        var files = new List<ImportedFile>();
        if (staged.Count == 0)
            return files;
        workspace.Books.Commit(
            actor,
            (state, publication) =>
            {
                files.Clear();
                var deliveries = new List<Delivery>();
                foreach (var one in staged)
                {
                    var hash = HashOf(one);
                    if (state.LiveWithContent(hash) is { } same)
                    {
                        files.Add(new(one.File.File.Name, one.Kind, one.Records.Count, same.Id, IsNew: false));
                        continue;
                    }
                    if (deliveries.Exists(delivery => delivery.ContentHash == hash))
                        continue;
                    var delivery = Record(one, hash, raw.Of(one.File), state, publication);
                    deliveries.Add(delivery);
                    files.Add(new(one.File.File.Name, one.Kind, one.Records.Count, delivery.Id, IsNew: true));
                }
                return deliveries.Count == 0 ? null : NewEntry.Of(new DeliveriesCommitted(deliveries));
            },
            cancel
        );
        return files;
    }

    /// <summary>The same records read in the same way are the same delivery.</summary>
    private static string HashOf(Staged one) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    $"{ReaderVersion}\n{one.Kind.Name}\n{one.File.KnownSha256}\n{one.Written.Sha256}"
                )
            )
        );

    private static Delivery Record(Staged one, string hash, KeptFile kept, BooksState state, Publication publication)
    {
        var source = "records-" + one.Kind.Name;
        var period = PeriodOf(one, publication.At);
        var id = DeliveryId.Next(state, source, period, hash);
        var raw = PrepareFile.KeptPath(kept.Sha256, one.File.Format);
        publication.Publish(kept.Copy, raw);
        return new Delivery
        {
            Id = id,
            Source = source,
            Dataset = one.Kind.Dataset,
            BillingPeriod = period,
            FocusVersion = one.Kind.Dataset is "InvoiceDetail" or "ContractCommitment" or "BillingPeriod" ? "1.4" : "",
            DeclaredDelivery = DeclaredDelivery.Append,
            Rows = one.Records.Count,
            Totals = [],
            ContentHash = hash,
            SourceFiles = [new SourceFile(one.File.File.Name, kept.Sha256, one.File.Bytes, raw)],
            Files = [publication.Publish(one.Written, BooksFolder.RecordsPath(one.Kind.Name, id), one.Records.Count)],
            ChargesKey = hash[..16],
            Columns =
            [
                .. one.Records.SelectMany(record => record.Values.Keys).Distinct().Order(StringComparer.Ordinal),
            ],
            ProfileColumns = [],
            EngineVersion = ReaderVersion,
        };
    }

    /// <summary>
    /// The month of the newest day in the kind's first field of days; the month of import without one.
    /// </summary>
    private static BillingPeriod PeriodOf(Staged one, DateTimeOffset at)
    {
        var days = one
            .Kind.Fields.Where(field => field.Type is FieldType.Day or FieldType.Moment)
            .Select(field => field.Name)
            .ToList();
        var newest = days.Select(field => one.Records.Max(record => record.Day(field)))
            .FirstOrDefault(day => day is not null);
        return BillingPeriod.Containing(newest ?? DateOnly.FromDateTime(at.UtcDateTime));
    }
}
