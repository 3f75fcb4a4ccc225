using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Understand.Services;

/// <summary>Services month by month; null without charges.</summary>
internal delegate Task<ServicesTrend?> ReadServicesTrend(
    string? asOf,
    BillingPeriod? month,
    int months,
    CancellationToken cancellationToken
);

/// <summary>A part of a service in a month.</summary>
/// <param name="Month">The month.</param>
/// <param name="Service">The service.</param>
/// <param name="Part">The part.</param>
/// <param name="Before">What it cost in the month before; null without a figure.</param>
internal sealed record PartMonth(BillingPeriod Month, BusinessService Service, ReviewedPart Part, Amount? Before)
{
    public Amount? Change => Part.Cost - Before;

    /// <summary>The growth on the month before; null without a cost there.</summary>
    public decimal? Growth => Before is { IsZero: false } before ? Change?.ShareOf(before.Abs()) : null;

    /// <summary>The method that counts; null where all charges do, or none has a figure.</summary>
    public ServiceMethod? Method => Part.Figures.FirstOrDefault(figure => figure.Counts)?.Method;
}

/// <summary>How the parts of services grow, month by month: AI inside licences, too (AIF-05).</summary>
/// <param name="Months">The oldest first.</param>
internal sealed record ServicesTrend(IReadOnlyList<ServicesReview> Months)
{
    /// <summary>A year, and the month before it.</summary>
    public const int MonthsUsual = 13;

    public const int MonthsMax = 60;

    private const int PercentDecimals = 2;

    /// <summary>The months up to one; null without charges.</summary>
    public static ServicesTrend? Of(BooksView view, BillingPeriod? asked, int months, CancellationToken cancel) =>
        new ReviewServices(view).Months(asked, Math.Clamp(months, 1, MonthsMax), cancel) is { Count: > 0 } known
            ? new ServicesTrend(known)
            : null;

    /// <summary>Part by part, each with its months, the oldest first.</summary>
    public IReadOnlyList<PartMonth> Rows(string? service = null) =>
        [
            .. Months
                .SelectMany(month =>
                    month.Services.SelectMany(one =>
                        one.Parts.Select(part =>
                            (month.Month, one.Service, Part: part, Place: one.Service.Parts.ToList().IndexOf(part.Part))
                        )
                    )
                )
                .Where(one => service is null || one.Service.Name == service)
                .GroupBy(one => (one.Service.Name, one.Place, one.Part.Part.Name, one.Part.Currency))
                .OrderBy(same => same.Key.Item1, StringComparer.Ordinal)
                .ThenBy(same => same.Key.Place)
                .SelectMany(same =>
                    same.Select(one => new PartMonth(
                        one.Month,
                        one.Service,
                        one.Part,
                        same.FirstOrDefault(before => before.Month == one.Month.Previous).Part?.Cost
                    ))
                ),
        ];

    public ResultTable Table(string? service = null) =>
        new(
            [
                new("service", Spare: service is not null),
                new("part"),
                new("layer", ColumnKind.Whole, Spare: true),
                new("basis", ColumnKind.Whole),
                new("currency", ColumnKind.Whole, Spare: true),
                new("month", ColumnKind.Whole),
                new("charges", ColumnKind.Figure, Spare: true),
                new("cost", ColumnKind.Figure),
                new("change", ColumnKind.Figure, Spare: true),
                new("growthPercent", ColumnKind.Figure, "Growth, %", 1),
                new("method", Spare: true),
            ],
            [
                .. Rows(service)
                    .Select(
                        IReadOnlyList<object?> (one) =>
                            [
                                one.Service.Name,
                                one.Part.Part.Name,
                                MethodWords.Id(one.Part.Part.Layer),
                                MethodWords.Id(one.Part.Part.Basis),
                                one.Part.Currency.Code,
                                one.Month.ToString(),
                                In(one.Part.Charges, one),
                                one.Part.Cost is { } cost ? In(cost, one) : null,
                                one.Change is { } change ? In(change, one) : null,
                                one.Growth is { } growth
                                    ? decimal.Round(growth * 100, PercentDecimals, MidpointRounding.AwayFromZero)
                                    : null,
                                one.Method is { } method ? MethodWords.Id(method.Method) : null,
                            ]
                    ),
            ]
        )
        {
            Caption = "What each part costs, month by month, and how it grew",
            WhenEmpty =
                "No service has charges in these months. Declare one (kind: BusinessService), or ask for others: --period.",
        };

    /// <summary>
    /// "Office assistant, desktop (modelled): $4.5k in October 2025, $5.6k in September 2026, +25.0 %."
    /// </summary>
    public IEnumerable<string> Sentences(string? service = null) =>
        from part in Rows(service).GroupBy(one => (one.Service.Name, one.Part.Part.Name, one.Part.Currency))
        let known = part.Where(one => one.Part.Cost is { IsZero: false }).ToList()
        where known.Count > 1 && known[^1].Part.Part.Basis != ServiceBasis.Metered
        let first = known[0]
        let last = known[^1]
        let growth = (last.Part.Cost - first.Part.Cost)!.Value.ShareOf(first.Part.Cost!.Value.Abs())
        select $"{last.Service.Title}, {last.Part.Part.Name} ({MethodWords.Id(last.Part.Part.Basis)}): "
            + $"{Short(first)} in {Display.Month(first.Month)}, {Short(last)} in {Display.Month(last.Month)}, "
            + $"{Display.ChangeFigure(growth)} %.";

    private static string Short(PartMonth one) => Display.Short(new Money(one.Part.Cost!.Value, one.Part.Currency));

    private static Money In(Amount amount, PartMonth one) => new(amount, one.Part.Currency);
}
