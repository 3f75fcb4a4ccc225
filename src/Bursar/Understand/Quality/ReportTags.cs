using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Quality;

/// <summary>How well tags keep the policy, by cost and by resource.</summary>
/// <param name="Cost">Cost that can be tagged: of resources, or with tags; tax and credits left out.</param>
/// <param name="Compliant">The part of it that keeps every policy.</param>
/// <param name="Untagged">The part of it that lacks a required tag.</param>
/// <param name="Resources">Resources with a cost.</param>
/// <param name="CompliantResources">Those of which all cost keeps every policy.</param>
internal sealed record TagCompliance(
    Money Cost,
    Amount Compliant,
    Amount Untagged,
    long Resources,
    long CompliantResources
)
{
    /// <summary>Emissions of what can be tagged; null where no report of carbon is here.</summary>
    public Money? Carbon { get; init; }

    /// <summary>The part of the emissions that keeps every policy.</summary>
    public Amount CompliantCarbon { get; init; }

    /// <summary>The part of the emissions that lacks a required tag.</summary>
    public Amount UntaggedCarbon { get; init; }

    public decimal? ByCarbon => Carbon is { } all ? CompliantCarbon.ShareOf(all.Amount) : null;

    public decimal? ByCost => Compliant.ShareOf(Cost.Amount);

    public decimal? UntaggedByCost => Untagged.ShareOf(Cost.Amount);

    public decimal? ByResource => Resources == 0 ? null : (decimal)CompliantResources / Resources;
}

/// <summary>One key of the policy: the cost that lacks it, and the cost whose value is wrong.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsRequired">Whether every charge has to have it.</param>
/// <param name="Missing">The cost that lacks it.</param>
/// <param name="Wrong">The cost whose value is not allowed.</param>
/// <param name="Inherited">The cost that has it from its account or item, as the policy says.</param>
/// <param name="FaultyResources">Resources that lack it or have it wrong.</param>
internal sealed record KeyCompliance(
    string Key,
    bool IsRequired,
    Amount Missing,
    Amount Wrong,
    Amount Inherited,
    long FaultyResources
);

/// <summary>A source or account, and how much of its cost keeps the policy.</summary>
internal sealed record PlaceCompliance(string? Source, string? SubAccountId, Amount NotCompliant, decimal? ByCost);

/// <summary>Keys that probably mean the same: the one to keep, another, and what carries it.</summary>
/// <param name="Keep">The key to keep: the policy's, or the spelling with the most charges.</param>
/// <param name="Other">The other spelling.</param>
/// <param name="Cost">Cost that carries the other spelling.</param>
/// <param name="Charges">How many charges carry it.</param>
/// <param name="IsKnown">Whether the policy reads it as the first already.</param>
internal sealed record SpellingOfKey(string Keep, string Other, Amount Cost, long Charges, bool IsKnown);

/// <summary>Tags of a month against the policy.</summary>
internal sealed record TagReport(
    BillingPeriod Month,
    bool HasPolicy,
    TagCompliance Compliance,
    IReadOnlyList<KeyCompliance> Keys,
    IReadOnlyList<PlaceCompliance> Worst,
    IReadOnlyList<SpellingOfKey> Spellings,
    DateOnly? DataAsOf
);

/// <summary>
/// Reports how well the tags of a month keep the policy, and which keys look like the same (ALC-02, ALC-03).
/// </summary>
internal sealed class ReportTags(BooksView view)
{
    private const int WorstShown = 10;

    private readonly CheckTags policies = new(view.Rulebook);

    private readonly InheritedTags inherited = new(view.Rulebook);

    /// <summary>Charges with the same tags in the same place, and what the policy says of them.</summary>
    private sealed record JudgedCost(
        CostRow Row,
        string? Resource,
        string? Tags,
        IReadOnlyList<string> Inherited,
        TagVerdict Verdict
    )
    {
        public Amount Cost => Row.Cost;
    }

    /// <param name="month">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    public TagReport Of(string? month, CancellationToken cancel)
    {
        var period = ReviewQuality.Month(view, month);
        var costs = Judged(ReportSubject.Measure(view), period, cancel);
        var main = ReportSubject.MainCurrency(view, costs.Select(cost => cost.Row));
        var taggable = costs.Where(cost => cost.Row.Currency == main).ToList();
        var inScope = taggable.Where(cost => cost.Verdict.IsInScope).ToList();
        var carbon = Judged(CostMeasure.Carbon, period, cancel).Where(cost => cost.Verdict.IsInScope).ToList();
        return new TagReport(
            period,
            policies.AsksAnything,
            Compliance(inScope, main) with
            {
                Carbon = carbon.Count == 0 ? null : new Money(Sum(carbon), carbon[0].Row.Currency),
                CompliantCarbon = Sum(carbon.Where(cost => cost.Verdict.Passes)),
                UntaggedCarbon = Sum(carbon.Where(cost => cost.Verdict.LacksTag)),
            },
            Keys(inScope),
            Worst(inScope),
            Spellings(taggable),
            view.DataThrough
        );
    }

    /// <summary>
    /// What can be tagged, by its tags and whatever the policies look at, with what they say of it.
    /// </summary>
    private List<JudgedCost> Judged(CostMeasure measure, BillingPeriod period, CancellationToken cancel)
    {
        string[] scope = [.. policies.ScopeColumns.Where(column => column != "ResourceId")];
        string[] columns =
        [
            "ChargeCategory",
            "x_Source",
            "SubAccountId",
            "ResourceId",
            "Tags",
            .. new[] { CostColumns.AllocatedTags }.Where(view.For(measure).Star(cancel).Columns.Contains),
            .. scope,
            .. inherited.Columns,
        ];
        columns = [.. columns.Distinct()];
        return
        [
            .. new AskCosts(view)
                .Answer(
                    new CostQuery
                    {
                        Measure = measure,
                        By = columns,
                        From = period.Start,
                        To = period.End,
                        Split = CostSplit.Tax | CostSplit.Credits,
                    },
                    cancel
                )
                .Rows.Where(row => row.Keys[0] is not ("Tax" or "Credit"))
                .Where(row => row.Keys[3] is not null || row.Keys[4] is { Length: > 2 })
                .Select(row => Judge(row, columns, period.End.AddDays(-1))),
        ];
    }

