namespace Bursar.Demo;

/// <summary>
/// A stream of random whole numbers that is the same on every machine and in every release (SplitMix64).
/// </summary>
/// <remarks>
/// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014. System.Random promises no such thing.
/// </remarks>
internal struct DemoRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>
    /// A stream of its own for a name, so that a new resource does not change the figures of the others.
    /// </summary>
    public static DemoRandom For(ulong seed, string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        return new DemoRandom(seed ^ hash);
    }

    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(((UInt128)Next() * (uint)count) >> 64);

    /// <summary>A number around <paramref name="middle"/>, at most <paramref name="reach"/> away.</summary>
    public long Around(long middle, int reach) => middle - reach + Below((2 * reach) + 1);

    /// <summary>So many hexadecimal digits, for the identifiers that providers make.</summary>
    public string Hex(int digits)
    {
        Span<char> text = stackalloc char[digits];
        for (var i = 0; i < digits; i++)
            text[i] = "0123456789abcdef"[Below(16)];
        return new string(text);
    }
}
