using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies;
using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Benchmarks;

/// <summary>What was planted into a company's cost.</summary>
internal enum PlantKind
{
    Spike,
    Shift,
    WideShift,
    Drift,
    Drop,
    LostDiscount,
    IdleCommitment,
    MissingData,
    Doubled,
    AgentLoop,

    /// <summary>A spike of less than a usual day's hundredth, which is not meant to be told.</summary>
    Small,
}

/// <summary>One planted cause: where, from which day to which, and what it added to each part on each day.</summary>
internal sealed record Plant(PlantKind Kind, string Place, int Start, int End)
{
    public Dictionary<(int Part, int Day), decimal> Added { get; } = [];

    public decimal Money => Added.Values.Sum(Math.Abs);
}

/// <summary>A finest part of a company: its keys, who owns it, and its cost day by day.</summary>
internal sealed class CompanyPart(SeriesOf of, string?[] keys, string? owner, int days)
{
    public SeriesOf Of => of;

    public string?[] Keys => keys;

    public string? Owner => owner;

    public decimal[] Cost { get; } = new decimal[days];

    public decimal[] List { get; } = new decimal[days];

    /// <summary>How many charges a day has: as many as ever, unless they are counted twice.</summary>
    public long[] Charges { get; } = new long[days];
}

/// <summary>
/// Eighteen months of a company made from a seed: weekly rhythm, month ends, growth, small steps and heavy-tailed
/// noise; in the last
/// ninety days, planted causes.
/// </summary>
internal sealed class SeededCompany
{
    public const int Days = 540;
    public const int Window = 90;

    private readonly Random random;
    private readonly Random counts;

    public SeededCompany(int seed)
    {
        random = new Random(seed);
        counts = new Random(seed);
        Build();
        Total = Parts.Where(part => part.Of == SeriesOf.Cost).Sum(part => part.Cost[(Days - Window)..].Sum()) / Window;
        PlantAll();
    }

    public static DateOnly First { get; } = new(2025, 1, 1);

    public List<CompanyPart> Parts { get; } = [];

    public List<Plant> Plants { get; } = [];

    /// <summary>What a usual day costs.</summary>
    public decimal Total { get; }

    public SeriesCube Cube()
    {
        var usd = new Currency("USD");
        var figures = Parts
            .SelectMany(part =>
                Enumerable
                    .Range(0, Days)
                    .Where(day => part.Cost[day] != 0)
                    .Select(day => new DayFigure(
                        part.Of,
                        part.Keys,
                        usd,
                        First.AddDays(day),
                        part.Cost[day],
                        part.List[day],
                        part.Charges[day]
                    ))
            )
            .ToList();
        return SeriesCube.Of(figures, _ => First.AddDays(Days));
    }

    private void Build()
    {
        for (var provider = 0; provider < 4; provider++)
        {
            var accounts = random.Next(4, 8);
            for (var service = 0; service < random.Next(4, 9); service++)
            {
                var rate = random.NextDouble() < 0.4 ? 1 : 0.6 + (0.35 * random.NextDouble());
                for (var account = 0; account < accounts; account++)
                    if (random.NextDouble() < 0.6)
                        Parts.Add(Usage($"p{provider}", $"s{provider}.{service}", $"a{provider}.{account}", rate));
            }
            if (provider < 2)
                Parts.Add(Unused($"p{provider}", Parts.Where(part => part.Keys[0] == $"p{provider}").ToList()));
        }
        for (var key = 0; key < 3; key++)
            Parts.Add(Usage("models", "tokens", $"agent{key}", 1));
    }

