namespace Bursar.Warehouse.Queries;

/// <summary>The charges of one side of a comparison.</summary>
/// <param name="Paths">Their parquet files.</param>
/// <param name="PeriodStart">The first day of the billing period; the files may hold others.</param>
/// <param name="Columns">The columns they have.</param>
public sealed record ComparedCharges(
    IReadOnlyList<string> Paths,
    DateOnly PeriodStart,
    IReadOnlyCollection<string> Columns
)
{
    internal string Source => ChargesSource.Of(Paths, PeriodStart);
}

/// <summary>How fine two sets of charges are compared.</summary>
public enum TwinGrain
{
    /// <summary>
    /// Everything that tells one charge from another, and amounts to the last digit: files of one form.
    /// </summary>
    Charge,

    /// <summary>Moment, sub account and resource (or service), and amounts to a thousandth.</summary>
    Resource,

    /// <summary>Day and sub account, and amounts to a thousandth: where names of services differ.</summary>
    Day,
}

/// <summary>SQL that tells whether two deliveries hold the same charges.</summary>
public static class TwinSql
{
    private static readonly string[] Costs = ["BilledCost", "EffectiveCost", "ContractedCost", "ListCost"];

    /// <summary>
    /// One row: groups with the same amount on both sides, how many there are on the smaller side, what the equal ones
    /// sum to in absolute amounts, and what each side sums to. Null when the two have nothing to be compared by.
    /// </summary>
    public static string? Same(ComparedCharges one, ComparedCharges other, TwinGrain grain)
    {
        var keys = Keys(grain, id => one.Columns.Contains(id) && other.Columns.Contains(id)).ToList();
        if (keys.Count == 0 || Cost(one, other) is not { } cost)
            return null;
        var named = string.Join(", ", keys.Select((key, i) => $"{key} AS k{i}"));
        var same = string.Join(" AND ", keys.Select((_, i) => $"a.k{i} IS NOT DISTINCT FROM b.k{i}"));
        var equal =
            grain == TwinGrain.Charge
                ? "a.cost = b.cost"
                : "abs(a.cost - b.cost) * 1000 <= greatest(abs(a.cost), abs(b.cost))";
        return $"""
            WITH a AS ({Sums(one)}), b AS ({Sums(other)}),
            same AS (SELECT abs(a.cost) AS cost FROM a JOIN b ON {same} AND {equal})
            SELECT (SELECT count(*) FROM same),
              least((SELECT count(*) FROM a), (SELECT count(*) FROM b)),
              {Sum("(SELECT sum(cost) FROM same)")},
              {Sum("(SELECT sum(abs(cost)) FROM a)")},
              {Sum("(SELECT sum(abs(cost)) FROM b)")}
            """;

        string Sums(ComparedCharges side) =>
            $"SELECT {named}, CAST(sum({cost}) AS DECIMAL(38,18)) AS cost FROM {side.Source} GROUP BY ALL HAVING sum({cost}) <> 0";
    }

    /// <summary>Who sells and who bills in these charges, each pair once.</summary>
    public static string? Sellers(ComparedCharges charges)
    {
        if (Seller(charges) is not { } seller)
            return null;
        var issuer = charges.Columns.Contains("InvoiceIssuerName") ? "InvoiceIssuerName" : "NULL::VARCHAR";
        return $"SELECT DISTINCT {seller}, {issuer} FROM {charges.Source} ORDER BY ALL NULLS LAST LIMIT 200";
    }

    /// <summary>The amounts of single charges of these sellers, with how often each occurs.</summary>
    /// <remarks>
    /// What a marketplace line costs stands in any of the four costs: the cloud provider bills it, or only shows it.
    /// </remarks>
    public static string AmountsOf(ComparedCharges charges, IReadOnlyList<string> sellers)
    {
        var costs = Costs.Where(charges.Columns.Contains).Select(id => $"nullif({id}, 0)");
        return $"""
            SELECT BillingCurrency, CAST(coalesce({string.Join(", ", costs)}) AS DECIMAL(38,18)) AS cost, count(*)
            FROM {charges.Source} WHERE {Seller(charges)} IN ({string.Join(", ", sellers.Select(SqlText.Literal))})
            GROUP BY ALL HAVING cost IS NOT NULL AND BillingCurrency IS NOT NULL ORDER BY ALL
            """;
    }

    /// <summary>The vendor: the publisher of FOCUS 1.0 to 1.3, the service provider since.</summary>
    private static string? Seller(ComparedCharges charges)
    {
        var columns = new[] { "PublisherName", "ServiceProviderName" }.Where(charges.Columns.Contains).ToList();
        return columns.Count == 0 ? null : $"coalesce({string.Join(", ", columns)})";
    }

    private static IEnumerable<string> Keys(TwinGrain grain, Func<string, bool> isInBoth)
    {
        var names = (
            grain switch
            {
                TwinGrain.Charge => new[]
                {
                    "ServiceProviderName",
                    "ResourceId",
                    "ServiceName",
                    "SkuId",
                    "SkuPriceId",
                    "ChargeCategory",
                    "ChargeClass",
                    "ChargeDescription",
                },
                TwinGrain.Resource => ["ResourceId", "ServiceName"],
                _ => ["SubAccountId"],
            }
        )
            .Where(isInBoth)
            .Select(SqlText.Name)
            .ToList();
        if (names.Count == 0 || !isInBoth("ChargePeriodStart"))
            yield break;
        yield return grain == TwinGrain.Day ? "CAST(ChargePeriodStart AS DATE)" : "ChargePeriodStart";
        yield return "BillingCurrency";
        if (grain == TwinGrain.Resource)
            yield return $"coalesce({string.Join(", ", names)})";
        else
            foreach (var name in names)
                yield return name;
        if (grain != TwinGrain.Day && isInBoth("SubAccountId"))
            yield return "SubAccountId";
        if (grain == TwinGrain.Charge && isInBoth("BillingAccountId"))
            yield return "BillingAccountId";
    }

    private static string? Cost(ComparedCharges one, ComparedCharges other) =>
        Costs.FirstOrDefault(id => one.Columns.Contains(id) && other.Columns.Contains(id));

    private static string Sum(string sum) => $"CAST(coalesce({sum}, 0) AS DECIMAL(38,18))";
}
