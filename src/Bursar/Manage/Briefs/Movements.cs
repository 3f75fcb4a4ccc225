using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>
/// By how much each part of the cost moved against the month before: by application where most cost has one, else by
/// service.
/// </summary>
internal sealed class Movements
{
    /// <summary>So much of the cost must have an application for people to recognise it in applications.</summary>
    private const decimal KnownShareMin = 0.8m;

    /// <summary>A service stands for a movement when it is this part of it.</summary>
    private const decimal MostlyMin = 0.6m;

    private readonly BriefFacts facts;
    private readonly IReadOnlyList<CostFilter> rest;
    private readonly IReadOnlyDictionary<string, Amount> changeOf;
    private readonly IReadOnlyDictionary<string, string> serviceOf;

    private Movements(
        BriefFacts facts,
        string column,
        IReadOnlyList<CostFilter> rest,
        IReadOnlyDictionary<string, Amount> changes,
        IReadOnlyDictionary<string, string> mostly
    )
    {
        (this.facts, this.rest, changeOf, serviceOf) = (facts, rest, changes, mostly);
        Column = column;
    }

    /// <summary>The column that names the parts.</summary>
    public string Column { get; }

    public static Movements Of(BriefFacts facts, IReadOnlyList<CostFilter> rest)
    {
        var column = ColumnFor(facts);
        var now = Costs(facts, facts.Month, column, rest);
        var before = Costs(facts, facts.Month.Previous, column, rest);
        var parts = now
            .Keys.Union(before.Keys)
            .Select(key => (key.Value, key.Service, Change: now.GetValueOrDefault(key) - before.GetValueOrDefault(key)))
            .GroupBy(part => part.Value)
            .ToList();
        var changes = parts.ToDictionary(same => same.Key, same => BriefMath.Sum(same.Select(part => part.Change)));
        var mostly = parts
            .Where(same => same.Count() > 1)
            .Select(same =>
                (
                    same.Key,
                    Largest: same.OrderByDescending(part => part.Change.Abs())
                        .ThenBy(part => part.Service, StringComparer.Ordinal)
                        .First()
                )
            )
            .Where(pair =>
                pair.Largest.Service.Length > 0
                && pair.Largest.Change.ShareOf(changes[pair.Key]) is >= MostlyMin and <= 1.5m
            )
            .ToDictionary(pair => pair.Key, pair => pair.Largest.Service);
        return new Movements(facts, column, rest, changes, mostly);
    }

    /// <summary>The movements without what is explained otherwise.</summary>
    public Movements Without(IEnumerable<SpikeDriver> spikes)
    {
        var left = changeOf.ToDictionary();
        foreach (var spike in spikes)
            left[spike.Value] -= spike.Change;
        return new Movements(facts, Column, rest, left, serviceOf);
    }

    /// <summary>The largest movements, at most so many, and none below a part of all movement.</summary>
    public IEnumerable<ChangeDriver> Drivers(int count, decimal shareMin)
    {
        var all = BriefMath.Sum(changeOf.Values.Select(change => change.Abs()));
        return changeOf
            .Where(pair => pair.Value.Abs() >= all.Times(shareMin) && !pair.Value.IsZero)
            .OrderByDescending(pair => pair.Value.Abs())
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(count)
            .Select(pair => Driver(pair.Key, pair.Value));
    }

    /// <summary>The name that people read.</summary>
    public string NameOf(string value)
    {
        if (value.Length == 0)
            return Column == "ServiceName" ? "charges without a service" : "charges of no application";
        return facts
                .View.Rulebook.All<Organisation>()
                .SelectMany(organisation => organisation.Applications)
                .FirstOrDefault(unit => Column == "x_Application" && unit.Id == value)
                ?.Name
            ?? value;
    }

    /// <summary>The condition for one part.</summary>
    public CostFilter Is(string value) => new(Column, [value.Length == 0 ? null : value]);

    private ChangeDriver Driver(string value, Amount change)
    {
        var within = serviceOf.TryGetValue(value, out var service)
            ? BriefText.Of($", mostly {new BriefName(service)}")
            : BriefText.Plain("");
        CostFilter[] where = [Is(value), .. rest];
        return new ChangeDriver(
            BriefText.Of($"{new BriefName(NameOf(value))} {(change.IsNegative ? "fell" : "grew")}{within}"),
            change,
            "Its cost against the month before, without what is explained by another line.",
            IsReason: false
        )
        {
            Subject = BriefText.Of($"{new BriefName(NameOf(value))}{within}"),
            Questions =
            [
                facts.Question(facts.Month.Previous, where) with
                {
                    To = facts.Month.End,
                    Over = TimeGrain.Month,
                },
            ],
        };
    }

    private static string ColumnFor(BriefFacts facts)
    {
        var unknown = facts.Sum(facts.Question(facts.Month, new CostFilter("x_Application", [null])));
        return unknown.Abs().ShareOf(facts.Total.Abs()) <= 1 - KnownShareMin ? "x_Application" : "ServiceName";
    }

    private static Dictionary<(string Value, string Service), Amount> Costs(
        BriefFacts facts,
        BillingPeriod month,
        string column,
        IReadOnlyList<CostFilter> rest
    ) =>
        facts
            .Rows(
                facts.Question(month, [.. rest]) with
                {
                    By = column == "ServiceName" ? [column] : [column, "ServiceName"],
                }
            )
            .ToDictionary(row => (row.Keys[0] ?? "", row.Keys.Count > 1 ? row.Keys[1] ?? "" : ""), row => row.Total);
}
