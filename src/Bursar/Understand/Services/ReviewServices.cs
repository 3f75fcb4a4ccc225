using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Measures;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Services;

/// <summary>
/// Costs every business service across its layers, and finds charges that two parts claim: no total has them twice.
/// </summary>
internal sealed class ReviewServices(BooksView view)
{
    private const string Frequency = "ChargeFrequency";

    private readonly AskCosts ask = new(view);

    /// <summary>A part with its service.</summary>
    private sealed record Claimant(BusinessService Service, ServicePart Part)
    {
        public string Name => $"{Service.Name}/{Part.Name}";
    }

    /// <param name="asked">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <returns>The review; null without charges.</returns>
    public ServicesReview? Of(BillingPeriod? asked, CancellationToken cancel)
    {
        if (Months(asked, 1, cancel) is not [var review])
            return null;
        var query = Question(review.Month, review.Month, []);
        return review with
        {
            Deployments = Holding(review.Month)
                .ToDictionary(service => service.Name, service => Deployments(service, query, cancel)),
        };
    }

    /// <summary>So many months up to one, the oldest first, without what went live; none without charges.</summary>
    public IReadOnlyList<ServicesReview> Months(BillingPeriod? asked, int count, CancellationToken cancel)
    {
        if (ReportSubject.DataThrough(view) is null)
            return [];
        var last = asked ?? ReportSubject.NewestWholeMonth(view);
        var months = Enumerable.Range(1 - count, count).Select(last.Plus).ToList();
        var parts = Claimants(months.SelectMany(Holding).Distinct());
        var query = Question(months[0], last, parts);
        var answer = ask.Answer(count == 1 ? query : query with { Over = TimeGrain.Month }, cancel);
        return
        [
            .. months.Select(month =>
                Of(month, answer, [.. answer.Rows.Where(row => count == 1 || row.Period == month.Start)], parts, cancel)
            ),
        ];
    }

    private ServicesReview Of(
        BillingPeriod month,
        CostAnswer answer,
        IReadOnlyList<CostRow> rows,
        List<Claimant> parts,
        CancellationToken cancel
    )
    {
        var services = Holding(month);
        var uses = new CountUses(view, month, cancel);
        var currencies = rows.GroupBy(row => row.Currency)
            .OrderBy(same => answer.Totals.ToList().FindIndex(total => total.Currency == same.Key))
            .Select(same => OfCurrency(same.Key, [.. same], services, parts, uses))
            .ToList();
        return new ServicesReview(
            month,
            ReportSubject.Measure(view),
            Allocation,
            [
                .. services.SelectMany(service =>
                    currencies.SelectMany(one => one.Services.Where(reviewed => reviewed.Service == service))
                ),
            ],
            [.. currencies.SelectMany(one => one.Overlaps)],
            [.. currencies.Select(one => one.Total)],
            answer.Draft,
            answer.DataAsOf
        );
    }

    /// <summary>The services of a month, by name.</summary>
    private List<BusinessService> Holding(BillingPeriod month) =>
        [
            .. view
                .Rulebook.All<BusinessService>()
                .Where(service => service.HoldsOn(month.Start))
                .OrderBy(service => service.Name, StringComparer.Ordinal),
        ];

    private static List<Claimant> Claimants(IEnumerable<BusinessService> services) =>
        [.. services.SelectMany(service => service.Parts.Select(part => new Claimant(service, part)))];

    /// <summary>The same with what each part's charges cost day by day, for its chart.</summary>
    public ServicesReview WithDays(ServicesReview review, CancellationToken cancel)
    {
        var parts = Claimants(review.Services.Select(one => one.Service).Distinct());
        if (parts.Count == 0)
            return review;
        var rows = ask.Answer(Question(review.Month, review.Month, parts) with { Over = TimeGrain.Day }, cancel)
            .Rows.Select(row => (Row: row, In: Places(row)))
            .ToList();
        return review with
        {
            Days = parts
                .Index()
                .ToDictionary(
                    part => part.Item.Part,
                    part =>
                        (IReadOnlyList<CostRow>)
                            [.. rows.Where(row => row.In.Contains(part.Index)).Select(row => row.Row)]
                ),
        };
    }

