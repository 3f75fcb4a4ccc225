using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// What AWS bills besides everyday usage: the fleet under a savings plan, the cluster, and lines of the invoice.
/// </summary>
internal sealed class AwsStories(DemoOptions options, AwsExport export)
{
    /// <summary>The savings plan's last day is 31 August 2026. Nobody bought the next one.</summary>
    public static readonly DateOnly PlanEnd = new(2026, 9, 1);

    /// <summary>What the missing discount costs in September.</summary>
    public const long LapsedDiscountDollars = 310_000;

    public const long ClusterDollars = 460_000;

    /// <summary>Of a hundred dollars of the cluster, so many buy capacity that no program uses.</summary>
    public const int ClusterIdlePercent = 34;

    private const string PlanId = "arn:aws:savingsplans::440100000001:savingsplan/7c1f0a52-aldermoor";
    private const long PlanPerHour = 12_635 * Pips.One / 10;
    private const long UnusedThousandths = 16;

    private readonly Dictionary<string, LineTemplate> templates = [];

    private static readonly string[] Namespaces = ["quote-api", "rating-batch", "platform", "__idle__"];

    /// <summary>The committed fee of the savings plan for a month.</summary>
    public static long PlanFee(BillingPeriod month) => PlanPerHour * 24 * month.Days;

    /// <summary>
    /// What the fleet costs at the agreed prices, without the plan: the same in August and in September.
    /// </summary>
    private static long FleetUsage(BillingPeriod month)
    {
        var august = PlanFee(new BillingPeriod(2026, 8)) + Pips.Dollars(LapsedDiscountDollars);
        if (month.Start >= PlanEnd)
            return month == Growth.Headline ? august : Pips.Times(august, month.Days, 30);
        return month == new BillingPeriod(2026, 8) ? august : Pips.Times(PlanFee(month), 1_322, 1_000);
    }

    /// <summary>
    /// Twenty machines of claims handling. Until August the plan paid for them; since September the full price does.
    /// </summary>
    public void WriteFleet(DeliveryWriter writer, BillingPeriod month)
    {
        var covered = month.Start < PlanEnd;
        var usage = FleetUsage(month);
        var unused = covered ? Pips.Times(PlanFee(month), UnusedThousandths, 1000) : 0;
        var used = PlanFee(month) - unused;
        const int machines = 20;
        var slots = (long)machines * month.Days;
        var contracted = new ExactShares(usage, slots);
        var effective = new ExactShares(used, slots);
        for (var machine = 0; machine < machines; machine++)
        {
            var template = covered ? PlanTemplate(machine) : FleetTemplate(machine);
            for (var day = month.Start; day < month.End; day = day.AddDays(1))
            {
                var atFullPrice = contracted.Next(1);
                var atPlanPrice = effective.Next(1);
                if (day > options.LastDay)
                    continue;
                var line = Line.ForDay(day, atFullPrice) with { List = AwsExport.ListOf(atFullPrice) };
                if (covered)
                    line = line with { Billed = 0, Effective = atPlanPrice };
                writer.Write(template, line.AtPrice(AwsCatalogue.Instance.UnitPrice));
            }
        }
        if (covered)
            WritePlan(writer, month, unused);
    }

    private void WritePlan(DeliveryWriter writer, BillingPeriod month, long unused)
    {
        var rest = new ExactShares(unused, month.Days);
        var fee = new ExactShares(PlanFee(month), month.Days);
        for (var day = month.Start; day < month.End; day = day.AddDays(1))
        {
            var unusedToday = rest.Next(1);
            var feeToday = fee.Next(1);
            if (day > options.LastDay)
                continue;
            writer.Write(UnusedTemplate(), Line.ForDay(day, 0) with { Effective = unusedToday, Quantity = 0 });
            writer.Write(
                FeeTemplate(),
                Line.ForDay(day, feeToday) with
                {
                    Effective = 0,
                    Quantity = 24 * Quantities.One,
                }
            );
        }
    }

