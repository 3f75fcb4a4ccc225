using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>The points of a chart, for the script that draws them.</summary>
/// <param name="Form">"lines", "bars" (stacked over time) or "ranking" (one bar per group).</param>
/// <param name="Symbol">The currency's symbol, for the axis.</param>
/// <param name="Categories">Periods, or the names of the groups.</param>
/// <param name="Series">One per group; one in all for a ranking.</param>
internal sealed record ChartData(
    string Form,
    string Symbol,
    IReadOnlyList<string> Categories,
    IReadOnlyList<ChartSeries> Series
)
{
    /// <summary>What stands behind the figures of the axis: "%".</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Where the axis ends; null lets the drawing choose.</summary>
    public int? Max { get; init; }

    /// <summary>What happened meanwhile, by period.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];
}

/// <summary>Something that happened in a period of a chart.</summary>
/// <param name="At">Which period, from 0.</param>
/// <param name="Label">What, a line each.</param>
internal sealed record ChartMark(int At, string Label);

/// <summary>One line, or one colour of bars.</summary>
/// <param name="Name">The group.</param>
/// <param name="Values">The figures as numbers, all digits.</param>
/// <param name="Labels">The figures as people read them.</param>
/// <param name="Links">Where a click on the point leads.</param>
/// <param name="IsRest">True for what is not drawn one by one.</param>
internal sealed record ChartSeries(
    string Name,
    IReadOnlyList<JsonElement> Values,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string?> Links,
    bool IsRest
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChartData))]
internal sealed partial class ChartJson : JsonSerializerContext;

/// <summary>Turns an explored answer into the points of its chart.</summary>
internal static class ExploreChart
{
    /// <summary>Lines or colours that an eye can tell apart; the rest is drawn as one.</summary>
    public const int SeriesMax = 8;

    private const int RankingMax = 15;

    /// <summary>The chart, or null when there is nothing to compare by eye.</summary>
    public static ChartData? Of(ExploreView view, CostGroups groups, IReadOnlyList<Deployment> deployments)
    {
        var links = new ExploreLinks(view.Question, view.Answer.Query, groups.Currency);
        if (groups.Periods.Count > 1)
            return OverTime(view, groups, links) with
            {
                Marks = DeploymentTables.Marks(deployments, groups.Periods, view.Answer.Query.Over!.Value),
            };
        return view.Answer.Query.By.Count > 0 && groups.Groups.Count > 1 ? Ranking(groups, links) : null;
    }

    /// <summary>JSON that may stand inside a script element: no character of it can end the element.</summary>
    public static string Json(ChartData chart) => JsonSerializer.Serialize(chart, ChartJson.Default.ChartData);

    private static ChartData OverTime(ExploreView view, CostGroups groups, ExploreLinks links)
    {
        var form = view.Question.Chart == ChartForm.Bars ? "bars" : "lines";
        var kept = groups.Groups.Count > SeriesMax ? SeriesMax - 1 : groups.Groups.Count;
        var series = groups
            .Groups.Take(kept)
            .Select(group =>
                Series(
                    Name(group),
                    groups,
                    [.. groups.Periods.Select(period => group.ByPeriod.GetValueOrDefault(period))],
                    [.. groups.Periods.Select(period => group.IsOther ? null : links.Rows(group, period))],
                    group.IsOther
                )
            )
            .ToList();
        var rest = groups.Groups.Skip(kept).ToArray();
        if (rest.Length > 0)
        {
            Amount[] sums =
            [
                .. groups.Periods.Select(period =>
                    CostGroups.Sum(rest.Select(group => group.ByPeriod.GetValueOrDefault(period)))
                ),
            ];
            series.Add(Series($"{rest.Length} others", groups, sums, new string?[sums.Length], isRest: true));
        }
        var grain = view.Answer.Query.Over!.Value;
        return new ChartData(
            form,
            Display.Symbol(groups.Currency),
            [.. groups.Periods.Select(period => Display.Period(period, grain))],
            series
        );
    }

    private static ChartData Ranking(CostGroups groups, ExploreLinks links)
    {
        var shown = groups.Groups.Take(RankingMax).ToArray();
        var series = Series(
            "",
            groups,
            [.. shown.Select(group => group.Total)],
            [.. shown.Select(group => group.IsOther ? null : links.Rows(group, null))]
        );
        return new ChartData("ranking", Display.Symbol(groups.Currency), [.. shown.Select(Name)], [series]);
    }

    private static ChartSeries Series(
        string name,
        CostGroups groups,
        Amount[] amounts,
        IReadOnlyList<string?> links,
        bool isRest = false
    ) =>
        new(
            name,
            [.. amounts.Select(amount => JsonElement.Parse(amount.ToString()))],
            [.. amounts.Select(amount => Display.Short(new Money(amount, groups.Currency)))],
            links,
            isRest
        );

    private static string Name(CostGroup group) =>
        group.IsOther ? "All other"
        : group.Keys.Count == 0 ? "Total"
        : string.Join(" · ", group.Keys.Select(key => key ?? Display.NoValue));
}
