using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Manage.Briefs;

/// <summary>How amounts of one list are written, all alike: in which unit, with how many decimals.</summary>
/// <param name="Power">The unit as a power of ten: 6 for millions.</param>
/// <param name="Decimals">Decimals in that unit.</param>
internal sealed record BriefScale(int Power, int Decimals)
{
    private static readonly (int Power, decimal Least)[] Units = [(9, 1e9m), (6, 1e6m), (3, 1e4m), (0, 0m)];

    /// <summary>The finest step that is shown: $0.1M is 100,000.</summary>
    public Amount Step => Amount.FromUnits(Amount.UnitsPerOne).Times(PowerOf(Power - Decimals));

    /// <summary>About three digits of the largest amount: $18.4M, $5.23M, $843k, $84.3k, $5,231, $12.50.</summary>
    public static BriefScale For(Amount largest, Currency currency)
    {
        var size = largest.Abs();
        var power = Units.First(unit => size >= Amount.From(unit.Least)).Power;
        if (power == 0)
            return new BriefScale(0, size >= Amount.From(1_000m) ? 0 : currency.Decimals);
        var digits = size.Times(PowerOf(-power));
        return new BriefScale(
            power,
            digits >= Amount.From(power == 3 ? 100m : 1_000m) ? 0
                : digits >= Amount.From(10m) ? 1
                : 2
        );
    }

    /// <summary>
    /// The unit of the page, fine enough for a small amount: changes beside millions are in hundredths of a million.
    /// </summary>
    public BriefScale Finer(Amount amount, Currency currency)
    {
        var own = For(amount, currency);
        return own.Power < Power && amount.Abs() >= Amount.From(PowerOf(Power)).Times(0.05m)
            ? new BriefScale(Power, 2)
            : own;
    }

    /// <summary>
    /// The unit of the largest, with as many decimals (at most two) as the amounts were written with.
    /// </summary>
    public static BriefScale Fitting(IReadOnlyCollection<Amount> amounts, Currency currency)
    {
        var scale = For(amounts.Select(amount => amount.Abs()).Max(), currency);
        if (scale.Power == 0)
            return scale;
        var fitting = Enumerable
            .Range(0, 3)
            .Select(decimals => scale with { Decimals = decimals })
            .FirstOrDefault(finer => amounts.All(amount => finer.Rounded(amount) == amount));
        return fitting ?? scale;
    }

    /// <summary>The amount in whole steps, half away from zero.</summary>
    public Amount Rounded(Amount amount) => amount.Times(PowerOf(-Power)).RoundedTo(Decimals).Times(PowerOf(Power));

    /// <summary>"$18.4M", "−$0.31M", "$843k", "$5,231".</summary>
    public string Write(Amount amount, Currency currency)
    {
        var figure = Figure(amount.Abs());
        var isNothing = Rounded(amount).IsZero;
        return (amount.IsNegative && !isNothing ? Display.Minus : "") + Display.Symbol(currency) + figure + Suffix;
    }

    /// <summary>The figure without currency and unit: "0.6".</summary>
    public string Figure(Amount amount) => Display.Figure(Rounded(amount).Times(PowerOf(-Power)), Decimals);

    private string Suffix =>
        Power switch
        {
            9 => "B",
            6 => "M",
            3 => "k",
            _ => "",
        };

    private static decimal PowerOf(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++)
            power = exponent > 0 ? power * 10m : power / 10m;
        return power;
    }
}
