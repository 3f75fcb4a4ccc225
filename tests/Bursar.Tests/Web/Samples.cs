using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Tests.Web;

/// <summary>A small invented company to look at: eight providers, eighteen months, two refused rows.</summary>
internal static class Samples
{
    private static readonly Currency Dollar = new("USD");

    private static readonly (string Provider, decimal Millions, decimal Growth)[] Providers =
    [
        ("Amazon Web Services", 6.9m, 1.021m),
        ("Microsoft", 3.1m, 1.014m),
        ("SaaS subscriptions", 2.4m, 1.004m),
        ("Google Cloud", 1.6m, 1.031m),
        ("Data centre", 1.5m, 0.995m),
        ("Licences", 1.3m, 1.002m),
        ("Databricks", 0.9m, 1.044m),
        ("Anthropic", 0.48m, 1.09m),
        ("OpenAI", 0.22m, 1.06m),
        ("Credits and corrections", -0.12m, 1m),
    ];

    public static BooksMark Mark { get; } =
        new(
            "Aldermoor Insurance",
            new DateOnly(2026, 10, 11),
            null,
            Draft: true,
            Incomplete: true,
            "3f9a1c07b2de4415a86c7e0b9d2f3a5b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f"
        );

    public static CostAnswer Answer(CostQuery query)
    {
        var filled = query with
        {
            From = query.From ?? new DateOnly(2025, 5, 1),
            To = query.To ?? new DateOnly(2026, 10, 1),
        };
        if (query.Where.Any(filter => filter.Values.Contains("nothing")))
            return new CostAnswer(filled, [], [], [], false, false, null, 41);
        var starts = Starts(filled).ToArray();
        var groups = query.By.Count == 0 ? [("Total", 18.4m, 1.018m)] : Providers;
        var rows = groups.SelectMany(group => starts.Select(start => Row(group, query, filled, start))).ToList();
        if (query.Top is { } top && top < groups.Length)
            rows = Limited(rows, groups, top);
        if (query.Over is null)
            rows =
            [
                .. rows.GroupBy(row => string.Join('|', row.Keys))
                    .Select(group => group.First() with { Period = null, Cost = Sum(group) }),
            ];
        return new CostAnswer(
            filled,
            rows,
            [new Money(rows.Aggregate(Amount.Zero, (sum, row) => sum + row.Total), Dollar)],
            [
                "Two rows of Microsoft are in quarantine; their raw amount is $1,204.20.",
                "\"ProviderName\" was read as ServiceProviderName.",
            ],
            Incomplete: true,
            Draft: true,
            new DateOnly(2026, 10, 11),
            41
        );
    }

    public static RowsView Rows(CostQuestion question)
    {
        var rows = Enumerable
            .Range(0, 50)
            .Select(i => new SourceRow(
                "d-20261003-aws-09",
                "aws/focus/2026-09/part-00001.csv.gz",
                ((question.Page - 1) * 50) + i + 1,
                Dollar,
                Amount.Parse("1842.730000000000000017") - Amount.From(i * 13.37m),
                [
                    "Amazon EC2",
                    "i-0a4f7b2c9d1e8f6a" + i,
                    "2026-09-" + ((i % 30) + 1).ToString("00"),
                    i % 3 == 0 ? null : "CC-4410",
                ]
            ))
            .ToArray();
        return new RowsView(
            ["ServiceName", "ResourceId", "ChargePeriodStart", "x_CostCentre"],
            rows,
            4312,
            50,
            [new Money(Amount.Parse("6902114.41"), Dollar)]
        );
    }

    public static DataView NoData { get; } = new([], [], [], []);

