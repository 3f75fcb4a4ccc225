using System.Globalization;
using System.Numerics;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>Divides the shared cost of one delivery among its receivers.</summary>
/// <param name="rules">The rules in force.</param>
/// <param name="divided">How each pool is divided, by pool, month, currency and what it is divided within.</param>
internal sealed class DistributeDelivery(
    CompiledAllocation rules,
    IReadOnlyDictionary<(string Pool, string Month, string Currency, string Within), DividedPool> divided
)
{
    /// <summary>Shares are weights of so many decimals.</summary>
    private const decimal ShareUnits = 1_000_000_000_000_000_000m;

    /// <summary>Writes the daily and the profile file of the parts.</summary>
    public void Write(
        IReadOnlyList<PooledCost> pooled,
        PartsSql sql,
        DuckDbSession session,
        string dailyPath,
        string profilesPath,
        CancellationToken cancel
    )
    {
        session.Execute(PartsSql.MakeDivided, cancel: cancel);
        session.Execute(PartsSql.MakeReceivers, cancel: cancel);
        var places = pooled.Select(one => one.Place).Distinct().Select(place => divided[place]).ToList();
        session.Execute(PartsSql.InsertDivided, Columns(places), cancel);
        session.Execute(PartsSql.InsertReceivers, Receivers(pooled), cancel);
        session.Execute(PartsSql.MakeParts, cancel: cancel);
        session.Execute(
            $"COPY ({PartsSql.Daily}) TO {SqlText.Literal(dailyPath)} {ParquetOptions.OfCaches}",
            cancel: cancel
        );
        session.Execute(
            $"COPY ({sql.Profiles}) TO {SqlText.Literal(profilesPath)} {ParquetOptions.OfCaches}",
            cancel: cancel
        );
        session.Execute("DROP TABLE parts; DROP TABLE divided; DROP TABLE receivers", cancel: cancel);
    }

    /// <summary>What a pool's shares are as text: two that are the same divide the same.</summary>
    public static string Text(DividedPool pool) =>
        $"{pool.Pool} {MonthOf(pool)} {pool.Currency} {PartsSql.Within(pool.Within)} {Weights(pool)} {pool.IsOwn} {string.Join(' ', pool.Ends.Select(end => end.Receiver))}";

    /// <summary>The month, or the day of a pool that is divided day by day.</summary>
    public static string MonthOf(DividedPool pool) =>
        pool.Month.ToString(pool.IsDaily ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);

    private static IReadOnlyList<object?> Columns(List<DividedPool> pools) =>
        [
            pools.ConvertAll(pool => (string?)pool.Pool),
            pools.ConvertAll(pool => (string?)MonthOf(pool)),
            pools.ConvertAll(pool => (string?)pool.Currency),
            pools.ConvertAll(pool => (string?)PartsSql.Within(pool.Within)),
            pools.ConvertAll(pool => (string?)Weights(pool)),
            pools.ConvertAll(pool => (string?)pool.Ends.Count.ToString(CultureInfo.InvariantCulture)),
        ];

    /// <summary>
    /// The weights as whole numbers where they alone say the shares, so that a part is exact; where pools serve
    /// pools,
    /// the shares in units of 10⁻¹⁸: what they do not sum to is left to the largest remainders.
    /// </summary>
    private static string Weights(DividedPool pool)
    {
        var sum = pool.Weights.Sum(weight => weight.Weight);
        var weights = pool.Weights.ToDictionary(weight => weight.Receiver, weight => weight.Weight);
        var isDirect = pool.Ends.All(end =>
            end.Receiver is { } receiver && weights.TryGetValue(receiver, out var weight) && weight / sum == end.Share
        );
        if (!isDirect)
            return string.Join(',', pool.Ends.Select(end => Whole(end.Share * ShareUnits)));
        var decimals = weights.Values.Max(weight => weight.Scale);
        return string.Join(
            ',',
            pool.Ends.Select(end =>
                new BigInteger(decimal.Truncate(weights[end.Receiver!])) * BigInteger.Pow(10, decimals)
                + new BigInteger((weights[end.Receiver!] % 1) * (decimal)BigInteger.Pow(10, decimals))
            )
        );
    }

    private static string Whole(decimal share) =>
        decimal.Round(share, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture);

    private IReadOnlyList<object?> Receivers(IReadOnlyList<PooledCost> pooled)
    {
        var rows = (
            from one in pooled
            let pool = divided[one.Place]
            from place in Enumerable.Range(0, pool.Ends.Count)
            let day = rules.FirstDayOf(one.Interval, pool.Month)
            let receiver = pool.Ends[place].Receiver
            select (one, place, Receiver: receiver, Outcome: rules.Received(pool.Pool, receiver, day))
        ).ToList();
        return
        [
            rows.ConvertAll(row => (string?)row.one.Month),
            rows.ConvertAll(row => (string?)row.one.Currency),
            rows.ConvertAll(row => (string?)row.one.Within),
            rows.ConvertAll(row => (string?)row.place.ToString(CultureInfo.InvariantCulture)),
            rows.ConvertAll(row => (string?)row.one.Interval.ToString(CultureInfo.InvariantCulture)),
            rows.ConvertAll(row => row.Receiver is { Field.Length: > 0 } receiver ? receiver.Field : null),
            rows.ConvertAll(row => row.Receiver is { Field.Length: > 0 } receiver ? receiver.Value : null),
            rows.ConvertAll(row => row.Receiver?.Kept),
            rows.ConvertAll(row => row.Receiver is { } receiver ? KeptColumns.Tags(receiver) : null),
            .. Enumerable
                .Range(0, SharedFields.Count)
                .SelectMany(field =>
                    new object?[]
                    {
                        rows.ConvertAll(row => row.Outcome.Values[field]),
                        rows.ConvertAll(row => row.Outcome.Rules[field]),
                    }
                ),
            rows.ConvertAll(row => row.Outcome.SharedCost),
            rows.ConvertAll(row => row.Receiver?.Value),
            rows.ConvertAll(row =>
                row.Receiver is null && divided[row.one.Place].IsOwn
                    ? AllocationTypes.Distributed
                    : (string?)row.Outcome.Type
            ),
        ];
    }
}

/// <summary>That a delivery has cost in a pool, in a month, currency and interval of rules.</summary>
internal sealed record PooledCost(string Pool, string Month, string Currency, string Within, int Interval)
{
    public (string Pool, string Month, string Currency, string Within) Place => (Pool, Month, Currency, Within);
}