    /// <summary>
    /// Six nodes, each day split by the namespaces that used them; what none used is called <c>__idle__</c>.
    /// </summary>
    public void WriteCluster(DeliveryWriter writer, BillingPeriod month)
    {
        const int nodes = 6;
        var total = Growth.At(month, Purpose.InstantQuote, Pips.Dollars(ClusterDollars)) / 100 * 100;
        var idle = total / 100 * ClusterIdlePercent;
        long[] parts = [(total - idle) / 100 * 58, (total - idle) / 100 * 27, 0, idle];
        parts[2] = total - idle - parts[0] - parts[1];
        for (var space = 0; space < Namespaces.Length; space++)
        {
            var shares = new ExactShares(parts[space], nodes * month.Days);
            for (var node = 0; node < nodes; node++)
            {
                for (var day = month.Start; day < month.End; day = day.AddDays(1))
                {
                    var cost = shares.Next(1);
                    if (day > options.LastDay)
                        continue;
                    var line = Line.ForDay(day, cost) with { List = AwsExport.ListOf(cost) };
                    writer.Write(ClusterTemplate(node, Namespaces[space]), line.AtPrice(504_000_000));
                }
            }
        }
    }

    /// <summary>Tax, a marketplace subscription, support credits: whole-month or one-time lines.</summary>
    public void WriteInvoiceLines(DeliveryWriter writer, BillingPeriod month)
    {
        var open = month.End.AddDays(-1) > options.LastDay;
        writer.Write(MarketplaceTemplate(), Line.ForMonth(month, Pips.Dollars(60_000)));
        var firstDay = Line.ForDay(month.Start, -Pips.Dollars(15_000));
        writer.Write(CreditTemplate(), firstDay);
        if (open)
            return;
        var tax = new ExactShares(Pips.Dollars(25_000), AwsCatalogue.Pots.Sum(pot => pot.SeptemberDollars), Pips.Cent);
        foreach (var pot in AwsCatalogue.Pots)
        {
            var cost = tax.Next(pot.SeptemberDollars);
            writer.Write(TaxTemplate(pot.Accounts[0]), Line.ForMonth(month, cost) with { List = 0, Contracted = 0 });
        }
    }

    /// <summary>
    /// Usage of 30 and 31 August that AWS reported three weeks late: the reason why the month was delivered again.
    /// </summary>
    public void WriteLateUsage(DeliveryWriter writer)
    {
        for (var day = new DateOnly(2026, 8, 30); day < PlanEnd; day = day.AddDays(1))
            writer.Write(
                LateTemplate(null, StoryNames.LateUsage),
                Line.ForDay(day, 21_437 * Pips.One + 6_180_000_000).AtPrice(450_000_000)
            );
    }

    /// <summary>September's invoice takes back a part of August's storage charge, marked as a correction.</summary>
    public void WriteCorrections(DeliveryWriter writer) =>
        writer.Write(
            LateTemplate("Correction", StoryNames.Correction),
            Line.Plain(new DateTime(2026, 8, 1), new DateTime(2026, 9, 1), -Pips.Dollars(18_400)) with
            {
                Quantity = -Quantities.One,
            }
        );

    private LineTemplate PlanTemplate(int machine) =>
        Template(
            "plan" + machine,
            () =>
                MachineCells(
                    machine,
                    new()
                    {
                        ["CommitmentDiscountCategory"] = "Spend",
                        ["CommitmentDiscountId"] = PlanId,
                        ["CommitmentDiscountName"] = "Claims fleet, three years",
                        ["CommitmentDiscountStatus"] = "Used",
                        ["CommitmentDiscountType"] = "Compute Savings Plan",
                        ["CommitmentDiscountUnit"] = "USD",
                        ["PricingCategory"] = "Committed",
                    }
                ),
            StoryNames.LapsedPlan,
            StoryNames.Reorganisation
        );

