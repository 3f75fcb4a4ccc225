namespace Bursar.Demo.Company;

/// <summary>What the spend is for: the demo company's four priorities, and what none of them claims.</summary>
internal enum Purpose
{
    InstantQuote,
    LeaveFrankfurt,
    ClaimsAssistant,
    Running,

    /// <summary>Has an owner, but no priority claims it.</summary>
    Unclaimed,

    /// <summary>Nobody's: no application and no readable cost centre.</summary>
    NoOwner,
}

/// <summary>An application of Aldermoor Insurance.</summary>
internal sealed record Application(string Name, string CostCentre, Purpose Purpose, string? Project = null);

/// <summary>The applications of Aldermoor Insurance, and who pays for them.</summary>
internal static class Organisation
{
    public static readonly IReadOnlyList<Application> Applications =
    [
        new("quote-engine", "4110", Purpose.InstantQuote, "instant-quote"),
        new("rating-service", "4120", Purpose.InstantQuote, "instant-quote"),
        new("customer-portal", "4130", Purpose.InstantQuote, "instant-quote"),
        new("policy-core", "4410", Purpose.LeaveFrankfurt, "leave-frankfurt"),
        new("claims-archive", "4410", Purpose.LeaveFrankfurt, "leave-frankfurt"),
        new("claims-assistant", "4320", Purpose.ClaimsAssistant, "claims-assistant"),
        new("document-reader", "4330", Purpose.ClaimsAssistant, "claims-assistant"),
        new("claims-core", "4310", Purpose.Running, "run"),
        new("finance-erp", "4500", Purpose.Running, "run"),
        new("data-warehouse", "4600", Purpose.Running, "run"),
        new("workplace", "4800", Purpose.Running, "run"),
        new("security-operations", "4700", Purpose.Running, "run"),
        new("customer-relations", "4910", Purpose.Running, "run"),
        new("marketing-site", "4900", Purpose.Unclaimed, "run"),
        new("actuarial-lab", "4610", Purpose.Unclaimed, "run"),
    ];

    public static Application Named(string name) => Applications.First(application => application.Name == name);
}