    private CompanyPart Usage(string provider, string service, string account, double rate)
    {
        var app = random.Next(24);
        var part = new CompanyPart(
            SeriesOf.Cost,
            [provider, service, account, $"app{app}"],
            app < 20 ? $"owner{app / 2}" : null,
            Days
        );
        var level = Math.Exp(5 + (1.2 * Normal()));
        var noise = 0.03 + (0.12 * random.NextDouble() * random.NextDouble());
        var weekend = random.NextDouble() < 0.3 ? 1 : 0.55 + (0.4 * random.NextDouble());
        var monthEnd = random.NextDouble() < 0.15 ? 1.5 + random.NextDouble() : 1 + (0.15 * random.NextDouble());
        var growth = (-0.01 + (0.04 * random.NextDouble())) / 30;
        var charges = counts.Next(1, 240);
        var isWeekly = random.NextDouble() < 0.05;
        var (drag, step) = (0.0, 1.0);
        for (var day = 0; day < Days; day++)
        {
            var date = First.AddDays(day);
            drag = (0.6 * drag) + (noise * 0.6 * Normal());
            if (random.NextDouble() < 0.004)
                step *= 1 + (0.16 * (random.NextDouble() - 0.5)); // changes that nobody wants to hear of
            var isWeekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var daysLeft = DateTime.DaysInMonth(date.Year, date.Month) - date.Day;
            var usual = level * step * (1 + (growth * day)) * (isWeekend ? weekend : 1) * (daysLeft < 2 ? monthEnd : 1);
            if (isWeekly)
                usual = date.DayOfWeek == DayOfWeek.Sunday ? usual * 5 : 0;
            var cost = usual * Math.Exp(drag + (noise * 0.7 * HeavyTailed()));
            part.Cost[day] = Cents(cost);
            part.List[day] = Cents(cost / (rate * (1 + (0.002 * Normal()))));
            part.Charges[day] = charges + counts.Next(0, 1 + (charges / 20));
        }
        return part;
    }

    private CompanyPart Unused(string provider, List<CompanyPart> usage)
    {
        var part = new CompanyPart(SeriesOf.Unused, [provider, $"plan-{provider}"], null, Days);
        var usual = 0.01 * (double)usage.Sum(one => one.Cost[^30..].Sum()) / 30;
        for (var day = 0; day < Days; day++)
            part.Cost[day] = Cents(usual * Math.Exp(0.25 * Normal()));
        return part;
    }

    private void PlantAll()
    {
        var start = Days - Window + 4;
        foreach (var kind in Enum.GetValues<PlantKind>().OrderBy(_ => random.Next()))
        {
            for (var time = 0; time < (kind is PlantKind.Spike or PlantKind.Shift or PlantKind.Small ? 2 : 1); time++)
            {
                PlantOne(kind, start + random.Next(0, 3));
                start += 5;
            }
        }
    }

    private void PlantOne(PlantKind kind, int start)
    {
        var usage = Parts.Where(part => part.Of == SeriesOf.Cost && IsFree(part, start)).ToList();
        switch (kind)
        {
            case PlantKind.Spike or PlantKind.Small:
                var spiked = OneOf(
                    usage,
                    kind == PlantKind.Small ? 0.0008m : 0.004m,
                    kind == PlantKind.Small ? 0.002m : 1
                );
                var times = kind == PlantKind.Small ? 1.5m : Between(3, 8);
                Multiply(kind, [spiked], Title(spiked), start, start + random.Next(1, 3), _ => times);
                break;
            case PlantKind.AgentLoop:
                var agent = Parts.FirstOrDefault(part => part.Keys[0] == "models" && IsFree(part, start));
                if (agent is null)
                    return;
                var runaway = Math.Max(8, 0.04m * Total / Usual(agent));
                Multiply(kind, [agent], Title(agent), start, start + 2, _ => runaway);
                break;
            case PlantKind.Shift:
                var shifted = OneOf(usage, 0.004m, 1);
                var level = Between(1.6m, 3);
                Multiply(kind, [shifted], Title(shifted), start, start + random.Next(14, 40), _ => level);
                break;
            case PlantKind.Drop:
                var fallen = OneOf(usage, 0.01m, 1);
                Multiply(kind, [fallen], Title(fallen), start, start + random.Next(14, 40), _ => 0.25m);
                break;
            case PlantKind.Drift:
                var drifting = OneOf(usage, 0.008m, 1);
                var daily = Between(0.015m, 0.03m);
                Multiply(kind, [drifting], Title(drifting), start, start + 45, day => 1 + (daily * (day - start + 1)));
                break;
            case PlantKind.WideShift:
                var service = usage.GroupBy(part => part.Keys[1]).Where(same => same.Count() > 2).MaxBy(Sum)!;
                var wide = Between(1.4m, 1.9m);
                Multiply(kind, [.. service], $"{service.First().Keys[0]}, {service.Key}", start, start + 25, _ => wide);
                break;
            case PlantKind.LostDiscount:
                var discounted = usage
                    .Where(part => part.Cost[start] < 0.9m * part.List[start])
                    .GroupBy(part => part.Keys[1])
                    .MaxBy(Sum)!;
                Multiply(
                    kind,
                    [.. discounted],
                    $"{discounted.First().Keys[0]}, {discounted.Key}",
                    start,
                    Days,
                    _ => 1.15m
                );
                break;
            case PlantKind.IdleCommitment:
                var plan = Parts.Where(part => part.Of == SeriesOf.Unused).MaxBy(Usual)!;
                Multiply(kind, [plan], Title(plan), start, start + 20, _ => Math.Max(6, 0.02m * Total / Usual(plan)));
                break;
            default:
                var account = usage
                    .GroupBy(part => part.Keys[2])
                    .Where(same =>
                        same.Count() > 3
                        && same.Sum(Usual) > 0.03m * Total
                        && same.Count() == Parts.Count(part => part.Of == SeriesOf.Cost && part.Keys[2] == same.Key)
                    )
                    .MinBy(_ => random.Next());
                if (account is null)
                    return; // nothing that is whole is left to plant into
                var times2 = kind == PlantKind.Doubled ? 2m : 0;
                var days = kind == PlantKind.Doubled ? 1 : 2;
                Multiply(
                    kind,
                    [.. account],
                    $"{account.First().Keys[0]}, {account.Key}",
                    start,
                    start + days,
                    _ => times2
                );
                break;
        }
    }