    /// <summary>The same with its licences and SaaS, and what of their charges is by use.</summary>
    public ServicesReview WithLicences(ServicesReview review, CancellationToken cancel)
    {
        var bought = review
            .Services.SelectMany(one => one.Parts.Select(part => (one.Service, Part: part)))
            .Where(one => one.Part.Part.Layer is ServiceLayer.Licence or ServiceLayer.Saas)
            .ToList();
        if (bought.Count == 0)
            return review;
        var parts = bought.Select(one => new Claimant(one.Service, one.Part.Part)).Distinct().ToList();
        var rows = CostColumns.IsKnown(Frequency, view.Star(cancel).Columns)
            ? ask.Answer(
                Question(review.Month, review.Month, parts) with
                {
                    By = [CostColumns.Scopes],
                    Where = [new(Frequency, ["Usage-Based"])],
                },
                cancel
            ).Rows
            : [];
        return review with
        {
            Licences =
            [
                .. bought
                    .Select(one => new LicencePart(one.Service, one.Part, ByUse(one.Service, one.Part)))
                    .OrderBy(one => one.Use is null)
                    .ThenByDescending(one => one.ByUse),
            ],
        };

        Amount ByUse(BusinessService service, ReviewedPart part)
        {
            var place = parts.IndexOf(new Claimant(service, part.Part));
            return ServiceMath.Sum(
                rows.Where(row => row.Currency == part.Currency && Places(row).Contains(place)).Select(row => row.Total)
            );
        }
    }

    /// <summary>Which parts claim the charges of a row.</summary>
    private static IReadOnlyList<int> Places(CostRow row) =>
        [
            .. (row.Keys[0] ?? "")
                .Split('|', StringSplitOptions.RemoveEmptyEntries)
                .Select(place => int.Parse(place, CultureInfo.InvariantCulture)),
        ];

    private List<Deployment> Deployments(BusinessService service, CostQuery query, CancellationToken cancel)
    {
        var find = new FindDeployments(view);
        return
        [
            .. service
                .Parts.SelectMany(part =>
                    find.In(query with { By = [], Scopes = [], Where = part.Where.ToFilters() }, cancel, service.Name)
                )
                .Distinct()
                .OrderBy(one => one.At),
        ];
    }

    /// <summary>The charges of a part as a question, to open its figure.</summary>
    public static CostQuery Behind(ServicesReview review, ServicePart part) =>
        new()
        {
            Measure = review.Measure,
            From = review.Month.Start,
            To = review.Month.End,
            Where = part.Where.ToFilters(),
            Allocation = review.Allocation,
        };

    /// <summary>A part of a gateway's bill is nowhere but with those who used it.</summary>
    private CostAllocation Allocation => view.HasSharedCosts ? CostAllocation.Distributed : CostAllocation.Direct;

    private CostQuery Question(BillingPeriod first, BillingPeriod last, List<Claimant> parts) =>
        new()
        {
            Measure = ReportSubject.Measure(view),
            By = [CostColumns.Scopes],
            From = first.Start,
            To = last.End,
            Allocation = Allocation,
            Scopes =
            [
                .. parts.Select(
                    (part, i) => new NamedFilter(i.ToString(CultureInfo.InvariantCulture), part.Part.Where.ToFilters())
                ),
            ],
        };

    private static (List<ReviewedService> Services, List<ServiceOverlap> Overlaps, ServicesTotal Total) OfCurrency(
        Currency currency,
        IReadOnlyList<CostRow> rows,
        List<BusinessService> services,
        List<Claimant> parts,
        CountUses uses
    )
    {
        List<ClaimedCost> costs =
        [
            .. rows.Select(row => new ClaimedCost(
                    [.. Places(row).Where(place => services.Contains(parts[place].Service))],
                    row.Total
                ))
                .Where(cost => cost.Parts.Count > 0)
                .OrderBy(cost => string.Join('|', cost.Parts), StringComparer.Ordinal),
        ];
        var reviewed = parts
            .Select((part, i) => (Part: part, Place: i))
            .Where(one => costs.Exists(cost => cost.Parts.Contains(one.Place)))
            .ToDictionary(
                one => one.Place,
                one =>
                    Reviewed(
                        one.Part.Part,
                        currency,
                        ServiceMath.Sum(costs.Where(cost => cost.Parts.Contains(one.Place)).Select(cost => cost.Cost)),
                        uses
                    )
            );
        var claims = ServiceMath.Claims(costs, reviewed.ToDictionary(one => one.Key, one => one.Value.Cost));
        var ofServices = services
            .Select(service => OfService(service, currency, parts, reviewed, costs, claims))
            .Where(service => service.Parts.Count > 0)
            .ToList();
        var overlaps = costs
            .Zip(claims)
            .Where(pair => pair.Second.Count > 1)
            .Select(pair =>
            {
                var claimed = ServiceMath.Sum(pair.Second.Values);
                return new ServiceOverlap(
                    [.. pair.Second.Keys.Order().Select(place => parts[place].Name)],
                    currency,
                    pair.First.Cost,
                    claimed,
                    ServiceMath.Once(pair.First.Cost, claimed, pair.Second.Count)
                );
            })
            .OrderByDescending(overlap => (overlap.Claimed - overlap.Counted).Abs())
            .ThenBy(overlap => string.Join('|', overlap.Parts), StringComparer.Ordinal)
            .ToList();
        var total = new ServicesTotal(
            currency,
            ServiceMath.Sum(ofServices.Select(service => service.Total)),
            ServiceMath.Sum(
                costs
                    .Zip(claims)
                    .Select(pair =>
                        ServiceMath.Once(pair.First.Cost, ServiceMath.Sum(pair.Second.Values), pair.Second.Count)
                    )
            ),
            ServiceMath.Sum(rows.Select(row => row.Total))
        );
        return (ofServices, overlaps, total);
    }

