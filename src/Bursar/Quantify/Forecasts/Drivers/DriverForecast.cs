using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary>
/// A cost forecast from its causes: demand × usage per unit × price × (1 − discount) × exchange rate, or AI workloads
/// by stage (FCT-02, FCT-06).
/// </summary>
internal sealed record DriverForecast : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("The first day of the first month.")]
    public required DateOnly From { get; init; }

    [Description("How many months, 1 to 60."), Between(1, ForecastQuestion.MonthsMax)]
    public int Months { get; init; } = 12;

    [Description("The currency of the result, three capital letters."), CurrencyCode]
    public required string Currency { get; init; }

    [Description("Business volume of a month: customers, quotes, tokens; as numbers, or a series that is forecast.")]
    public DriverTerm? Demand { get; init; }

    [Description("The usage that one unit of demand needs; 1 unless given.")]
    public DriverTerm? UsagePerUnit { get; init; }

    [Description("The price of one unit of usage.")]
    public DriverTerm? Price { get; init; }

    [Description("The discount on the price, in percent.")]
    public DriverTerm? DiscountPercent { get; init; }

    [
        Description("The currency of the price, when it is another: converted at the plan's rate, or the newest one."),
        CurrencyCode
    ]
    public string? PriceCurrency { get; init; }

    [Description("AI workloads by stage, instead of demand and price.")]
    public IReadOnlyList<WorkloadStage> Stages { get; init; } = [];

    [
        Description("The scope whose charges show what came of it, once it is frozen; without it, nothing is scored."),
        RefersTo("Scope")
    ]
    public string? Scope { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("What it assumes, in words.")]
    public IReadOnlyList<string> Assumes { get; init; } = [];

    /// <summary>The name that people read.</summary>
    internal string Title => DisplayName ?? Name;

    public override void Check(RulebookCheck check)
    {
        if (From.Day != 1)
            check.Error(
                this,
                "from",
                "not-a-month",
                $"{From:yyyy-MM-dd} is not the first day of a month.",
                $"Write {From:yyyy-MM}-01."
            );
        if ((Demand is null || Price is null) == (Stages.Count == 0))
            check.Error(
                this,
                Stages.Count == 0 ? "name" : "stages",
                "driver-terms",
                Stages.Count == 0
                    ? "Nothing says how much is used at which price."
                    : "It has stages, and demand or price besides.",
                "Give demand: and price:, or stages: of AI workloads."
            );
        foreach (var (key, term) in Terms)
            term?.Check(this, key, check);
        foreach (var stage in Stages)
            stage.Check(this, check);
    }

    private IEnumerable<(string Key, DriverTerm? Term)> Terms =>
        [("demand", Demand), ("usagePerUnit", UsagePerUnit), ("price", Price), ("discountPercent", DiscountPercent)];
}

/// <summary>A cause of cost over the months: where it starts, how it grows, and how low or high it may be.</summary>
internal sealed record DriverTerm : RulebookRecord
{
    [Description("Its value in the first month.")]
    public decimal? Start { get; init; }

    [Description("The series whose forecast it is, instead of a start."), RefersTo("Series")]
    public string? Series { get; init; }

    [Description("By how much it changes from month to month, in percent: -3 is 3 % less each month.")]
    public decimal MonthlyPercent { get; init; }

    [Description("The first month's value that it falls below one time in ten; with a series, its P10.")]
    public decimal? Low { get; init; }

    [Description("The first month's value that it exceeds one time in ten; with a series, its P90.")]
    public decimal? High { get; init; }

    [Description("The monthly change that it falls below one time in ten, in percent.")]
    public decimal? MonthlyPercentLow { get; init; }

    [Description("The monthly change that it exceeds one time in ten, in percent.")]
    public decimal? MonthlyPercentHigh { get; init; }

    internal void Check(DriverForecast forecast, string key, RulebookCheck check)
    {
        if ((Start is null) == (Series is null))
            check.Error(
                this,
                key,
                "driver-start",
                $"{key} {(Start is null ? "has no value" : "has a start and a series")}.",
                "Give start: with a number, or series: with the name of a kind: Series."
            );
        if (Start < 0 || Low < 0)
            check.Error(
                this,
                Start < 0 ? "start" : "low",
                "driver-range",
                $"{key} of \"{forecast.Name}\" is {(Start < 0 ? Start : Low)}, below zero.",
                "Write zero or more; cost that falls has a monthlyPercent below zero."
            );
        if (
            Low > (Start ?? Low)
            || High < (Start ?? High)
            || MonthlyPercentLow > MonthlyPercent
            || MonthlyPercentHigh < MonthlyPercent
        )
            check.Error(
                this,
                "low",
                "driver-range",
                $"The low case of {key} of \"{forecast.Name}\" lies above what is expected, or the high one below.",
                "low is at most start, high at least; the same for monthlyPercentLow and monthlyPercentHigh."
            );
    }
}

