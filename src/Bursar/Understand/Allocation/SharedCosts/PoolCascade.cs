using System.Text.Json.Serialization;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>Who receives a part of a pool.</summary>
/// <param name="Field">A column: x_Product; empty for a line of its own with whom the cost is.</param>
/// <param name="Value">Its value.</param>
/// <param name="Keeps">It keeps for the organisation.</param>
/// <param name="Kept">What else is known of whose use it was, as a JSON object by column; null for nothing.</param>
internal sealed record Receiver(string Field, string Value, bool Keeps = false, string? Kept = null)
{
    /// <summary>What an invoice and the log of its use differ by, kept apart.</summary>
    public static Receiver Residual { get; } = new("", "(residual)");

    /// <summary>Use of which the log does not say whose it was: no column has its value.</summary>
    public static Receiver Nobody(string field, string? kept) => new("(none)", $"(no {field})", Kept: kept);

    /// <summary>Whether the columns of the charges stay as they are.</summary>
    [JsonIgnore]
    public bool IsResidual => this == Residual;
}

/// <summary>How much of what a pool is divided by somebody has.</summary>
/// <param name="Receiver">Who.</param>
/// <param name="Weight">
/// How much, in the unit of the driver; below zero for what rates or a log have beyond the cost.
/// </param>
internal sealed record PoolWeight(Receiver Receiver, decimal Weight);

/// <summary>How much of a pool somebody gets in the end.</summary>
/// <param name="Receiver">Who; null is the organisation, which keeps it.</param>
/// <param name="Share">0 to 1; the shares of a pool sum to 1 but for the last of 28 digits.</param>
internal sealed record EndShare(Receiver? Receiver, decimal Share);

/// <summary>What a pool gives directly: parts for receivers, and parts for other pools.</summary>
/// <param name="Name">The pool.</param>
/// <param name="Order">Its place when pools close one after the other.</param>
/// <param name="Cascade">What becomes of the parts for other pools.</param>
/// <param name="ToReceivers">Receiver and weight, of what is not for other pools.</param>
/// <param name="ToPools">Other pools, each with its share of the whole, 0 to 1.</param>
internal sealed record PoolGifts(
    string Name,
    int Order,
    SharedCostCascade Cascade,
    IReadOnlyList<PoolWeight> ToReceivers,
    IReadOnlyList<(string Pool, decimal Share)> ToPools
);

/// <summary>
/// Solves pools that serve each other. With gifts S from pool to pool and T from pool to receiver, the end shares are
/// F = (1 − S)⁻¹ T, and what passes through the pools is x = b + Sᵀ x (requirements, 3.2).
/// </summary>
internal static class PoolCascade
{
    /// <summary>The end shares of every pool, receivers in order, the organisation last.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<EndShare>> Solve(IReadOnlyList<PoolGifts> pools)
    {
        var (gifts, receivers) = Matrix(pools);
        var end = Gauss(
            Identity(pools.Count, gifts),
            [.. pools.Select(pool => receivers.ToArray(receiver => pool.Of(receiver, Kept(pools, pool))))]
        );
        return pools
            .Select(
                (pool, row) =>
                    (
                        pool.Name,
                        Shares: (IReadOnlyList<EndShare>)
                            [
                                .. receivers
                                    .Select((receiver, column) => new EndShare(receiver, end[row][column]))
                                    .Where(share => share.Share > 0),
                            ]
                    )
            )
            .ToDictionary(pair => pair.Name, pair => pair.Shares);
    }

    /// <summary>What passes through each pool: its own cost, and what it gets from others.</summary>
    public static IReadOnlyDictionary<string, Amount> Gross(
        IReadOnlyList<PoolGifts> pools,
        IReadOnlyDictionary<string, Amount> own
    )
    {
        var (gifts, _) = Matrix(pools);
        var transposed = new decimal[pools.Count][];
        for (var row = 0; row < pools.Count; row++)
            transposed[row] = [.. gifts.Select(gift => gift[row])];
        var through = Gauss(
            Identity(pools.Count, transposed),
            [.. pools.Select(pool => new[] { own.GetValueOrDefault(pool.Name).ToDecimal() })]
        );
        return pools
            .Select((pool, row) => (pool.Name, Gross: Amount.From(through[row][0])))
            .ToDictionary(pair => pair.Name, pair => pair.Gross);
    }

    /// <summary>
    /// The pools among which everything that this one gives goes round for ever; empty when some of it reaches
    /// somebody.
    /// </summary>
    public static IReadOnlyList<string> NeverLeaves(SharedCost pool, IReadOnlyList<SharedCost> pools)
    {
        var circle = new SortedSet<string>(StringComparer.Ordinal) { pool.Name };
        var open = new Queue<SharedCost>([pool]);
        while (open.TryDequeue(out var next))
        {
            // Only what gives everything away, and takes part in the solution at once, can go round.
            if (!next.IsDivided || next.ToPools.Values.Sum() < 100 || next.Cascade != SharedCostCascade.Reciprocal)
                return [];
            foreach (var name in next.ToPools.Keys.Where(circle.Add))
            {
                if (pools.FirstOrDefault(other => other.Name == name) is { } other)
                    open.Enqueue(other);
            }
        }
        return [.. circle];
    }