    private void Multiply(
        PlantKind kind,
        List<CompanyPart> parts,
        string place,
        int start,
        int end,
        Func<int, decimal> by
    )
    {
        var plant = new Plant(kind, place, start, Math.Min(end, Days));
        foreach (var part in parts)
        {
            for (var day = start; day < plant.End; day++)
            {
                var more = decimal.Round(part.Cost[day] * (by(day) - 1), 2, MidpointRounding.AwayFromZero);
                plant.Added[(Parts.IndexOf(part), day)] = more;
                if (kind != PlantKind.LostDiscount)
                    part.List[day] = decimal.Round(part.List[day] * by(day), 2, MidpointRounding.AwayFromZero);
                part.Cost[day] += more;
                if (kind == PlantKind.Doubled)
                    part.Charges[day] *= 2;
            }
        }
        Plants.Add(plant);
    }

    /// <summary>Whether nothing was planted there lately or later.</summary>
    private bool IsFree(CompanyPart part, int start)
    {
        var at = Parts.IndexOf(part);
        return !Plants.Any(plant => plant.End > start - 60 && plant.Added.Keys.Any(key => key.Part == at));
    }

    private CompanyPart OneOf(List<CompanyPart> parts, decimal least, decimal most)
    {
        var large = parts
            .Where(part => part.Cost[^1] > 0 && Usual(part) >= least * Total && Usual(part) <= most * Total)
            .ToList();
        return large.Count > 0 ? large[random.Next(large.Count)] : parts.MaxBy(Usual)!;
    }

    private static decimal Usual(CompanyPart part) => part.Cost[(Days - Window - 30)..(Days - Window)].Sum() / 30;

    private static decimal Sum(IEnumerable<CompanyPart> parts) => parts.Sum(Usual);

    private static string Title(CompanyPart part) => string.Join(", ", part.Keys);

    private static decimal Cents(double cost) => decimal.Round((decimal)cost, 2, MidpointRounding.AwayFromZero);

    private decimal Between(decimal from, decimal to) => from + ((to - from) * (decimal)random.NextDouble());

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Student's t with five degrees of freedom, of the spread of a normal figure.</summary>
    private double HeavyTailed()
    {
        var squares = 0.0;
        for (var i = 0; i < 5; i++)
            squares += Math.Pow(Normal(), 2);
        return Normal() / Math.Sqrt(squares / 5) * Math.Sqrt(0.6);
    }
}
