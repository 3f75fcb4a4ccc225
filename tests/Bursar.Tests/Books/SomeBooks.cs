using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Tests.Books;

/// <summary>Books in a folder of their own, gone after the test.</summary>
internal sealed class SomeBooks : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 4, 3, 8, 0, 0, TimeSpan.Zero);

    public SomeBooks() => Books = BooksOfRecord.Create(Folder, Clock);

    public string Folder { get; } = Directory.CreateTempSubdirectory("bursar-books-").FullName;

    public SetClock Clock { get; } = new(Start);

    public BooksOfRecord Books { get; }

    public string Journal => Path.Combine(Folder, "journal.jsonl");

    public string Head => Path.Combine(Folder, "journal.head");

    /// <summary>The same folder as another process would open it: nothing remembered.</summary>
    public BooksOfRecord Reopened() => BooksOfRecord.Open(Folder, Clock);

    public static Delivery Delivery(string id = "aws-2026-03-7f3a9c21", params string[] supersedes) =>
        new()
        {
            Id = id,
            Source = "aws",
            Dataset = "CostAndUsage",
            BillingPeriod = new BillingPeriod(2026, 3),
            FocusVersion = "1.0",
            DeclaredDelivery = DeclaredDelivery.Overwrite,
            Rows = 2,
            Totals =
            [
                new DeliveryTotals
                {
                    BillingCurrency = "USD",
                    BilledCost = Amount.Parse("12.5"),
                    EffectiveCost = Amount.Parse("12.25"),
                },
            ],
            ContentHash = Checksum.Of(System.Text.Encoding.UTF8.GetBytes(id)),
            SourceFiles = [new SourceFile("march.csv", Checksum.Of("march"u8), 5, "raw/march.csv.gz")],
            Files = [],
            Supersedes = supersedes,
            ChargesKey = "00000000000000a1",
            Columns = ["BilledCost", "EffectiveCost", "BillingCurrency"],
            ProfileColumns = ["BillingCurrency"],
            EngineVersion = "0.1.0",
        };

    public static NewEntry Committed(string id, params string[] supersedes) =>
        NewEntry.Of(new DeliveriesCommitted([Delivery(id, supersedes)]));

    public static NewEntry Withdrawn(string id) => NewEntry.Of(new DeliveryWithdrawn(id, "wrong account"));

    public void Commit(string id, params string[] supersedes) => Books.Append("mia", Committed(id, supersedes));

    /// <summary>Books one delivery with one file of this content, the way ingestion does.</summary>
    public BookedDelivery CommitWithFile(string id, byte[] content)
    {
        using var staging = Books.Stage();
        var temp = staging.PathOf("part.parquet");
        File.WriteAllBytes(temp, content);
        var staged = StagingArea.Seal(temp);
        Books.Commit(
            "mia",
            (_, publication) =>
            {
                var delivery = Delivery(id);
                var file = publication.Publish(
                    staged,
                    BooksFolder.ChargesPath("aws", delivery.BillingPeriod, id),
                    rows: 2
                );
                return NewEntry.Of(new DeliveriesCommitted([delivery with { Files = [file] }]));
            }
        );
        return Books.Current().Require(id);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>A clock that stands where the test puts it.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
