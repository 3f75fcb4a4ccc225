using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// AI models called by programs: FOCUS 1.2, priced by the million tokens, amounts in scientific notation, hours where
/// it matters.
/// </summary>
internal sealed class ModelApiUsage(DemoOptions options, RowPlan plan) : DemoSource(options, plan)
{
    /// <summary>
    /// The agent began to repeat itself on Saturday 19 September 2026 at 06:00 and was stopped 31 hours later.
    /// </summary>
    public static readonly DateTime LoopStart = new(2026, 9, 19, 6, 0, 0);

    public const int LoopHours = 31;

    public const long LoopDollarsPerHour = 2_600;

    private const int HoursOfDay = 24;

    private static readonly BillingPeriod FirstHourlyMonth = new(2026, 9);

    private sealed record Caller(string Key, string Application, string Model, long SeptemberDollars);

    private static readonly Caller Agent = new("claims-triage-agent", "claims-assistant", "lumen-large-4", 149_400);

    private static readonly IReadOnlyList<Caller> Callers =
    [
        Agent,
        new("claims-summary", "claims-assistant", "lumen-large-4", 190_000),
        new("claims-letters", "claims-assistant", "lumen-small-4", 60_000),
        new("document-extract", "document-reader", "tessera-vision-2", 100_000),
        new("quote-explain", "quote-engine", "lumen-small-4", 70_000),
        new("portal-search", "customer-portal", "tessera-embed-1", 30_000),
        new("service-desk-answers", "workplace", "lumen-small-4", 20_000),
    ];

    public static IReadOnlyList<(string Name, int Share, long PricePerMillion)> TokenTypes { get; } =
    [
        ("input tokens", 46, 3 * Pips.One),
        ("output tokens", 41, 15 * Pips.One),
        ("cached input tokens", 13, 3 * Pips.One / 10),
    ];

    private readonly Dictionary<string, LineTemplate> templates = [];

    public override string Name => "model-api";

    public override string Category => "Direct AI";

    public override int DaysUntilDelivery => 1;

