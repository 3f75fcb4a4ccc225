using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Services;

/// <summary>Services as tables for people and as named fields for programs.</summary>
internal static class ServicesRecord
{
    /// <summary>One line a service.</summary>
    public static ResultTable List(ServicesReview review) =>
        new(
            [
                new("service"),
                new("currency", ColumnKind.Whole, Spare: true),
                new("metered", ColumnKind.Figure),
                new("modelled", ColumnKind.Figure),
                new("assumed", ColumnKind.Figure),
                new("twice", ColumnKind.Figure, "Counted twice", Spare: true),
                new("total", ColumnKind.Figure),
                new("elsewhere", ColumnKind.Figure, "Also elsewhere"),
            ],
            [
                .. review.Services.Select(
                    IReadOnlyList<object?> (one) =>
                        [
                            one.Service.Name,
                            one.Currency.Code,
                            In(one.Of(ServiceBasis.Metered), one.Currency),
                            In(one.Of(ServiceBasis.Modelled), one.Currency),
                            In(one.Of(ServiceBasis.Assumed), one.Currency),
                            In(one.Twice, one.Currency),
                            In(one.Total, one.Currency),
                            In(one.Elsewhere, one.Currency),
                        ]
                ),
            ]
        )
        {
            WhenEmpty =
                $"No service has charges in {review.Month}. Declare one (kind: BusinessService), or ask for another month: --period.",
        };

    /// <summary>One line a part and method; those that count sum to the service, less what counts twice.</summary>
    public static ResultTable Parts(IReadOnlyList<ReviewedService> services) =>
        new(
            [
                new("part"),
                new("layer", ColumnKind.Whole),
                new("basis", ColumnKind.Whole),
                new("currency", ColumnKind.Whole, Spare: true),
                new("charges", ColumnKind.Figure),
                new("cost", ColumnKind.Figure),
                new("counts", ColumnKind.Whole, Spare: true),
                new("how"),
            ],
            [
                .. services.SelectMany(service =>
                    service.Parts.SelectMany(part =>
                        part.Figures.Select(
                            IReadOnlyList<object?> (figure) =>
                                [
                                    part.Part.Name,
                                    MethodWords.Id(part.Part.Layer),
                                    MethodWords.Id(part.Part.Basis),
                                    part.Currency.Code,
                                    In(part.Charges, part.Currency),
                                    figure.Cost is { } cost ? In(cost, part.Currency) : null,
                                    figure.Counts ? "yes" : "no",
                                    figure.Counts ? figure.Why : $"instead, does not count: {figure.Why}",
                                ]
                        )
                    )
                ),
            ]
        )
        {
            WhenEmpty = "It has no charges in that month. Ask for another: --period.",
        };

