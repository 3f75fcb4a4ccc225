using Bursar.Core.Amounts;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary>The arithmetic of AI workloads by stage.</summary>
internal static class StageMath
{
    /// <summary>The limits that a stage does not keep, in words; none when it passes its gate.</summary>
    public static IReadOnlyList<string> Failed(StageGate gate)
    {
        var failed = new List<string>();
        if (gate.Spend > gate.MaxSpend)
            failed.Add($"{gate.Spend} were spent, and {gate.MaxSpend} may be");
        if (gate.Quality < gate.MinQuality)
            failed.Add($"quality is {gate.Quality}, and {gate.MinQuality} is needed");
        if (gate.UnitCost > gate.MaxUnitCost)
            failed.Add($"a unit costs {gate.UnitCost}, and {gate.MaxUnitCost} is allowed");
        if (gate.Month > gate.MaxMonth)
            failed.Add($"the P90 of a month is {gate.Month}, and {gate.MaxMonth} is allowed");
        if (gate.Days > gate.MaxDays)
            failed.Add($"it has lasted {gate.Days} days, and {gate.MaxDays} are allowed");
        return failed;
    }

    /// <summary>Amounts by how likely they are: Σ amount × probability.</summary>
    public static Amount Weighted(IEnumerable<(Amount Amount, decimal Probability)> stages) =>
        stages.Aggregate(Amount.Zero, (sum, one) => sum + one.Amount.Times(one.Probability));

    /// <summary>Tokens of a month: adopters × requests × tokens × (1 + retries).</summary>
    public static decimal Tokens(decimal adopters, decimal requests, decimal tokens, decimal retryPercent) =>
        adopters * requests * tokens * (1 + (retryPercent / 100));

    /// <summary>What a million tokens cost on average: the mix of models, and the cheaper ones from the
    /// cache.</summary>
    public static decimal PricePerMillion(
        IEnumerable<(decimal SharePercent, decimal Price)> models,
        decimal cacheSharePercent,
        decimal cachedPricePercent
    ) =>
        models.Sum(model => model.SharePercent / 100 * model.Price)
        * (1 - (cacheSharePercent / 100 * (1 - (cachedPricePercent / 100))));
}
