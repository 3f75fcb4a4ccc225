using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Understand.Allocation.SharedCosts;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Allocation;

/// <summary>Pools that serve each other (ALC-04).</summary>
public sealed class PoolCascadeTests
{
    /// <summary>P = 100 gives S 20 %, A 50 %, B 30 %; S = 60 gives P 10 %, A 30 %, B 60 %.</summary>
    private static PoolGifts[] TwoPools(SharedCostCascade cascade) =>
        [
            Pool("P", 1, cascade, [("A", 50), ("B", 30)], [("S", 0.2m)]),
            Pool("S", 2, cascade, [("A", 30), ("B", 60)], [("P", 0.1m)]),
        ];

    private static readonly Dictionary<string, Amount> Own = new()
    {
        ["P"] = Amount.From(100),
        ["S"] = Amount.From(60),
    };

    [Fact]
    public void Reciprocal_pools_are_solved_at_once_EX_ALC_4()
    {
        var pools = TwoPools(SharedCostCascade.Reciprocal);
        var gross = PoolCascade.Gross(pools, Own);
        Assert.Equal("108.163265", Six(gross["P"].ToDecimal()));
        Assert.Equal("81.632653", Six(gross["S"].ToDecimal()));
        Assert.Equal(("78.571429", "81.428571"), Received(pools));
    }

    [Theory]
    [InlineData(SharedCostCascade.StepDown, "76.666667", "83.333333")]
    [InlineData(SharedCostCascade.Direct, "82.500000", "77.500000")]
    internal void Step_down_and_direct_on_the_same_data_EX_ALC_5(SharedCostCascade cascade, string a, string b) =>
        Assert.Equal((a, b), Received(TwoPools(cascade)));

    [Fact]
    public void A_pool_that_nothing_divides_stays_with_the_organisation()
    {
        var shares = PoolCascade.Solve([
            Pool("a", 1, SharedCostCascade.Reciprocal, [("x", 1)], [("b", 0.25m)]),
            Pool("b", 2, SharedCostCascade.Reciprocal, [], []),
        ]);
        Assert.Equal([new EndShare(new Receiver("x_Product", "x"), 0.75m), new EndShare(null, 0.25m)], shares["a"]);
        Assert.Equal([new EndShare(null, 1)], shares["b"]);
    }

    /// <summary>
    /// The independent solver hands what each pool has to everybody it gives to, over and over, until nothing is left.
    /// </summary>
    [Fact]
    public void Solved_shares_are_those_of_handing_on_until_nothing_is_left() =>
        Always.Holds(
            Circles,
            pools =>
            {
                var solved = PoolCascade.Solve(pools);
                return Array.TrueForAll(
                    pools,
                    pool =>
                    {
                        var handed = HandOn(pools, pool.Name);
                        return solved[pool.Name].Sum(share => share.Share)
                                is > 0.9999999999999999999m
                                    and < 1.0000000000000000001m
                            && solved[pool.Name]
                                .All(share =>
                                    Math.Abs(share.Share - handed.GetValueOrDefault(share.Receiver?.Value ?? ""))
                                    < 1e-12m
                                );
                    }
                );
            },
            cases: 200
        );

    private static Gen<PoolGifts[]> Circles { get; } =
        from count in Gen.Choose(1, 6)
        from percents in Gen.Choose(0, 18).ArrayOf(count * count)
        from weights in Gen.Choose(0, 9).ArrayOf(count * 3)
        select Enumerable
            .Range(0, count)
            .Select(i =>
                Pool(
                    $"p{i}",
                    i,
                    SharedCostCascade.Reciprocal,
                    [
                        .. new[] { "a", "b", "c" }
                            .Select((name, j) => (name, (decimal)weights[(i * 3) + j]))
                            .Where(gift => gift.Item2 > 0),
                    ],
                    [
                        .. Enumerable
                            .Range(0, count)
                            .Where(j => j != i && percents[(i * count) + j] > 0)
                            .Select(j => ($"p{j}", percents[(i * count) + j] / 100m)),
                    ]
                )
            )
            .ToArray();

    private static Dictionary<string, decimal> HandOn(PoolGifts[] pools, string from)
    {
        var held = pools.ToDictionary(pool => pool.Name, pool => pool.Name == from ? 1m : 0);
        var received = new Dictionary<string, decimal>();
        for (var round = 0; round < 400; round++)
        {
            var next = pools.ToDictionary(pool => pool.Name, _ => 0m);
            foreach (var pool in pools)
            {
                foreach (var (other, share) in pool.ToPools)
                    next[other] += held[pool.Name] * share;
                var left = held[pool.Name] * (1 - pool.ToPools.Sum(gift => gift.Share));
                var weights = pool.ToReceivers.Sum(gift => gift.Weight);
                foreach (var gift in pool.ToReceivers)
                    Add(gift.Receiver.Value, left * gift.Weight / weights);
                if (weights == 0)
                    Add("", left);
            }
            held = next;
        }
        return received;

        void Add(string name, decimal amount) => received[name] = received.GetValueOrDefault(name) + amount;
    }

    private static (string A, string B) Received(PoolGifts[] pools)
    {
        var shares = PoolCascade.Solve(pools);
        return (Of("A"), Of("B"));

        string Of(string name) =>
            Six(
                Own.Sum(own =>
                    own.Value.ToDecimal()
                    * shares[own.Key].Where(share => share.Receiver?.Value == name).Sum(share => share.Share)
                )
            );
    }

    private static string Six(decimal value) =>
        decimal.Round(value, 6, MidpointRounding.AwayFromZero)
            .ToString("0.000000", System.Globalization.CultureInfo.InvariantCulture);

    private static PoolGifts Pool(
        string name,
        int order,
        SharedCostCascade cascade,
        (string Name, decimal Weight)[] receivers,
        (string Pool, decimal Share)[] pools
    ) =>
        new(
            name,
            order,
            cascade,
            [.. receivers.Select(gift => new PoolWeight(new Receiver("x_Product", gift.Name), gift.Weight))],
            pools
        );
}