    private LineTemplate FleetTemplate(int machine) =>
        Template("fleet" + machine, () => MachineCells(machine, []), StoryNames.LapsedPlan, StoryNames.Reorganisation);

    private Dictionary<string, string?> MachineCells(int machine, Dictionary<string, string?> more)
    {
        var cells = export.Cells(
            Machine(
                $"claims-fleet-{machine + 1:D2}",
                AwsCatalogue.ClaimsProd,
                new Dictionary<string, string>
                {
                    ["app"] = "claims-core",
                    ["env"] = "prod",
                    ["project"] = "run",
                    ["cost-centre"] = "4310",
                }
            )
        );
        foreach (var (column, cell) in more)
            cells[column] = cell;
        return cells;
    }

    private LineTemplate UnusedTemplate() =>
        Template(
            "unused",
            () => PlanCells("Usage", "Usage-Based", "Unused"),
            StoryNames.LapsedPlan,
            StoryNames.Reorganisation
        );

    private LineTemplate FeeTemplate() => Template("fee", () => PlanCells("Purchase", "Recurring", null));

    /// <summary>What has a price: the meter, its unit and what one of it costs.</summary>
    private static Dictionary<string, string?> Sold(
        string sku,
        string unit,
        long unitPrice,
        Dictionary<string, string?> cells
    )
    {
        cells["SkuId"] = sku;
        cells["SkuPriceId"] = sku + ".JRTCKXETXF";
        cells["PricingCategory"] = "Standard";
        cells["ConsumedUnit"] = cells["PricingUnit"] = unit;
        cells["ContractedUnitPrice"] = cells["ListUnitPrice"] = AwsExport.Digit(unitPrice);
        return cells;
    }

    private static Dictionary<string, string?> PlanCells(string category, string frequency, string? status) =>
        new(Sold("compute-savings-plan-3y", "Hours", PlanPerHour, AwsExport.AccountCells(AwsCatalogue.ClaimsProd)))
        {
            ["ChargeCategory"] = category,
            ["ChargeDescription"] = "3 year No Upfront Compute Savings Plan",
            ["ChargeFrequency"] = frequency,
            ["CommitmentDiscountCategory"] = "Spend",
            ["CommitmentDiscountId"] = PlanId,
            ["CommitmentDiscountName"] = "Claims fleet, three years",
            ["CommitmentDiscountStatus"] = status,
            ["CommitmentDiscountType"] = "Compute Savings Plan",
            ["CommitmentDiscountUnit"] = "USD",
            ["PricingCategory"] = "Committed",
            ["PublisherName"] = "Amazon Web Services, Inc.",
            ["ResourceId"] = PlanId,
            ["ResourceType"] = "Savings Plan",
            ["ServiceCategory"] = "Compute",
            ["ServiceSubcategory"] = "Virtual Machines",
            ["ServiceName"] = "AWS Savings Plans",
            ["Tags"] = """{"app": "claims-core", "env": "prod", "project": "run", "cost-centre": "4310"}""",
        };

    private LineTemplate ClusterTemplate(int node, string name) =>
        Template(
            $"node{node}{name}",
            () =>
            {
                var cells = export.Cells(
                    Machine(
                        $"quote-eks-prod-node-{node + 1}",
                        AwsCatalogue.ClusterAccount,
                        new Dictionary<string, string>
                        {
                            ["app"] = "quote-engine",
                            ["env"] = "prod",
                            ["project"] = "instant-quote",
                            ["cost-centre"] = "4110",
                            ["aws:eks:cluster-name"] = "quote-eks-prod",
                            ["aws:eks:namespace"] = name,
                        }
                    )
                );
                cells["ConsumedUnit"] = cells["PricingUnit"] = "vCPU-Hours";
                cells["ContractedUnitPrice"] = "0.0504";
                cells["ListUnitPrice"] = "0.054432";
                cells["ChargeDescription"] = "EKS split cost: " + name;
                return cells;
            },
            name == "__idle__" ? StoryNames.IdleCluster : StoryNames.BusyCluster
        );

