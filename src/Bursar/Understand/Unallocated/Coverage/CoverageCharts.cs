using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Unallocated.Coverage;

/// <summary>A drawing of streams from left to right, for the script.</summary>
/// <param name="Form">"flow".</param>
/// <param name="Nodes">What streams run between, by column from the left.</param>
/// <param name="Links">The streams.</param>
internal sealed record FlowChart(string Form, IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowLink> Links);

/// <summary>One end of streams.</summary>
/// <param name="Name">Unique in the drawing.</param>
/// <param name="Title">What people read.</param>
/// <param name="Label">Its amount as people read it.</param>
/// <param name="Column">0 to 2.</param>
/// <param name="Tone">Which colour of the series; 0 is that of secondary ink.</param>
/// <param name="Link">Where a click leads.</param>
internal sealed record FlowNode(string Name, string Title, string Label, int Column, int Tone, string? Link);

/// <summary>One stream.</summary>
internal sealed record FlowLink(string Source, string Target, JsonElement Value, string Label, int Tone);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FlowChart))]
internal sealed partial class FlowJson : JsonSerializerContext;

/// <summary>Turns coverage into the points of its charts.</summary>
internal static class CoverageCharts
{
    private const int ProvidersMax = 7;
    private const int OwnersMax = 9;

    /// <summary>The share of each way in every month; null for a single month.</summary>
    public static string? OverTime(CoverageReview review)
    {
        if (review.Months.Count < 2)
            return null;
        (string Name, Func<CoverageMonth, Amount> Of)[] parts =
        [
            ("Direct", month => month.Cost.Direct),
            ("Through shared cost", month => month.Cost.Distributed),
            ("Kept central", month => month.Cost.Central),
            ("Nobody's", month => month.Cost.Unallocated),
        ];
        return ExploreChart.Json(
            new ChartData(
                "bars",
                "",
                [.. review.Months.Select(month => Display.ShortMonth(month.Month))],
                [
                    .. parts.Select(part => new ChartSeries(
                        part.Name,
                        [.. review.Months.Select(month => Percent(part.Of(month).ShareOf(month.Cost.Total)))],
                        [
                            .. review.Months.Select(month =>
                                $"{Display.Percent(part.Of(month).ShareOf(month.Cost.Total))}, {Display.Short(new Money(part.Of(month), review.Currency))}"
                            ),
                        ],
                        [.. review.Months.Select(_ => (string?)null)],
                        IsRest: false
                    )),
                ]
            )
            {
                Suffix = "%",
                // Shares of a whole end at it, unless credits push one beyond.
                Max = parts.Any(part => review.Months.Any(month => part.Of(month).IsNegative)) ? null : 100,
            }
        );
    }

    /// <summary>From providers through how it was allocated to owners; null when there is nothing to draw.</summary>
    public static string? Flows(CoverageReview review, CostQuestion question)
    {
        var providers = Largest(review.Flows, flow => flow.Provider ?? Display.NoValue, ProvidersMax, "providers");
        var owners = Largest(review.Flows, flow => CoveragePageTables.Owner(flow, review), OwnersMax, "owners");
        var nodes = new List<FlowNode>();
        var links = new List<FlowLink>();
        foreach (var way in review.Flows.GroupBy(flow => flow.Way).OrderBy(same => same.Key))
        {
            var name = "way " + way.Key;
            links.AddRange(Streams(way, providers, title => ("from " + title, name), way.Key, review));
            links.AddRange(Streams(way, owners, title => (name, "to " + title), way.Key, review));
            Add(name, CoverageRecord.Words(way.Key), [.. way], 1, Tone(way.Key), WayLink(way.Key, review, question));
        }
        foreach (var same in review.Flows.GroupBy(providers))
            Add("from " + same.Key, same.Key, [.. same], 0, 0, null);
        foreach (var same in review.Flows.GroupBy(owners))
            Add("to " + same.Key, same.Key, [.. same], 2, 0, null);
        if (links.Count == 0)
            return null;
        var drawn = links.SelectMany(link => new[] { link.Source, link.Target }).ToHashSet();
        return JsonSerializer.Serialize(
            new FlowChart("flow", [.. nodes.Where(node => drawn.Contains(node.Name))], links),
            FlowJson.Default.FlowChart
        );

        void Add(string name, string title, IReadOnlyList<CostFlow> flows, int column, int tone, string? link) =>
            nodes.Add(new FlowNode(name, title, Short(flows, review), column, tone, link));
    }

    /// <summary>What cannot be drawn: credits that are larger than the charges beside them.</summary>
    public static bool HasNegative(CoverageReview review) =>
        review
            .Flows.GroupBy(flow => (flow.Provider, flow.Way))
            .Any(same => QueueMath.Sum(same.Select(flow => flow.Cost)).IsNegative);

    private static IEnumerable<FlowLink> Streams(
        IEnumerable<CostFlow> flows,
        Func<CostFlow, string> end,
        Func<string, (string Source, string Target)> ends,
        AllocationWay way,
        CoverageReview review
    ) =>
        from same in flows.GroupBy(end)
        let sum = QueueMath.Sum(same.Select(flow => flow.Cost))
        where sum > Amount.Zero
        let places = ends(same.Key)
        select new FlowLink(
            places.Source,
            places.Target,
            JsonElement.Parse(sum.ToString()),
            Short([.. same], review),
            Tone(way)
        );

    /// <summary>The largest by name; the rest has one name.</summary>
    private static Func<CostFlow, string> Largest(
        IReadOnlyList<CostFlow> flows,
        Func<CostFlow, string> name,
        int count,
        string nouns
    )
    {
        var names = flows
            .GroupBy(name)
            .OrderByDescending(same => QueueMath.Sum(same.Select(flow => flow.Cost)))
            .ThenBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.Key)
            .ToList();
        if (names.Count <= count + 1)
            return name;
        // What nobody owns is what the drawing is for: it is never among the others.
        var kept = names.Take(count).Concat(names.Where(one => one == "Nobody")).ToHashSet();
        var rest = string.Create(CultureInfo.InvariantCulture, $"{names.Count - kept.Count} other {nouns}");
        return flow => kept.Contains(name(flow)) ? name(flow) : rest;
    }

    private static string? WayLink(AllocationWay way, CoverageReview review, CostQuestion question) =>
        way switch
        {
            AllocationWay.Nobody => CoveragePageTables.Queue(question, review.Month.ToString(), review),
            AllocationWay.Shared or AllocationWay.Kept => "/shared?period=" + review.Month,
            AllocationWay.Rules => "/rules",
            _ => null,
        };

    /// <summary>The colour of each way, the same in both drawings.</summary>
    private static int Tone(AllocationWay way) =>
        way switch
        {
            AllocationWay.Rules => 1,
            AllocationWay.Organisation => 5,
            AllocationWay.Shared => 2,
            AllocationWay.Kept => 3,
            _ => 4,
        };

    private static string Short(IReadOnlyList<CostFlow> flows, CoverageReview review) =>
        Display.Short(new Money(QueueMath.Sum(flows.Select(flow => flow.Cost)), review.Currency));

    private static JsonElement Percent(decimal? share) =>
        JsonElement.Parse(
            decimal.Round((share ?? 0) * 100, 4, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture)
        );
}