    /// <summary>
    /// The gifts from pool to pool that count, as shares of what is given at all, and all receivers.
    /// </summary>
    private static (decimal[][] Gifts, IReadOnlyList<Receiver?> Receivers) Matrix(IReadOnlyList<PoolGifts> pools)
    {
        var place = pools.Select((pool, i) => (pool.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        var gifts = new decimal[pools.Count][];
        for (var row = 0; row < pools.Count; row++)
        {
            gifts[row] = new decimal[pools.Count];
            var given = Kept(pools, pools[row]);
            foreach (var (name, share) in given.Gifts)
                gifts[row][place[name]] += share / given.Whole;
        }
        IReadOnlyList<Receiver?> receivers =
        [
            .. pools
                .SelectMany(pool => pool.ToReceivers)
                .Select(Receiver? (gift) => gift.Receiver)
                .Append(null)
                .Distinct()
                .OrderBy(receiver => receiver is null)
                .ThenBy(receiver => receiver?.Field, StringComparer.Ordinal)
                .ThenBy(receiver => receiver?.Value, StringComparer.Ordinal),
        ];
        return (gifts, receivers);
    }

    /// <summary>
    /// The gifts to pools that are still open, and what they and the gifts to receivers make together.
    /// </summary>
    private static (IReadOnlyList<(string Pool, decimal Share)> Gifts, decimal Whole) Kept(
        IReadOnlyList<PoolGifts> pools,
        PoolGifts pool
    )
    {
        var orders = pools.ToDictionary(other => other.Name, other => other.Order);
        IReadOnlyList<(string Pool, decimal Share)> gifts =
        [
            .. pool.ToPools.Where(gift =>
                orders.TryGetValue(gift.Pool, out var order)
                && pool.Cascade switch
                {
                    SharedCostCascade.Reciprocal => true,
                    SharedCostCascade.StepDown => (order, gift.Pool).CompareTo((pool.Order, pool.Name)) > 0,
                    _ => false,
                }
            ),
        ];
        var whole = 1 - pool.ToPools.Sum(gift => gift.Share) + gifts.Sum(gift => gift.Share);
        return whole > 0 ? (gifts, whole) : ([], 1);
    }

    private static decimal Of(
        this PoolGifts pool,
        Receiver? receiver,
        (IReadOnlyList<(string Pool, decimal Share)> Gifts, decimal Whole) given
    )
    {
        var toReceivers = (given.Whole - given.Gifts.Sum(gift => gift.Share)) / given.Whole;
        var weights = pool.ToReceivers.Sum(gift => gift.Weight);
        // Nobody to give to: the organisation keeps it.
        if (weights <= 0)
            return receiver is null ? toReceivers : 0;
        return toReceivers
            * pool.ToReceivers.Where(gift => gift.Receiver == receiver).Sum(gift => gift.Weight)
            / weights;
    }

    private static decimal[] ToArray(this IReadOnlyList<Receiver?> receivers, Func<Receiver?, decimal> value) =>
        [.. receivers.Select(value)];

    private static decimal[][] Identity(int size, decimal[][] minus)
    {
        var matrix = new decimal[size][];
        for (var row = 0; row < size; row++)
        {
            matrix[row] = [.. minus[row].Select(value => -value)];
            matrix[row][row] += 1;
        }
        return matrix;
    }

    /// <summary>
    /// Solves left · x = right, with the largest pivot first. What never leaves the pools was refused.
    /// </summary>
    private static decimal[][] Gauss(decimal[][] left, decimal[][] right)
    {
        for (var step = 0; step < left.Length; step++)
        {
            var pivot = Enumerable.Range(step, left.Length - step).MaxBy(row => Math.Abs(left[row][step]));
            (left[step], left[pivot]) = (left[pivot], left[step]);
            (right[step], right[pivot]) = (right[pivot], right[step]);
            for (var row = 0; row < left.Length; row++)
            {
                if (row == step || left[row][step] == 0)
                    continue;
                var factor = left[row][step] / left[step][step];
                for (var column = step; column < left.Length; column++)
                    left[row][column] -= factor * left[step][column];
                for (var column = 0; column < right[row].Length; column++)
                    right[row][column] -= factor * right[step][column];
            }
        }
        for (var row = 0; row < left.Length; row++)
        for (var column = 0; column < right[row].Length; column++)
            right[row][column] /= left[row][row];
        return right;
    }
}
