using Bursar.Core.Amounts;

namespace Bursar.Understand.Measures;

/// <summary>What each unit of a measure comes to: the one way in which cost is divided by demand.</summary>
internal static class PerUnit
{
    /// <summary>Decimals that a figure per unit keeps: a token costs a few millionths.</summary>
    public const int Decimals = 10;

    /// <summary>The total for each unit, half to even; null without any: a division by nothing has no answer.</summary>
    public static decimal? Of(Amount total, Amount quantity) =>
        quantity.IsZero
            ? null
            : decimal.Round(total.ToDecimal() / quantity.ToDecimal(), Decimals, MidpointRounding.ToEven);
}
