using System.Globalization;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Services;

/// <summary>Methods, layers and bases as people read them and as programs name them.</summary>
internal static class MethodWords
{
    public static string Id(ServiceMethodKind method) =>
        method switch
        {
            ServiceMethodKind.MeteredCredit => "metered-credit",
            ServiceMethodKind.PriceUplift => "price-uplift",
            ServiceMethodKind.StandAlonePrice => "stand-alone-price",
            ServiceMethodKind.UsageShare => "usage-share",
            _ => "percentage",
        };

    public static string Id(ServiceLayer layer) =>
        layer == ServiceLayer.OnPremises ? "on-premises" : layer.ToString().ToLowerInvariant();

    public static string Id(ServiceBasis basis) => basis.ToString().ToLowerInvariant();

    /// <summary>How a method comes to its figure: "stand-alone price 15 of 40: 37.50 %".</summary>
    public static string Of(ServiceMethod method, Amount? used, Amount? of, Amount? cost, Amount charges)
    {
        var words = method.Method switch
        {
            ServiceMethodKind.PriceUplift =>
                $"price uplift {Number(method.Bundle - method.Without)} of {Number(method.Bundle)}",
            ServiceMethodKind.StandAlonePrice =>
                $"stand-alone price {Number(method.Part)} of {Number(method.Part + method.Rest)}",
            ServiceMethodKind.UsageShare => $"usage {used?.ToString() ?? "unknown"} of {of?.ToString() ?? "unknown"}",
            ServiceMethodKind.MeteredCredit => $"{used?.ToString() ?? "unknown"} credits at {Number(method.Price)}",
            _ => "as somebody believes",
        };
        if (cost is null)
            return words + $": the series \"{method.Series}\" has nothing in the month";
        if (cost.Value.ShareOf(charges) is not { } share)
            return words;
        var percent = string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.00} %");
        return share > 1 ? $"{words}: {percent}, more than its charges" : $"{words}: {percent}";
    }

    private static string Number(decimal? number) =>
        (number ?? 0).ToString("0.##########", CultureInfo.InvariantCulture);
}