    /// <summary>One line for charges that several parts claim.</summary>
    public static ResultTable Overlaps(ServicesReview review) =>
        new(
            [
                new("parts"),
                new("currency", ColumnKind.Whole, Spare: true),
                new("charges", ColumnKind.Figure),
                new("claimed", ColumnKind.Figure),
                new("counted", ColumnKind.Figure),
                new("twice", ColumnKind.Figure, "Counted twice otherwise"),
            ],
            [
                .. review.Overlaps.Select(
                    IReadOnlyList<object?> (one) =>
                        [
                            string.Join(", ", one.Parts),
                            one.Currency.Code,
                            In(one.Charges, one.Currency),
                            In(one.Claimed, one.Currency),
                            In(one.Counted, one.Currency),
                            In(one.Claimed - one.Counted, one.Currency),
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "No charge is in two parts.",
        };

    /// <summary>One line for a part that is bought as a licence or as SaaS.</summary>
    public static ResultTable Licences(ServicesReview review) =>
        new(
            [
                new("service", Spare: true),
                new("part"),
                new("layer", ColumnKind.Whole, Spare: true),
                new("basis", ColumnKind.Whole),
                new("currency", ColumnKind.Whole, Spare: true),
                new("charges", ColumnKind.Figure),
                new("cost", ColumnKind.Figure, "Of the service"),
                new("byUse", ColumnKind.Figure, "Charged by use"),
                new("use", Heading: "By use"),
            ],
            [
                .. review.Licences.Select(
                    IReadOnlyList<object?> (one) =>
                        [
                            one.Service.Name,
                            one.Part.Part.Name,
                            MethodWords.Id(one.Part.Part.Layer),
                            MethodWords.Id(one.Part.Part.Basis),
                            one.Part.Currency.Code,
                            In(one.Part.Charges, one.Part.Currency),
                            one.Part.Cost is { } cost ? In(cost, one.Part.Currency) : null,
                            In(one.ByUse, one.Part.Currency),
                            one.Use,
                        ]
                ),
            ]
        )
        {
            Caption =
                $"Licences and SaaS inside services in {review.Month}: what of them is the service's, and what goes with use",
            WhenEmpty = $"No service has a part of layer licence or saas with charges in {review.Month}.",
        };

    public static ResultRecord Of(ServicesReview review, IReadOnlyList<ReviewedService> services) =>
        ResultRecord.Of(
            ("month", review.Month.ToString()),
            ("measure", review.Measure.ToString()),
            ("allocation", review.Allocation.ToString().ToLowerInvariant()),
            ("services", services.Select(service => Of(service, review))),
            (
                "overlaps",
                review.Overlaps.Select(one =>
                    ResultRecord.Of(
                        ("parts", one.Parts.Select(name => (object?)name)),
                        ("billingCurrency", one.Currency.Code),
                        ("charges", one.Charges),
                        ("claimed", one.Claimed),
                        ("counted", one.Counted)
                    )
                )
            ),
            (
                "totals",
                review.Totals.Select(total =>
                    ResultRecord.Of(
                        ("billingCurrency", total.Currency.Code),
                        ("together", total.Together),
                        ("once", total.Once),
                        ("organisation", total.Organisation)
                    )
                )
            ),
            ("draft", review.IsDraft),
            ("dataAsOf", review.DataAsOf)
        );

    /// <summary>The service of that name, in each currency.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static IReadOnlyList<ReviewedService> Named(
        ServicesReview review,
        IReadOnlyList<BusinessService> declared,
        string name
    )
    {
        Require(declared, name);
        return [.. review.Services.Where(one => one.Service.Name == name)];
    }

    /// <exception cref="RefusedException">There is no such service.</exception>
    public static void Require(IReadOnlyList<BusinessService> declared, string name)
    {
        if (!declared.Any(service => service.Name == name))
            throw new RefusedException(
                "services/unknown",
                $"No service is called \"{name}\".{DidYouMean.Question(name, declared.Select(service => service.Name))}",
                declared.Count == 0
                    ? "Declare one: kind: BusinessService in the rulebook."
                    : "`bursar services` lists them.",
                exitCode: 2
            );
    }

    /// <summary>What services cost together, each charge once, and what to look at.</summary>
    public static IEnumerable<string> Sentences(ServicesReview review)
    {
        foreach (var total in review.Totals.Where(total => !total.Together.IsZero || !total.Once.IsZero))
            yield return $"Services are {Short(total.Once, total.Currency)} of {Short(total.Organisation, total.Currency)}, each charge once"
                + (
                    total.Together == total.Once
                        ? "."
                        : $"; adding them up would count {Short(total.Together - total.Once, total.Currency)} again."
                );
        foreach (var service in review.Services.Where(service => !service.Twice.IsZero))
            yield return $"{service.Service.Title}: its own parts claim {Short(service.Twice, service.Currency)} twice; the total has it once (`bursar services --overlap`).";
        foreach (var service in review.Services.Where(service => service.IsIncomplete))
            yield return $"{service.Service.Title} is incomplete: "
                + string.Join(
                    ", ",
                    service.Parts.Where(part => part.Cost is null).Select(part => $"{part.Part.Name} has no figure")
                )
                + ".";
        foreach (var part in NotEstimated(review))
            yield return part;
    }

    private static IEnumerable<string> NotEstimated(ServicesReview review) =>
        from service in review.Services
        from part in service.Parts
        where part.Cost is { } cost && cost.Abs() > part.Charges.Abs()
        select $"{service.Service.Title}: {part.Part.Name} comes to more than its charges; look at its prices.";

    private static ResultRecord Of(ReviewedService service, ServicesReview review) =>
        ResultRecord.Of([
            ("service", service.Service.Name),
            ("displayName", service.Service.Title),
            ("purpose", service.Service.Purpose),
            ("owner", service.Service.Owner),
            ("billingCurrency", service.Currency.Code),
            ("metered", service.Of(ServiceBasis.Metered)),
            ("modelled", service.Of(ServiceBasis.Modelled)),
            ("assumed", service.Of(ServiceBasis.Assumed)),
            ("twice", service.Twice),
            ("total", service.Total),
            ("elsewhere", service.Elsewhere),
            ("incomplete", service.IsIncomplete),
            .. DeploymentTables.Field(ServiceChart.Deployments(service, review)),
            (
                "parts",
                service.Parts.Select(part =>
                    ResultRecord.Of(
                        ("part", part.Part.Name),
                        ("layer", MethodWords.Id(part.Part.Layer)),
                        ("basis", MethodWords.Id(part.Part.Basis)),
                        ("where", part.Part.Where.ToFilters().Select(filter => (object?)FilterText.Write(filter))),
                        ("charges", part.Charges),
                        ("cost", part.Cost),
                        (
                            "figures",
                            part.Figures.Select(figure =>
                                ResultRecord.Of(
                                    ("method", figure.Method is { } method ? MethodWords.Id(method.Method) : "all"),
                                    ("cost", figure.Cost),
                                    ("how", figure.Why),
                                    ("counts", figure.Counts)
                                )
                            )
                        ),
                        ("rows", CostQueryUrl.Href("/rows", ReviewServices.Behind(review, part.Part), null))
                    )
                )
            ),
        ]);

    private static Money In(Amount amount, Currency currency) => new(amount, currency);

    private static string Short(Amount amount, Currency currency) => Display.Short(new Money(amount, currency));
}