    public static DataView Data { get; } =
        new(
            [
                new(
                    "AWS",
                    new DateOnly(2026, 10, 11),
                    TimeSpan.FromHours(19),
                    TimeSpan.FromHours(24),
                    At(11, 5),
                    4_318_220
                ),
                new(
                    "Microsoft",
                    new DateOnly(2026, 10, 10),
                    TimeSpan.FromHours(43),
                    TimeSpan.FromHours(24),
                    At(11, 6),
                    1_204_118
                ),
                new(
                    "Google Cloud",
                    new DateOnly(2026, 10, 11),
                    TimeSpan.FromHours(21),
                    TimeSpan.FromHours(24),
                    At(11, 4),
                    611_902
                ),
                new(
                    "SaaS ledger",
                    new DateOnly(2026, 9, 30),
                    TimeSpan.FromDays(11),
                    TimeSpan.FromDays(35),
                    At(2, 9),
                    412
                ),
            ],
            [
                Delivery("d-20261011-aws-10", "AWS", 10, 1_402_118, 0, "2410331.08", 11, [], DeliveryState.Live),
                Delivery(
                    "d-20261003-aws-09",
                    "AWS",
                    9,
                    2_916_102,
                    0,
                    "6902114.41",
                    3,
                    ["d-20260930-aws-09"],
                    DeliveryState.Live
                ),
                Delivery("d-20260930-aws-09", "AWS", 9, 2_874_330, 0, "6881020.17", 1, [], DeliveryState.Superseded),
                Delivery("d-20261004-azure-09", "Microsoft", 9, 802_007, 2, "3101884.90", 4, [], DeliveryState.Live),
                Delivery(
                    "d-20261002-saas-09",
                    "SaaS ledger",
                    9,
                    41,
                    0,
                    "2400000",
                    2,
                    [],
                    DeliveryState.Withdrawn,
                    "wrong month"
                ),
            ],
            [
                new(
                    "d-20261004-azure-09",
                    "Microsoft",
                    "BilledCost",
                    "A cost must be a number; this one has a thousands separator.",
                    2,
                    [new Money(Amount.Parse("1204.2"), Dollar)],
                    [
                        new("azure/actual-2026-09.csv", 40_112, "1,102.10"),
                        new("azure/actual-2026-09.csv", 40_113, "102.10-"),
                    ]
                ),
            ],
            [
                new(
                    "AWS",
                    new BillingPeriod(2026, 9),
                    "Cost and Usage",
                    [
                        new(
                            "d-20260930-aws-09",
                            At(1, 5),
                            2_874_330,
                            new Money(Amount.Parse("6881020.17"), Dollar),
                            null
                        ),
                        new(
                            "d-20261003-aws-09",
                            At(3, 5),
                            2_916_102,
                            new Money(Amount.Parse("6902114.41"), Dollar),
                            new Money(Amount.Parse("21094.24"), Dollar)
                        ),
                    ]
                ),
            ]
        )
        {
            Conformance = JudgedSamples.Periods,
        };

    public static StrategyView NoStrategy { get; } =
        new(
            CostMeasure.EffectiveCost,
            DateRange.Of(new BillingPeriod(2026, 9)),
            Dollar,
            Amount.Zero,
            new CostQuery(),
            [],
            new SpendLine("Unclaimed", Amount.Zero, null, null),
            [],
            [],
            [],
            []
        );

    public static StrategyView Strategy { get; } =
        new(
            CostMeasure.EffectiveCost,
            DateRange.Of(new BillingPeriod(2026, 9)),
            Dollar,
            Amount.Parse("18400000"),
            Behind("x_Product", "all"),
            [
                Priority(
                    "Instant quote",
                    PriorityClass.Strategic,
                    "Head of Motor",
                    "5200000",
                    0.048m,
                    ("Quote in under a minute", "3900000", 1m),
                    ("Pricing models retrained weekly", "1300000", 0.6m)
                ),
                Priority(
                    "Leave Frankfurt",
                    PriorityClass.Strategic,
                    "Head of Infrastructure",
                    "2300000",
                    0.112m,
                    ("Move the claims archive", "2300000", 1m)
                ),
                Priority(
                    "Claims assistant",
                    PriorityClass.Strategic,
                    "Head of Claims",
                    "1500000",
                    null,
                    ("Assistant for simple claims", "1500000", 1m)
                ),
                Priority(
                    "Keep policies running",
                    PriorityClass.Run,
                    "Head of Operations",
                    "6100000",
                    -0.004m,
                    ("Policy core", "6100000", 1m)
                ),
                Priority(
                    "Solvency reporting",
                    PriorityClass.Mandatory,
                    null,
                    "1500000",
                    0m,
                    ("Risk engine", "1500000", 1m)
                ),
            ],
            new SpendLine("Claimed by no priority", Amount.Parse("1800000"), 1.8m / 18.4m, Behind("x_Product", null)),
            [
                new("Sandbox accounts", Amount.Parse("720411.2"), 0.0391m, Behind("SubAccountName", "sandbox")),
                new(
                    "Databricks, no owner",
                    Amount.Parse("411890.75"),
                    0.0224m,
                    Behind("ServiceProviderName", "Databricks")
                ),
            ],
            ["Broker portal"],
            [new("Shared data platform", 1.2m, ["Claims assistant", "Solvency reporting"], Amount.Parse("84000"))],
            ["Tax is left out.", "Weights are those in force on 30 September 2026."]
        );

