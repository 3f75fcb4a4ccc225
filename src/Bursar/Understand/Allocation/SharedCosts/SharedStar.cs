using System.Text.Json;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>How all pools are divided, and under which keys the parts of the deliveries are kept.</summary>
/// <param name="Pools">Every pool in every month and currency that it has cost in.</param>
/// <param name="PartsKeys">By delivery; those without cost in a pool have none.</param>
internal sealed record SharedPlan(IReadOnlyList<DividedPool> Pools, IReadOnlyDictionary<string, string> PartsKeys);

/// <summary>
/// The star with the parts of shared costs beside the direct cost. The parts of a delivery are caches like its other
/// files: they are made again only when what they rest on changed, the rules or how a pool is divided in their
/// months.
/// </summary>
/// <param name="books">The books.</param>
/// <param name="rules">The rules in force.</param>
/// <param name="pools">The shared costs, each from and to the days of its rulebook.</param>
/// <param name="engine">The engine that makes what is missing.</param>
internal sealed class SharedStar(
    BooksOfRecord books,
    CompiledAllocation rules,
    IReadOnlyList<SharedCost> pools,
    DuckDbEngine engine
)
{
    /// <summary>How pools are divided; what was found once is read again.</summary>
    /// <param name="key">Everything that it rests on, as text: documents, deliveries, series.</param>
    /// <param name="direct">The files of the direct cost.</param>
    /// <param name="deliveries">The deliveries that count, in the order of the files.</param>
    /// <param name="weigh">Finds how each pool is divided.</param>
    /// <param name="cancel">Ends the work early.</param>
    public SharedPlan Plan(
        string key,
        StarFiles direct,
        IReadOnlyList<BookedDelivery> deliveries,
        Func<IReadOnlyList<DividedPool>> weigh,
        CancellationToken cancel
    )
    {
        var path = books.Folder.FullPath(BooksFolder.SharedPlanPath(CacheKeys.OfParts(rules, key)));
        if (CachedFile.IsWhole(path) && Read(path) is { } known)
            return known;
        var divided = weigh();
        var plan = new SharedPlan(divided, Divide(direct, deliveries, divided, cancel));
        using var staging = books.Stage();
        var staged = Path.Combine(staging.Folder, "plan.json");
        File.WriteAllBytes(staged, JsonSerializer.SerializeToUtf8Bytes(plan));
        CachedFile.Keep(staged, path);
        return plan;
    }

    /// <summary>The direct star and the parts.</summary>
    public StarFiles Of(
        StarFiles direct,
        IReadOnlyList<BookedDelivery> deliveries,
        SharedPlan plan,
        CancellationToken cancel
    )
    {
        var parts = deliveries
            .Where(booked => plan.PartsKeys.ContainsKey(booked.Id))
            .Select(booked => Paths(plan.PartsKeys[booked.Id], booked.Id))
            .ToList();
        // They are caches: somebody may have swept them.
        if (parts.Exists(part => !IsThere(part)))
            Divide(direct, deliveries, plan.Pools, cancel);
        return new StarFiles(
            [.. direct.Daily, .. parts.Select(part => part.Daily)],
            [.. direct.Profiles, .. parts.Select(part => part.Profiles)],
            direct.Columns.Concat(PartsSql.Added(pools)).ToHashSet()
        )
        {
            Deliveries = direct.Deliveries,
            Breakpoints = direct.Breakpoints,
            OfParts = PartsSql.Added(pools).ToHashSet(),
            PartsFrom = direct.Profiles.Count,
        };
    }

    private static SharedPlan? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SharedPlan>(File.ReadAllBytes(path));
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException)
        {
            return null;
        }
    }

    private (string Daily, string Profiles) Paths(string key, string deliveryId) =>
        (
            books.Folder.FullPath(BooksFolder.SharedDailyPath(key, deliveryId)),
            books.Folder.FullPath(BooksFolder.SharedAllocationPath(key, deliveryId))
        );

    private static bool IsThere((string Daily, string Profiles) part) =>
        CachedFile.IsWhole(part.Daily) && CachedFile.IsWhole(part.Profiles);

    /// <summary>Makes the parts that are not there; by delivery, the key of those that have any.</summary>
    private Dictionary<string, string> Divide(
        StarFiles direct,
        IReadOnlyList<BookedDelivery> deliveries,
        IReadOnlyList<DividedPool> divided,
        CancellationToken cancel
    )
    {
        var places = divided.ToDictionary(pool =>
            (pool.Pool, DistributeDelivery.MonthOf(pool), pool.Currency, PartsSql.Within(pool.Within))
        );
        var keeping = divided
            .Where(pool => pool.Ends.Any(end => end.Receiver is null or { Field.Length: 0 }))
            .Select(pool => pool.Pool)
            .Concat(pools.Where(pool => pool.Method == SharedCostMethod.Metered).Select(pool => pool.Name))
            .ToHashSet();
        var keys = new string?[deliveries.Count];
        using var staging = books.Stage();
        AllocateDelivery.Several(
            deliveries.Count,
            engine,
            (i, session) =>
                keys[i] = Divide(
                    deliveries[i],
                    new PartsSql(
                        direct.Daily[i],
                        direct.Profiles[i],
                        deliveries[i].Delivery.ProfileColumns.ToHashSet(),
                        pools,
                        keeping
                    ),
                    places,
                    session,
                    staging.Folder,
                    cancel
                ),
            cancel
        );
        return deliveries
            .Zip(keys, (booked, key) => (booked.Id, Key: key))
            .Where(pair => pair.Key is not null)
            .ToDictionary(pair => pair.Id, pair => pair.Key!);
    }

    private string? Divide(
        BookedDelivery booked,
        PartsSql sql,
        Dictionary<(string Pool, string Month, string Currency, string Within), DividedPool> places,
        DuckDbSession session,
        string folder,
        CancellationToken cancel
    )
    {
        // What commitments saved in months for which no policy says anything stays as it is.
        var pooled = Pooled(sql, session, cancel)
            .Where(one => CommitmentPools.PolicyOf(one.Pool) is null || places.ContainsKey(one.Place))
            .ToList();
        if (pooled.Count == 0)
            return null;
        places = WithLogs(places, pooled);
        var key = CacheKeys.OfParts(
            rules,
            string.Join('\n', pooled.Select(one => places[one.Place]).Distinct().Select(DistributeDelivery.Text))
                + string.Concat(sql.Benefits)
        );
        var paths = Paths(key, booked.Id);
        if (IsThere(paths))
            return key;
        var staged = (
            Daily: Path.Combine(folder, booked.Id + ".parts.daily.parquet"),
            Profiles: Path.Combine(folder, booked.Id + ".parts.profiles.parquet")
        );
        new DistributeDelivery(rules, places).Write(pooled, sql, session, staged.Daily, staged.Profiles, cancel);
        CachedFile.Keep(staged.Daily, paths.Daily);
        CachedFile.Keep(staged.Profiles, paths.Profiles);
        return key;
    }

    /// <summary>
    /// A log may be in the pool that it divides: it adds quantities where these are asked for, and stays where it is.
    /// </summary>
    private static Dictionary<(string Pool, string Month, string Currency, string Within), DividedPool> WithLogs(
        Dictionary<(string Pool, string Month, string Currency, string Within), DividedPool> places,
        List<PooledCost> pooled
    )
    {
        var left = pooled.Select(one => one.Place).Where(place => !places.ContainsKey(place)).Distinct().ToList();
        if (left.Count == 0)
            return places;
        var all = new Dictionary<(string Pool, string Month, string Currency, string Within), DividedPool>(places);
        foreach (var place in left)
        {
            var isDaily = place.Month.Length > "yyyy-MM".Length;
            var first = DateOnly.ParseExact(isDaily ? place.Month : place.Month + "-01", "yyyy-MM-dd");
            all[place] = new DividedPool(
                place.Pool,
                first,
                place.Currency,
                [place.Within],
                [],
                [new EndShare(null, 1)],
                Note: null
            )
            {
                IsDaily = isDaily,
            };
        }
        return all;
    }

    private static List<PooledCost> Pooled(PartsSql sql, DuckDbSession session, CancellationToken cancel)
    {
        session.Execute(sql.MakePooled, cancel: cancel);
        session.Execute(PartsSql.MakeKinds, cancel: cancel);
        session.Execute(sql.MakeSums, cancel: cancel);
        var pooled = new List<PooledCost>();
        using var reader = session.Query(PartsSql.FindPools, cancel: cancel);
        while (reader.Read())
            pooled.Add(
                new PooledCost(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    (int)reader.GetInt64(4)
                )
            );
        return pooled;
    }
}
