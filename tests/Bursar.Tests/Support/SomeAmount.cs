using Bursar.Core.Amounts;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Support;

/// <summary>Amounts of every size and sign for properties, thickest at the edges.</summary>
internal static class SomeAmount
{
    /// <summary>Anything that the books can hold.</summary>
    public static Gen<Amount> Any { get; } = UpTo(38);

    /// <summary>At most 19 digits before the point, so that two of them can be added.</summary>
    public static Gen<Amount> Addable { get; } = UpTo(37);

    private static Gen<Amount> UpTo(int digitsMax) =>
        from digits in Gen.Choose(0, digitsMax)
        from zeros in Gen.Choose(0, 18)
        from sign in Gen.Elements(-1, 1)
        from text in Gen.Elements("0123456789".ToCharArray()).ArrayOf(digits)
        select Of(new string(text), zeros, sign);

    private static Amount Of(string digits, int zeros, int sign)
    {
        var kept = digits.Length > zeros ? digits[..^zeros] + new string('0', zeros) : digits;
        return Amount.FromUnits(sign * (kept.Length == 0 ? 0 : Int128.Parse(kept)));
    }
}