    private static PriorityLine Priority(
        string title,
        PriorityClass kind,
        string? owner,
        string spend,
        decimal? change,
        params (string Title, string Spend, decimal Weight)[] initiatives
    )
    {
        var amount = Amount.Parse(spend);
        Amount[] trend =
        [
            .. Enumerable.Range(0, 12).Select(i => amount.Times(0.86m + (0.012m * i) + (i % 3 == 0 ? 0.02m : 0m))),
        ];
        return new PriorityLine(
            Line(title, spend),
            kind,
            owner,
            trend,
            change,
            [
                .. initiatives.Select(initiative => new InitiativeLine(
                    Line(initiative.Title, initiative.Spend),
                    [
                        new ScopeLine(
                            Line("Scope of " + initiative.Title.ToLowerInvariant(), initiative.Spend),
                            initiative.Weight
                        ),
                    ]
                )),
            ]
        );
    }

    private static SpendLine Line(string title, string spend) =>
        new(
            title,
            Amount.Parse(spend),
            Amount.Parse(spend).ShareOf(Amount.Parse("18400000")),
            Behind("x_Product", title)
        );

    private static CostQuery Behind(string column, string? value) =>
        new()
        {
            By = ["ServiceName"],
            Where = [new CostFilter(column, [value])],
            From = new DateOnly(2026, 9, 1),
            To = new DateOnly(2026, 10, 1),
        };

    private static DeliveryLine Delivery(
        string id,
        string source,
        int month,
        long rows,
        long refused,
        string billed,
        int day,
        string[] supersedes,
        DeliveryState state,
        string? reason = null
    ) =>
        new(
            id,
            source,
            new BillingPeriod(2026, month),
            "Cost and Usage",
            "1.2",
            rows,
            refused,
            [new Money(Amount.Parse(billed), Dollar)],
            At(day, 5),
            supersedes,
            state,
            reason
        );

    private static DateTimeOffset At(int day, int hour) => new(2026, 10, day, hour, 12, 0, TimeSpan.Zero);

    private static IEnumerable<DateOnly> Starts(CostQuery query)
    {
        for (var day = query.From!.Value; day < query.To!.Value; )
        {
            yield return day;
            day = query.Over == TimeGrain.Day ? day.AddDays(1) : day.AddMonths(1);
        }
    }

    private static CostRow Row(
        (string Name, decimal Millions, decimal Growth) group,
        CostQuery query,
        CostQuery filled,
        DateOnly start
    )
    {
        var months = ((2026 - start.Year) * 12) + 9 - start.Month;
        var rate = group.Millions;
        for (var i = 0; i < Math.Abs(months); i++)
            rate = months > 0 ? rate / group.Growth : rate * group.Growth;
        var wave = 1m + ((((start.Month * 7) + start.Day + group.Name.Length) % 5 - 2) * 0.012m);
        var share = query.Over == TimeGrain.Day ? 1m / 30 : 1m;
        var amount = Amount.From(decimal.Round(rate * wave * share * 1_000_000m, 9, MidpointRounding.AwayFromZero));
        var keys = query
            .By.Select(
                (_, i) =>
                    i == 0 ? group.Name
                    : group.Name.Length % 2 == 0 ? "CC-4410"
                    : (string?)null
            )
            .ToArray();
        var tax = filled.Split.HasFlag(CostSplit.Tax) ? amount.Times(0.04m) : Amount.Zero;
        return new CostRow(keys, query.Over is null ? null : start, Dollar, amount - tax, tax, Amount.Zero);
    }

    private static List<CostRow> Limited(List<CostRow> rows, (string Name, decimal, decimal)[] groups, int top)
    {
        var kept = groups.Take(top).Select(group => group.Name).ToHashSet();
        var rest = rows.Where(row => !kept.Contains(row.Keys[0]!))
            .GroupBy(row => row.Period)
            .Select(group =>
                group.First() with
                {
                    Keys = [.. group.First().Keys.Select((_, i) => i == 0 ? "(other)" : null)],
                    Cost = Sum(group),
                }
            );
        return [.. rows.Where(row => kept.Contains(row.Keys[0]!)), .. rest];
    }

    private static Amount Sum(IEnumerable<CostRow> rows) => rows.Aggregate(Amount.Zero, (sum, row) => sum + row.Cost);
}
