using System.Numerics;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Core;

/// <summary>ALC-05: parts sum exactly to the whole.</summary>
public sealed class LargestRemainderTests
{
    private static readonly Gen<(Amount Total, Amount[] Weights, int Decimals)> Splits =
        from total in SomeAmount.Any
        from count in Gen.Choose(1, 9)
        from weights in SomeAmount.Any.ArrayOf(count)
        from decimals in Gen.Choose(0, 18)
        select (total, weights.Select(weight => weight.Abs()).Append(Amount.Parse("1")).ToArray(), decimals);

    [Theory]
    [InlineData("EX-ALC-1", "100.01", "A1 B1 C1 D1 E1 F1 G1", 2, "14.29 14.29 14.29 14.29 14.29 14.28 14.28")]
    [InlineData("EX-ALC-2", "1000.00", "A1 B1 C1", 2, "333.34 333.33 333.33")]
    [InlineData("EX-ALC-2", "-1000.00", "A1 B1 C1", 2, "-333.34 -333.33 -333.33")]
    [InlineData("EX-ALC-2", "100", "A3 B2 C2", 0, "43 29 28")]
    [InlineData("the order in which they are given does not matter", "0.01", "C1 B1 A1", 2, "0 0 0.01")]
    [InlineData("digits finer than a cent stay whole", "0.015", "A1 B1", 2, "0.015 0")]
    [InlineData("weight zero gets nothing, not even the finer digits", "0.001", "A0 B1", 2, "0 0.001")]
    [InlineData("weight zero gets nothing of a round sum", "10", "A0 B3 C1", 2, "0 7.5 2.5")]
    [InlineData("nothing splits into nothings", "0", "A1 B1", 2, "0 0")]
    public void A_split_is_what_the_requirements_say(
        string id,
        string total,
        string weights,
        int decimals,
        string expected
    )
    {
        var keys = weights.Split(' ').Select(pair => KeyValuePair.Create(pair[..1], Amount.Parse(pair[1..]))).ToArray();
        var parts = LargestRemainder.Split(Amount.Parse(total), keys, decimals);
        Assert.True(
            expected.Split(' ').Select(Amount.Parse).SequenceEqual(parts.Select(part => part.Value)),
            $"{id}: {string.Join(' ', parts)}"
        );
    }

    [Fact]
    public void A_split_never_loses_a_cent() =>
        Always.Holds(
            Splits,
            split =>
                Parts(split).Values.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Units) == split.Total.Units
        );

    [Fact]
    public void A_part_is_within_one_step_of_its_exact_share() =>
        Always.Holds(
            Splits,
            split =>
            {
                var weightSum = split.Weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight.Units);
                // One step for the remainder, one more where the digits finer than a step go.
                var slack = 2 * BigInteger.Pow(10, 18 - split.Decimals) * weightSum;
                var parts = Parts(split);
                return split
                    .Weights.Select(
                        (weight, place) =>
                            ((BigInteger)parts[Key(place)].Units * weightSum)
                            - ((BigInteger)split.Total.Units * weight.Units)
                    )
                    .All(off => BigInteger.Abs(off) <= slack);
            }
        );

    [Fact]
    public void The_opposite_total_splits_into_the_opposite_parts() =>
        Always.Holds(
            Splits,
            split =>
                Parts(split).All(part => Parts((-split.Total, split.Weights, split.Decimals))[part.Key] == -part.Value)
        );

    [Fact]
    public void The_order_of_the_keys_does_not_matter() =>
        Always.Holds(
            Splits,
            split =>
            {
                var keys = split
                    .Weights.Select((weight, place) => KeyValuePair.Create(Key(place), weight))
                    .Reverse()
                    .ToArray();
                var parts = Parts(split);
                return LargestRemainder
                    .Split(split.Total, keys, split.Decimals)
                    .All(part => parts[part.Key] == part.Value);
            }
        );

    [Fact]
    public void Weights_of_machine_size_divide_as_any_others_do()
    {
        var random = new Random(17);
        for (var round = 0; round < 5_000; round++)
        {
            // Few distinct weights, so that remainders are equal often; large ones too.
            var largest = round % 3 == 0 ? 4 : long.MaxValue / 50;
            var weights = Enumerable
                .Range(0, random.Next(1, 50))
                .Select(_ => (ulong)random.NextInt64(largest))
                .ToArray();
            weights[random.Next(weights.Length)]++;
            var steps = ((UInt128)(ulong)random.NextInt64() << random.Next(60)) + (ulong)random.Next(100);
            var parts = new UInt128[weights.Length];
            LargestRemainder.Divide(steps, weights, parts);
            var expected = LargestRemainder.Divide(
                (BigInteger)steps,
                [.. weights.Select(weight => (BigInteger)weight)],
                Enumerable.Range(0, weights.Length),
                out _
            );
            Assert.Equal(expected, parts.Select(part => (BigInteger)part));
        }
    }

    [Fact]
    public void Weights_that_give_the_money_to_nobody_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(Amount.Parse("1"), [], 2));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(Amount.Parse("1"), [new("A", Amount.Zero)], 2));
        Assert.Throws<ArgumentException>(() =>
            LargestRemainder.Split(Amount.Parse("1"), [new("A", Amount.Parse("-1")), new("B", Amount.Parse("3"))], 2)
        );
    }

    private static Dictionary<string, Amount> Parts((Amount Total, Amount[] Weights, int Decimals) split) =>
        new(
            LargestRemainder.Split(
                split.Total,
                [.. split.Weights.Select((weight, place) => KeyValuePair.Create(Key(place), weight))],
                split.Decimals
            )
        );

    private static string Key(int place) => $"key {place:00}";
}