    private JudgedCost Judge(CostRow row, string[] columns, DateOnly day)
    {
        var (tags, passedOn) = inherited.Of(
            row.Keys[4],
            Value(CostColumns.AllocatedTags),
            [.. inherited.Columns.Select(Value)],
            day
        );
        return new JudgedCost(row, row.Keys[3], row.Keys[4], passedOn, policies.Judge(tags, Value));

        string? Value(string column) => Array.IndexOf(columns, column) is >= 0 and var place ? row.Keys[place] : null;
    }

    private static TagCompliance Compliance(List<JudgedCost> costs, Currency currency)
    {
        var resources = costs.Where(cost => cost.Resource is not null).GroupBy(cost => cost.Resource).ToList();
        return new TagCompliance(
            new Money(Sum(costs), currency),
            Sum(costs.Where(cost => cost.Verdict.Passes)),
            Sum(costs.Where(cost => cost.Verdict.LacksTag)),
            resources.Count,
            resources.Count(same => same.All(cost => cost.Verdict.Passes))
        );
    }

    private List<KeyCompliance> Keys(List<JudgedCost> costs) =>
        policies
            .Keys.Select(key =>
            {
                var faulty = costs
                    .Select(cost => (cost, Fault: cost.Verdict.Faults.FirstOrDefault(fault => fault.Key == key.Key)))
                    .Where(pair => pair.Fault is not null)
                    .ToList();
                return new KeyCompliance(
                    key.Key,
                    key.Required,
                    Sum(faulty.Where(pair => pair.Fault!.Kind == TagFaultKind.Missing).Select(pair => pair.cost)),
                    Sum(faulty.Where(pair => pair.Fault!.Kind != TagFaultKind.Missing).Select(pair => pair.cost)),
                    Sum(costs.Where(cost => cost.Inherited.Contains(key.Key))),
                    faulty.Select(pair => pair.cost.Resource).OfType<string>().Distinct().LongCount()
                );
            })
            .ToList();

    private static List<PlaceCompliance> Worst(List<JudgedCost> costs) =>
        [
            .. costs
                .GroupBy(cost => (Source: cost.Row.Keys[1], Account: cost.Row.Keys[2]))
                .Select(same => new PlaceCompliance(
                    same.Key.Source,
                    same.Key.Account,
                    Sum(same.Where(cost => !cost.Verdict.Passes)),
                    Sum(same.Where(cost => cost.Verdict.Passes)).ShareOf(Sum(same))
                ))
                .Where(place => place.NotCompliant > Amount.Zero)
                .OrderByDescending(place => place.NotCompliant)
                .ThenBy(place => place.SubAccountId, StringComparer.Ordinal)
                .Take(WorstShown),
        ];

    private List<SpellingOfKey> Spellings(List<JudgedCost> costs)
    {
        var used = new Dictionary<string, (long Charges, Amount Cost)>();
        foreach (var cost in costs)
        foreach (var key in KeysOf(cost.Tags))
        {
            var (charges, sum) = used.GetValueOrDefault(key);
            used[key] = (charges + cost.Row.Charges, sum + cost.Cost);
        }
        // A key of the policy is the one to keep, however seldom it is used.
        var known = policies
            .Keys.SelectMany(key => key.Spellings.Select(spelling => (spelling, key.Key)))
            .DistinctBy(pair => pair.spelling)
            .ToDictionary(pair => pair.spelling, pair => pair.Key);
        var counts = used.ToDictionary(key => key.Key, key => key.Value.Charges);
        foreach (var key in policies.Keys)
            counts[key.Key] = long.MaxValue;
        var alike = TagKeys
            .LikelySame(counts)
            .SelectMany(same => same.Others.Select(other => (same.Keep, Other: other)));
        var declared = known
            .Where(pair => pair.Key != pair.Value && used.ContainsKey(pair.Key))
            .Select(pair => (Keep: pair.Value, Other: pair.Key));
        return
        [
            .. declared
                .Concat(alike)
                .Where(pair => used.ContainsKey(pair.Other) && !policies.Keys.Any(key => key.Key == pair.Other))
                .DistinctBy(pair => pair.Other)
                .Select(pair => new SpellingOfKey(
                    pair.Keep,
                    pair.Other,
                    used[pair.Other].Cost,
                    used[pair.Other].Charges,
                    known.ContainsKey(pair.Other)
                        || policies.Keys.Any(key =>
                            key.IgnoreCase && key.Spellings.Contains(pair.Other, StringComparer.OrdinalIgnoreCase)
                        )
                ))
                .OrderBy(spelling => spelling.IsKnown)
                .ThenByDescending(spelling => spelling.Cost)
                .ThenBy(spelling => spelling.Other, StringComparer.Ordinal),
        ];
    }

    private static List<string> KeysOf(string? tags)
    {
        if (tags is null)
            return [];
        try
        {
            using var document = JsonDocument.Parse(tags);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(tag => tag.Name)]
                : [];
        }
        catch (JsonException)
        {
            // Tags that are no JSON are no tags; ingestion has said so.
            return [];
        }
    }

    private static Amount Sum(IEnumerable<JudgedCost> costs) =>
        costs.Aggregate(Amount.Zero, (sum, cost) => sum + cost.Cost);
}