    private LineTemplate MarketplaceTemplate() =>
        Template(
            "marketplace",
            () =>
                Sold(
                    "watchpost-ti",
                    "Months",
                    Pips.Dollars(60_000),
                    InvoiceCells(
                        AwsCatalogue.Security,
                        "Purchase",
                        "Recurring",
                        "Watchpost threat intelligence, monthly subscription",
                        new()
                        {
                            ["PublisherName"] = "Watchpost Ltd",
                            ["ServiceCategory"] = "Security",
                            ["ServiceSubcategory"] = "Threat Detection and Response",
                            ["ServiceName"] = "Watchpost threat intelligence",
                            ["Tags"] =
                                """{"app": "security-operations", "env": "prod", "project": "run", "cost-centre": "4700"}""",
                        }
                    )
                )
        );

    private LineTemplate CreditTemplate() =>
        Template(
            "credit",
            () =>
                InvoiceCells(
                    AwsCatalogue.ClaimsProd,
                    "Credit",
                    "One-Time",
                    "Migration Acceleration Program credit",
                    new()
                    {
                        ["ServiceCategory"] = "Other",
                        ["ServiceSubcategory"] = "Other (Other)",
                        ["ServiceName"] = "AWS credits",
                    }
                )
        );

    private LineTemplate TaxTemplate(CloudAccount account) =>
        Template(
            "tax" + account.Id,
            () =>
                InvoiceCells(
                    account,
                    "Tax",
                    "Recurring",
                    "VAT",
                    new()
                    {
                        ["ServiceCategory"] = "Other",
                        ["ServiceSubcategory"] = "Other (Other)",
                        ["ServiceName"] = "Tax",
                    }
                )
        );

    private LineTemplate LateTemplate(string? chargeClass, string story) =>
        Template(
            "late" + chargeClass,
            () =>
                Sold(
                    "DataTransfer-Regional",
                    "GB",
                    450_000_000,
                    InvoiceCells(
                        AwsCatalogue.ClusterAccount,
                        "Usage",
                        "Usage-Based",
                        "Data transfer between regions",
                        new()
                        {
                            ["ChargeClass"] = chargeClass,
                            ["ServiceCategory"] = "Networking",
                            ["ServiceSubcategory"] = "Network Infrastructure",
                            ["ServiceName"] = "AWS Data Transfer",
                            ["Tags"] =
                                """{"app": "quote-engine", "env": "prod", "project": "instant-quote", "cost-centre": "4110"}""",
                        }
                    )
                ),
            story
        );

    private static Dictionary<string, string?> InvoiceCells(
        CloudAccount account,
        string category,
        string frequency,
        string description,
        Dictionary<string, string?> more
    )
    {
        var cells = new Dictionary<string, string?>(AwsExport.AccountCells(account))
        {
            ["ChargeCategory"] = category,
            ["ChargeFrequency"] = frequency,
            ["ChargeDescription"] = description,
            ["PublisherName"] = "Amazon Web Services, Inc.",
        };
        foreach (var (column, cell) in more)
            cells[column] = cell;
        return cells;
    }

    private Resource Machine(string name, CloudAccount account, Dictionary<string, string> tags) =>
        new()
        {
            Name = name,
            Token = DemoRandom.For(options.Seed, name).Hex(17),
            Account = account,
            Sku = AwsCatalogue.Instance,
            Region = "eu-central-1",
            Tags = tags,
            Rhythm = Rhythm.Daily,
            Weight = 1,
            FirstMonth = 0,
            LastMonth = int.MaxValue,
        };

    private LineTemplate Template(string key, Func<Dictionary<string, string?>> cells, params string[] stories)
    {
        if (!templates.TryGetValue(key, out var template))
            templates[key] = template = export.Template(cells(), stories);
        return template;
    }
}
