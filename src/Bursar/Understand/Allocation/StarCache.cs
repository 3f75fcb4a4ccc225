using System.Globalization;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// The daily and allocation files of deliveries under given rules. They are caches: missing, damaged or deleted ones
/// are made again from the charges, and the same charges and rules give the same bytes.
/// </summary>
/// <param name="books">The books.</param>
/// <param name="rules">The rules in force.</param>
/// <param name="engine">The engine that makes what is missing.</param>
internal sealed class StarCache(BooksOfRecord books, CompiledAllocation rules, DuckDbEngine engine)
{
    private readonly string dailyKey = CacheKeys.OfDaily(rules);
    private readonly string allocationKey = CacheKeys.OfAllocation(rules);

    /// <summary>The files of these deliveries, made where they are not there yet.</summary>
    public StarFiles Of(IReadOnlyList<BookedDelivery> deliveries, CancellationToken cancel)
    {
        var daily = new List<string>();
        var profiles = new List<string>();
        foreach (var delivery in deliveries)
        {
            cancel.ThrowIfCancellationRequested();
            daily.Add(DailyPath(delivery.Id));
            profiles.Add(AllocationPath(delivery.Id));
        }
        Make([.. deliveries.Where(delivery => !IsThere(delivery.Id))], cancel);
        var columns = deliveries.SelectMany(delivery => delivery.Delivery.ProfileColumns).ToHashSet();
        return new StarFiles(daily, profiles, columns)
        {
            Deliveries = deliveries.ToDictionary(delivery => KeyOf(delivery.Delivery), delivery => delivery.Id),
            Breakpoints = rules.Breakpoints,
        };
    }

    /// <summary>Both files of a delivery when they are there already; null rather than making them.</summary>
    public (string Daily, string Allocation)? IfThere(string deliveryId) =>
        IsThere(deliveryId) ? (DailyPath(deliveryId), AllocationPath(deliveryId)) : null;

    /// <summary>Takes over files that were made while the delivery was converted.</summary>
    public void Keep(string deliveryId, string stagedDaily, string stagedAllocation)
    {
        CachedFile.Keep(stagedDaily, DailyPath(deliveryId));
        CachedFile.Keep(stagedAllocation, AllocationPath(deliveryId));
    }

    /// <summary>Lets go of files that could not be kept.</summary>
    public static void Discard(params IEnumerable<string> staged)
    {
        foreach (var path in staged)
            File.Delete(path);
    }

    /// <summary>Makes both files of a delivery that is not booked yet, in the staging folder.</summary>
    public (string Daily, string Allocation) Stage(
        ChargesOfDelivery charges,
        DuckDbSession session,
        string folder,
        CancellationToken cancel
    )
    {
        var daily = Path.Combine(folder, Guid.NewGuid().ToString("n") + ".parquet");
        var allocation = Path.Combine(folder, Guid.NewGuid().ToString("n") + ".parquet");
        AllocateDelivery.WriteDaily(charges, rules.Breakpoints, session, daily, cancel);
        AllocateDelivery.WriteAllocation(charges, rules, session, daily, allocation, null, cancel);
        return (daily, allocation);
    }

    /// <summary>The number that stands for a delivery in its files.</summary>
    public static ulong KeyOf(Delivery delivery) =>
        ulong.Parse(delivery.ChargesKey, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private bool IsThere(string deliveryId) =>
        CachedFile.IsWhole(DailyPath(deliveryId)) && CachedFile.IsWhole(AllocationPath(deliveryId));

    private void Make(IReadOnlyList<BookedDelivery> missing, CancellationToken cancel)
    {
        if (missing.Count == 0)
            return;
        books.Trust.Require(missing, cancel);
        using var staging = books.Stage();
        AllocateDelivery.Several(
            missing.Count,
            engine,
            (place, session) => Make(missing[place], session, staging.Folder, cancel),
            cancel
        );
    }

    private void Make(BookedDelivery booked, DuckDbSession session, string folder, CancellationToken cancel)
    {
        var delivery = booked.Delivery;
        var files = delivery
            .Files.Where(file => file.Path.StartsWith("charges/", StringComparison.Ordinal))
            .Select(file => books.Folder.FullPath(file.Path))
            .ToList();
        var charges = new ChargesOfDelivery(
            KeyOf(delivery),
            delivery.Source,
            delivery.Category,
            delivery.BillingPeriod,
            files,
            delivery.Columns.ToHashSet(),
            delivery.ProfileColumns
        );
        var (daily, allocation) = (DailyPath(booked.Id), AllocationPath(booked.Id));
        // Other rules with the same dates leave the daily sums as they are.
        if (!CachedFile.IsWhole(daily))
        {
            var staged = Path.Combine(folder, booked.Id + ".daily.parquet");
            AllocateDelivery.WriteDaily(charges, rules.Breakpoints, session, staged, cancel);
            CachedFile.Keep(staged, daily);
        }
        if (CachedFile.IsWhole(allocation))
            return;
        var mapped = Path.Combine(folder, booked.Id + ".allocation.parquet");
        AllocateDelivery.WriteAllocation(charges, rules, session, daily, mapped, OfOtherRules(booked.Id), cancel);
        CachedFile.Keep(mapped, allocation);
    }

    /// <summary>
    /// The allocation file of a delivery under other rules, if there is one: its profiles are the same, and take a
    /// hundredth of the time to read that the charges take.
    /// </summary>
    private string? OfOtherRules(string deliveryId)
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(AllocationPath(deliveryId)))!;
        return !Directory.Exists(folder)
            ? null
            : Directory
                .EnumerateDirectories(folder, CacheKeys.AnyAllocation)
                .Order(StringComparer.Ordinal)
                .Select(rules => Path.Combine(rules, Path.GetFileName(AllocationPath(deliveryId))))
                .FirstOrDefault(CachedFile.IsWhole);
    }

    private string DailyPath(string deliveryId) => books.Folder.FullPath(BooksFolder.DailyPath(dailyKey, deliveryId));

    private string AllocationPath(string deliveryId) =>
        books.Folder.FullPath(BooksFolder.AllocationPath(allocationKey, deliveryId));
}