    public override FileShape Shape { get; } =
        new(FocusColumnsOf(FocusVersion.V1_2, "x_ApiKeyName", "x_Model")) { Amounts = AmountStyle.Scientific };

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        $"model-api/tokens-{month}.csv";

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        foreach (var caller in Callers)
        foreach (var (day, cost) in CostsOf(caller, month))
        {
            if (caller == Agent && month >= FirstHourlyMonth)
                WriteHours(writer, day, cost);
            else
                WriteTokens(writer, caller, day.ToDateTime(default), TimeSpan.FromDays(1), cost, []);
        }
    }

    /// <summary>
    /// What the claims assistant's calls cost, by key and day, and by the hour where the provider tells it too: what
    /// its gateway counts.
    /// </summary>
    public IEnumerable<(string Key, string Model, DateOnly Day, long[] Parts)> CallsOfClaims(BillingPeriod month) =>
        from caller in Callers
        where caller.Application == "claims-assistant"
        from day in CostsOf(caller, month)
        select (caller.Key, caller.Model, day.Day, PartsOf(caller, month, day.Day, day.Cost));

    private static long[] PartsOf(Caller caller, BillingPeriod month, DateOnly day, long cost)
    {
        if (caller != Agent || month < FirstHourlyMonth)
            return [cost];
        var usual = new ExactShares(cost, HoursOfDay);
        var hours = new long[HoursOfDay];
        for (var hour = 0; hour < hours.Length; hour++)
        {
            var isInLoop = IsInLoop(day.ToDateTime(default).AddHours(hour));
            hours[hour] = usual.Next(1) + (isInLoop ? Pips.Dollars(LoopDollarsPerHour) : 0);
        }
        return hours;
    }

    private static bool IsInLoop(DateTime hour) => hour >= LoopStart && hour < LoopStart.AddHours(LoopHours);

    private IEnumerable<(DateOnly Day, long Cost)> CostsOf(Caller caller, BillingPeriod month)
    {
        var purpose = Organisation.Named(caller.Application).Purpose;
        var total = Growth.At(month, purpose, Pips.Dollars(caller.SeptemberDollars));
        if (total == 0)
            yield break;
        var random = DemoRandom.For(Options.Seed, caller.Key + month);
        var weights = new long[month.Days];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = RhythmWeights.OfDay(Rhythm.Daily, month.Start.AddDays(i), ref random);
        var shares = new ExactShares(total, weights.Sum());
        foreach (var day in DaysOf(month))
            yield return (day, shares.Next(weights[day.Day - 1]));
    }

    /// <summary>
    /// The agent's day by the hour. The looping run costs exactly $2,600 an hour beside the usual work.
    /// </summary>
    private void WriteHours(DeliveryWriter writer, DateOnly day, long cost)
    {
        var usual = new ExactShares(cost, HoursOfDay);
        for (var hour = 0; hour < HoursOfDay; hour++)
        {
            var start = day.ToDateTime(default).AddHours(hour);
            WriteTokens(writer, Agent, start, TimeSpan.FromHours(1), usual.Next(1), []);
            if (IsInLoop(start))
                WriteTokens(
                    writer,
                    Agent,
                    start,
                    TimeSpan.FromHours(1),
                    Pips.Dollars(LoopDollarsPerHour),
                    [StoryNames.AgentLoop]
                );
        }
    }

    private void WriteTokens(
        DeliveryWriter writer,
        Caller caller,
        DateTime start,
        TimeSpan length,
        long cost,
        IReadOnlyList<string> stories
    )
    {
        var shares = new ExactShares(cost, 100);
        foreach (var (name, share, price) in TokenTypes)
        {
            var line = Line.Plain(start, start + length, shares.Next(share));
            // In millions of tokens; the file counts in millions too.
            writer.Write(TemplateFor(caller, name, price, stories), line.AtPrice(price));
        }
    }

    private LineTemplate TemplateFor(Caller caller, string tokens, long price, IReadOnlyList<string> stories)
    {
        var key = caller.Key + tokens + stories.Count;
        if (templates.TryGetValue(key, out var template))
            return template;
        return templates[key] = new LineTemplate(Shape, Cells(caller, tokens, price)) { Stories = stories };
    }

    private static Dictionary<string, string?> Cells(Caller caller, string tokens, long price) =>
        new()
        {
            ["BillingAccountId"] = "org-aldermoor",
            ["BillingAccountName"] = "Aldermoor Insurance plc",
            ["BillingCurrency"] = "USD",
            ["ChargeCategory"] = "Usage",
            ["ChargeDescription"] = $"{caller.Model}, {tokens}",
            ["ChargeFrequency"] = "Usage-Based",
            ["ConsumedUnit"] = "1000000 Tokens",
            ["ContractedUnitPrice"] = AwsExport.Digit(price),
            ["InvoiceId"] = "LM-{month}",
            ["InvoiceIssuerName"] = "Lumen Models",
            ["ListUnitPrice"] = AwsExport.Digit(price),
            ["PricingCategory"] = "Standard",
            ["PricingCurrency"] = "USD",
            ["PricingUnit"] = "1000000 Tokens",
            ["ProviderName"] = "Lumen Models",
            ["PublisherName"] = "Lumen Models",
            ["ResourceId"] = "key/" + caller.Key,
            ["ResourceName"] = caller.Key,
            ["ResourceType"] = "API Key",
            ["ServiceCategory"] = "AI and Machine Learning",
            ["ServiceName"] = "Lumen Model API",
            ["ServiceSubcategory"] = "Generative AI",
            ["SkuId"] = caller.Model,
            ["SkuMeter"] = char.ToUpperInvariant(tokens[0]) + tokens[1..],
            ["SkuPriceId"] = caller.Model + "/" + tokens.Replace(' ', '-'),
            ["SubAccountId"] = "proj-" + caller.Application,
            ["SubAccountName"] = caller.Application,
            ["SubAccountType"] = "Project",
            ["Tags"] = TagsJson(SaasRegister.TagsOf(Organisation.Named(caller.Application))),
            ["x_ApiKeyName"] = caller.Key,
            ["x_Model"] = caller.Model,
        };
}