/// <summary>How far an AI workload has come.</summary>
internal enum WorkloadPhase
{
    Poc,
    Pilot,
    Production,
}

/// <summary>An AI workload in one stage of its life (FCT-06).</summary>
internal sealed record WorkloadStage : RulebookRecord
{
    [Description("What it is called.")]
    public required string Name { get; init; }

    [Description("poc, pilot or production.")]
    public required WorkloadPhase Stage { get; init; }

    [Description("The first day of its first month; without it, that of the forecast.")]
    public DateOnly? From { get; init; }

    [Description("The day after its last month; without it, it goes on.")]
    public DateOnly? To { get; init; }

    [Description("How likely the stage is reached, 0 to 1."), Between(0, 1)]
    public decimal Probability { get; init; } = 1;

    [Description("Who uses it in a month.")]
    public required DriverTerm Adopters { get; init; }

    [Description("Requests of one adopter in a month.")]
    public required DriverTerm RequestsPerAdopter { get; init; }

    [Description("Tokens of one request, in and out.")]
    public required DriverTerm TokensPerRequest { get; init; }

    [Description("Percent of tokens that come from a cache."), Between(0, 100)]
    public decimal CacheSharePercent { get; init; }

    [Description("What a token from the cache costs, in percent of the price."), Between(0, 100)]
    public decimal CachedPricePercent { get; init; }

    [Description("Requests that are made again, in percent."), Between(0, 1000)]
    public decimal RetryPercent { get; init; }

    [Description("Which models answer, with their parts and prices.")]
    public required IReadOnlyList<WorkloadModel> Models { get; init; }

    [Description("What must hold before the next stage is paid for.")]
    public StageGate? Gate { get; init; }

    internal void Check(DriverForecast forecast, RulebookCheck check)
    {
        Adopters.Check(forecast, "adopters", check);
        RequestsPerAdopter.Check(forecast, "requestsPerAdopter", check);
        TokensPerRequest.Check(forecast, "tokensPerRequest", check);
        if (Models.Sum(model => model.SharePercent) != 100)
            check.Error(
                this,
                "models",
                "model-mix",
                $"The models of \"{Name}\" have {Models.Sum(model => model.SharePercent)} % together.",
                "Let sharePercent of all models come to 100."
            );
        foreach (var model in Models)
            model.PricePerMillion.Check(forecast, "pricePerMillion", check);
    }
}

/// <summary>A model's part of a workload and its price.</summary>
internal sealed record WorkloadModel : RulebookRecord
{
    [Description("The model.")]
    public required string Name { get; init; }

    [Description("Its part of the tokens, in percent."), Between(0, 100)]
    public decimal SharePercent { get; init; } = 100;

    [Description("What a million tokens cost; monthlyPercent: -3 lets it fall by 3 % a month.")]
    public required DriverTerm PricePerMillion { get; init; }
}

/// <summary>What must hold before the next stage is paid for, and where it stands (AIF-07).</summary>
internal sealed record StageGate : RulebookRecord
{
    [Description("At most so much may have been spent.")]
    public Amount? MaxSpend { get; init; }

    [Description("What was spent.")]
    public Amount? Spend { get; init; }

    [Description("Quality must reach this, 0 to 1.")]
    public decimal? MinQuality { get; init; }

    [Description("The quality that was measured.")]
    public decimal? Quality { get; init; }

    [Description("At most so much may one unit cost.")]
    public decimal? MaxUnitCost { get; init; }

    [Description("What a unit costs.")]
    public decimal? UnitCost { get; init; }

    [Description("At most so much may the P90 of a month in the next stage be.")]
    public Amount? MaxMonth { get; init; }

    [Description("The P90 of a month in the next stage.")]
    public Amount? Month { get; init; }

    [Description("At most so many days may the stage have lasted.")]
    public int? MaxDays { get; init; }

    [Description("How many days it has lasted.")]
    public int? Days { get; init; }
}