    private static ReviewedService OfService(
        BusinessService service,
        Currency currency,
        List<Claimant> parts,
        Dictionary<int, ReviewedPart> reviewed,
        List<ClaimedCost> costs,
        IReadOnlyList<IReadOnlyDictionary<int, Amount>> claims
    )
    {
        var own = Enumerable.Range(0, parts.Count).Where(i => parts[i].Service == service).ToHashSet();
        var (twice, elsewhere) = (Amount.Zero, Amount.Zero);
        foreach (var (cost, claim) in costs.Zip(claims))
        {
            var mine = claim.Where(one => own.Contains(one.Key)).ToList();
            var claimed = ServiceMath.Sum(mine.Select(one => one.Value));
            var counted = ServiceMath.Once(cost.Cost, claimed, mine.Count);
            twice += claimed - counted;
            if (mine.Count > 0 && mine.Count < claim.Count)
                elsewhere += counted;
        }
        return new ReviewedService(
            service,
            currency,
            [.. own.Order().Where(reviewed.ContainsKey).Select(i => reviewed[i])],
            twice,
            elsewhere
        );
    }

    private static ReviewedPart Reviewed(ServicePart part, Currency currency, Amount charges, CountUses uses)
    {
        if (part.Methods.Count == 0)
            return new ReviewedPart(
                part,
                currency,
                charges,
                charges,
                [new PartFigure(null, charges, "all of its charges", Counts: true)]
            );
        var figures = new List<PartFigure>();
        foreach (var method in part.Methods)
        {
            var (used, of) = uses.Of(method);
            var cost = ServiceMath.Figure(method, charges, used, of);
            figures.Add(
                new PartFigure(
                    method,
                    cost,
                    MethodWords.Of(method, used, of, cost, charges),
                    cost is not null && !figures.Exists(figure => figure.Counts)
                )
            );
        }
        return new ReviewedPart(part, currency, charges, figures.Find(figure => figure.Counts)?.Cost, figures);
    }
}

/// <summary>Units that a method needs: as declared, or from a series in the month.</summary>
internal sealed class CountUses(BooksView view, BillingPeriod month, CancellationToken cancel)
{
    private readonly AskMeasures measures = new(view);

    /// <summary>Units of the service and of all; null where nobody counted in the month.</summary>
    public (Amount? Used, Amount? Of) Of(ServiceMethod method)
    {
        var used = method.Used is { } own ? Amount.From(own) : (Amount?)null;
        var of = method.Of is { } all ? Amount.From(all) : (Amount?)null;
        if (method.Series is not { } series || used is not null)
            return (used, of);
        var rows = measures
            .Answer(
                new MeasureQuestion(series)
                {
                    By = method.Key is { } key ? [key] : [],
                    From = month.Start,
                    To = month.End,
                },
                cancel
            )
            .Rows;
        var mine = rows.Where(row => method.Key is null || row.Keys[0] == method.Value).ToList();
        return (
            mine.Count == 0 ? null : ServiceMath.Sum(mine.Select(row => row.Value)),
            rows.Count == 0 ? null : ServiceMath.Sum(rows.Select(row => row.Value))
        );
    }
}
