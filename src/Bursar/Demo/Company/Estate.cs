using System.Globalization;

namespace Bursar.Demo.Company;

/// <summary>
/// A pot before its resources exist: whose it is, and how its teams spell the cost centre's tag (null: not at all).
/// </summary>
internal sealed record PotPlan(
    string Name,
    Purpose Purpose,
    long SeptemberDollars,
    IReadOnlyList<string> Applications,
    IReadOnlyList<CloudAccount> Accounts,
    string? CostCentreKey = "cost-centre"
)
{
    public string? Story { get; init; }

    public long SeptemberPips { get; init; } = Pips.Dollars(SeptemberDollars);
}

/// <summary>
/// Makes the resources of a cloud: who they belong to, what they are, when they live, how much they weigh.
/// </summary>
internal sealed class Estate(DemoOptions options, RowPlan plan, string cloud, int cloudThousandths)
{
    public required IReadOnlyList<Sku> Skus { get; init; }

    public required IReadOnlyList<string> Regions { get; init; }

    public IReadOnlyList<Pot> Build(IReadOnlyList<PotPlan> plans)
    {
        var total = plans.Sum(pot => pot.SeptemberDollars);
        return [.. plans.Select(pot => new Pot(pot.Name, pot.Purpose, pot.SeptemberPips, Resources(pot, total)))];
    }

    private List<Resource> Resources(PotPlan pot, long cloudTotal)
    {
        var thousandths = cloudThousandths * pot.SeptemberDollars / cloudTotal;
        var steady = Math.Max(2, RowPlan.Part(plan.SteadyResources, thousandths));
        var hourly = RowPlan.Part(plan.HourlyResources, thousandths);
        var occasional = Math.Max(1, RowPlan.Part(plan.OccasionalResources, thousandths));
        var resources = new List<Resource>();
        for (var i = 0; i < steady + occasional; i++)
        {
            var rhythm =
                i < hourly ? Rhythm.Hourly
                : i < steady ? Rhythm.Daily
                : i % 4 == 0 ? Rhythm.Sundays
                : Rhythm.MonthEnd;
            resources.Add(MakeResource(pot, i, rhythm));
        }
        return resources;
    }

    private Resource MakeResource(PotPlan pot, int number, Rhythm rhythm)
    {
        var random = DemoRandom.For(options.Seed, $"{cloud}/{pot.Name}/{number}");
        var account = Pick(pot.Accounts, account => account.Weight, ref random);
        var sku = Pick(Skus, sku => sku.Weight, ref random);
        var application =
            pot.Applications.Count == 0
                ? null
                : Organisation.Named(pot.Applications[random.Below(pot.Applications.Count)]);
        var (first, last) = Life(number, ref random);
        var name =
            (application?.Name ?? account.Name.Split('-')[^1])
            + "-"
            + sku.Kind
            + "-"
            + number.ToString("D3", CultureInfo.InvariantCulture);
        return new Resource
        {
            Name = name,
            Token = random.Hex(17),
            Account = account,
            Sku = sku,
            Region = Regions[Math.Min(random.Below(Regions.Count + 2), Regions.Count - 1)],
            Tags = Tags(pot, application, account, name, ref random),
            Rhythm = rhythm,
            Weight = Weight(number, rhythm, ref random),
            FirstMonth = first,
            LastMonth = last,
            Stories =
            [
                .. pot.Story is not null ? [pot.Story]
                : application?.CostCentre == "4310" ? [StoryNames.Reorganisation]
                : Array.Empty<string>(),
                .. first > 0 || last < plan.Months.Count - 1
                    ? [StoryNames.Life(sku.Service, account.Name, name, first, last)]
                    : Array.Empty<string>(),
            ],
        };
    }

    /// <summary>
    /// Half of the resources live through all months; a pot's first two always do, so that it is never empty.
    /// </summary>
    private (int First, int Last) Life(int number, ref DemoRandom random)
    {
        var months = plan.Months.Count;
        if (number < 2 || random.Below(2) == 0)
            return (0, months - 1);
        var one = random.Below(months);
        var other = random.Below(months);
        return random.Below(3) == 0 ? (Math.Min(one, other), Math.Max(one, other)) : (one, months - 1);
    }

    private static long Weight(int number, Rhythm rhythm, ref DemoRandom random)
    {
        var weight = 4_000_000 / (number + 12) * random.Around(1000, 400) / 1000;
        return rhythm is Rhythm.Daily or Rhythm.Hourly ? weight : Math.Max(1, weight / 12);
    }

    private static Dictionary<string, string> Tags(
        PotPlan pot,
        Application? application,
        CloudAccount account,
        string name,
        ref DemoRandom random
    )
    {
        var tags = new Dictionary<string, string>();
        if (application is not null)
        {
            tags["app"] = application.Name;
            tags["env"] = account.Environment;
            if (application.Project is not null)
                tags["project"] = application.Project;
        }
        else if (random.Below(3) == 0)
            tags["Name"] = name;
        if (pot.CostCentreKey is not null)
            tags[pot.CostCentreKey] =
                application?.CostCentre ?? AcquiredCostCentres[random.Below(AcquiredCostCentres.Length)];
        return tags;
    }

    // The business that was bought in 2025 kept its habits, and these are the cost centres it belongs to now.
    private static readonly string[] AcquiredCostCentres = ["4130", "4600", "4900", "4920"];

    private static T Pick<T>(IReadOnlyList<T> items, Func<T, int> weight, ref DemoRandom random)
    {
        var at = random.Below(items.Sum(weight));
        foreach (var item in items)
        {
            at -= weight(item);
            if (at < 0)
                return item;
        }
        return items[^1];
    }
}
