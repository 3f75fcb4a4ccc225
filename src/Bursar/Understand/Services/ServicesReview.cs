using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Services;

/// <summary>The services of a month, as of a moment; null where there is no month with charges.</summary>
internal delegate Task<ServicesReview?> ReadServices(
    string? asOf,
    BillingPeriod? month,
    CancellationToken cancellationToken
);

/// <summary>What one method says of a part.</summary>
/// <param name="Method">The method; null for all of the charges.</param>
/// <param name="Cost">Its figure; null when something it needs is not known.</param>
/// <param name="Why">How it comes to the figure, in words.</param>
/// <param name="Counts">It is the one that counts.</param>
internal sealed record PartFigure(ServiceMethod? Method, Amount? Cost, string Why, bool Counts);

/// <summary>A part of a service in one currency.</summary>
/// <param name="Part">How it is declared.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Charges">What its charges cost, all of them.</param>
/// <param name="Cost">What counts of them; null when no method has a figure.</param>
/// <param name="Figures">What each method says.</param>
internal sealed record ReviewedPart(
    ServicePart Part,
    Currency Currency,
    Amount Charges,
    Amount? Cost,
    IReadOnlyList<PartFigure> Figures
);

/// <summary>A service in one currency.</summary>
/// <param name="Service">How it is declared.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Parts">Its parts, in their order.</param>
/// <param name="Twice">What its own parts claim twice; the total has it once.</param>
/// <param name="Elsewhere">What other services claim too.</param>
internal sealed record ReviewedService(
    BusinessService Service,
    Currency Currency,
    IReadOnlyList<ReviewedPart> Parts,
    Amount Twice,
    Amount Elsewhere
)
{
    /// <summary>Its parts of a basis.</summary>
    public Amount Of(ServiceBasis basis) =>
        ServiceMath.Sum(Parts.Where(part => part.Part.Basis == basis).Select(part => part.Cost ?? Amount.Zero));

    /// <summary>What it costs, each charge once.</summary>
    public Amount Total => ServiceMath.Sum(Parts.Select(part => part.Cost ?? Amount.Zero)) - Twice;

    /// <summary>Whether a part has no figure, so that the total misses it.</summary>
    public bool IsIncomplete => Parts.Any(part => part.Cost is null);
}

/// <summary>A part that is bought as a licence or as SaaS, and what of its charges is by use (AIF-05).</summary>
/// <param name="Service">The service.</param>
/// <param name="Part">The part.</param>
/// <param name="ByUse">What its charges by use cost.</param>
internal sealed record LicencePart(BusinessService Service, ReviewedPart Part, Amount ByUse)
{
    /// <summary>What of it goes with use: charges, or the method by which it is estimated; null for nothing.</summary>
    public string? Use =>
        string.Join(
            "; ",
            Part.Part.Methods.Select(method => method.Method)
                .Distinct()
                .Select(method =>
                    method switch
                    {
                        ServiceMethodKind.MeteredCredit => "credits, each at a price",
                        ServiceMethodKind.UsageShare => "estimated by use",
                        _ => "",
                    }
                )
                .Prepend(ByUse.IsZero ? "" : "charges by use")
                .Where(words => words.Length > 0)
        )
            is { Length: > 0 } all
            ? all
            : null;
}

/// <summary>Charges that several parts claim.</summary>
/// <param name="Parts">"claims-assistant/models", each.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Charges">What the charges cost.</param>
/// <param name="Claimed">What the parts claim of them together.</param>
/// <param name="Counted">What is counted of it: never more than the charges.</param>
internal sealed record ServiceOverlap(
    IReadOnlyList<string> Parts,
    Currency Currency,
    Amount Charges,
    Amount Claimed,
    Amount Counted
);

/// <summary>All services of a currency together.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Together">The services' own totals added up.</param>
/// <param name="Once">The same with each charge once.</param>
/// <param name="Organisation">All cost of the month.</param>
internal sealed record ServicesTotal(Currency Currency, Amount Together, Amount Once, Amount Organisation);

/// <summary>All services of a month.</summary>
/// <param name="Month">The month.</param>
/// <param name="Measure">Which cost.</param>
/// <param name="Allocation">Whether shared cost is with those who use it.</param>
/// <param name="Services">In the order of their names, each in its currencies.</param>
/// <param name="Overlaps">Charges that several parts claim, what would count twice first.</param>
/// <param name="Totals">All services together, by currency.</param>
/// <param name="IsDraft">The rules are not published.</param>
/// <param name="DataAsOf">The newest day that the data covers.</param>
internal sealed record ServicesReview(
    BillingPeriod Month,
    CostMeasure Measure,
    CostAllocation Allocation,
    IReadOnlyList<ReviewedService> Services,
    IReadOnlyList<ServiceOverlap> Overlaps,
    IReadOnlyList<ServicesTotal> Totals,
    bool IsDraft,
    DateOnly? DataAsOf
)
{
    /// <summary>What went live in the month, by the name of the service.</summary>
    public IReadOnlyDictionary<string, List<Deployment>> Deployments { get; init; } =
        new Dictionary<string, List<Deployment>>();

    /// <summary>Parts that are licences or SaaS, those with a part by use first; none where nobody asks.</summary>
    public IReadOnlyList<LicencePart> Licences { get; init; } = [];

    /// <summary>What all charges of a part cost on each day; without any where nobody draws them.</summary>
    public IReadOnlyDictionary<ServicePart, IReadOnlyList<CostRow>> Days { get; init; } =
        new Dictionary<ServicePart, IReadOnlyList<CostRow>>();
}
