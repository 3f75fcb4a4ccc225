namespace Bursar.Core.Amounts;

/// <summary>
/// A currency, by its ISO 4217 code ("USD"), a provider's virtual currency by the name it gives it, or the unit of a
/// quantity ("Hours").
/// </summary>
public readonly record struct Currency(string Code) : IComparable<Currency>
{
    private static readonly HashSet<string> WithoutDecimals =
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ];

    private static readonly HashSet<string> WithThreeDecimals = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>True of the unit of a quantity: what is counted in it is no money.</summary>
    public bool IsUnit { get; init; }

    /// <summary>
    /// Decimals of the minor unit: 2 for most, 0 for JPY, 3 for KWD (ISO 4217) and for quantities.
    /// </summary>
    public int Decimals =>
        IsUnit ? 3
        : WithoutDecimals.Contains(Code) ? 0
        : WithThreeDecimals.Contains(Code) ? 3
        : 2;

    public int CompareTo(Currency other) => string.CompareOrdinal(Code, other.Code);

    public static bool operator <(Currency left, Currency right) => left.CompareTo(right) < 0;

    public static bool operator >(Currency left, Currency right) => left.CompareTo(right) > 0;

    public static bool operator <=(Currency left, Currency right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Currency left, Currency right) => left.CompareTo(right) >= 0;

    public override string ToString() => Code;
}

/// <summary>An amount in a currency. Adding two currencies is refused: it is a mistake, not a number.</summary>
public readonly record struct Money(Amount Amount, Currency Currency)
{
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) =>
        left.Currency == right.Currency
            ? left with
            {
                Amount = left.Amount + right.Amount,
            }
            : throw new InvalidOperationException(
                $"{left.Currency} and {right.Currency} cannot be added; convert one of them first."
            );

    public override string ToString() => $"{Amount} {Currency}";
}
