namespace Bursar.Tests.Forecasts;

/// <summary>Made series of each kind that a forecast meets.</summary>
internal static class SomeSeries
{
    public static IReadOnlyDictionary<string, (double[] Values, int Period)> All { get; } =
        new Dictionary<string, (double[], int)>
        {
            ["monthly"] = (Monthly(1, 60), 12),
            ["quarterly"] = ([.. Noise(2, 40).Select((noise, t) => 200 + (3 * t) + (10 * (t % 4)) + noise)], 4),
            ["daily"] = ([.. Noise(3, 200).Select((noise, t) => 100 + (t % 7 < 5 ? 30 : 0) + noise)], 7),
            ["weekly"] = ([.. Noise(4, 160).Select((noise, t) => 300 + (0.5 * t) + (2 * noise))], 1),
            ["short"] = ([100, 104, 103, 108, 110, 109, 115, 118, 121], 12),
            ["two"] = ([100, 104], 12),
            ["zeros"] = (new double[40], 7),
            ["credits"] = ([.. Noise(5, 48).Select(noise => -500 + (5 * noise))], 12),
            ["rare"] = ([.. Noise(6, 90).Select(noise => noise > 1.5 ? 100 + noise : 0)], 7),
        };

    public static double[] Monthly(int seed, int count) =>
        [
            .. Noise(seed, count)
                .Select((noise, t) => (1000 + (12 * t)) * (1 + (0.2 * Math.Sin(t * Math.PI / 6))) * (1 + (noise / 60))),
        ];

    /// <summary>Numbers between −2 and 2 that look like chance and are the same on every machine.</summary>
    public static double[] Noise(int seed, int count)
    {
        var state = (uint)(((ulong)seed * 2_654_435_769 % 2_147_483_646) + 1);
        var result = new double[count];
        for (var t = 0; t < count; t++)
        {
            state = (uint)((ulong)state * 48_271 % 2_147_483_647);
            result[t] = (4.0 * state / 2_147_483_647) - 2;
        }
        return result;
    }
}
