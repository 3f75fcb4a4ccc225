using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Understand.Reporting.Deployments;

/// <summary>Deployments as charts mark them, as pages list them and as programs read them.</summary>
internal static class DeploymentTables
{
    /// <summary>More than so many rows under a chart are not read.</summary>
    public const int ShownMax = 20;

    private const int NamedMax = 5;

    public static ResultTable Table(IReadOnlyList<Deployment> deployments) =>
        new(
            [
                new("at", ColumnKind.Whole, "Live since"),
                new("service"),
                new("version", ColumnKind.Whole),
                new("environment", ColumnKind.Text, "Where"),
                new("by"),
                new("link", Spare: true),
            ],
            [
                .. deployments.Select(one =>
                    (IReadOnlyList<object?>)[Moment(one), one.Service, one.Version, one.Environment, one.By, one.Link]
                ),
            ]
        )
        {
            WhenEmpty =
                "No deployment is known. A pipeline tells one with `bursar deployments add SERVICE VERSION`, a file of "
                + "them is taken by `bursar records import FILE --as deployments`.",
        };

    /// <summary>The same for a field of a record.</summary>
    public static IEnumerable<(string, object?)> Field(IReadOnlyList<Deployment> deployments) =>
        deployments.Count == 0 ? [] : [("deployments", Table(deployments).Records())];

    /// <summary>One mark for each period of a chart in which something went live.</summary>
    /// <param name="deployments">In the order in which they went live.</param>
    /// <param name="periods">The first days of the chart's periods, in order.</param>
    /// <param name="grain">How long a period is.</param>
    public static IReadOnlyList<ChartMark> Marks(
        IReadOnlyList<Deployment> deployments,
        IReadOnlyList<DateOnly> periods,
        TimeGrain grain
    )
    {
        if (periods.Count == 0)
            return [];
        var end = End(periods[^1], grain);
        return
        [
            .. deployments
                .Where(one => one.Day >= periods[0] && one.Day < end)
                .GroupBy(one => periods.Count(start => start <= one.Day) - 1)
                .OrderBy(group => group.Key)
                .Select(group => new ChartMark(group.Key, Words([.. group]))),
        ];
    }

    /// <summary>The newest first, for the table under a chart.</summary>
    public static FigureTable List(IReadOnlyList<Deployment> deployments) =>
        new(
            deployments.Count > ShownMax
                ? $"The last {ShownMax} of {Display.Count(deployments.Count)} deployments marked in the chart"
                : "Deployments marked in the chart",
            ["Service", "Version"],
            [new("Live since", null), new("Where", null), new("By", null), new("Link", null)],
            [
                .. deployments
                    .Reverse()
                    .Take(ShownMax)
                    .Select(one => new FigureRow(
                        [new(one.Service), new(one.Version)],
                        [
                            new(Display.Time(one.At), Tone: CellTone.Text),
                            new(one.Environment ?? "–", Tone: CellTone.Text),
                            new(one.By ?? "–", Tone: CellTone.Text),
                            one.Address is { } address
                                ? new($"{one.Service} {one.Version}", address, Tone: CellTone.Text)
                                : new(one.Link ?? "–", Tone: CellTone.Text),
                        ]
                    )),
            ],
            []
        );

    private static string Moment(Deployment one) =>
        one.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Words(IReadOnlyList<Deployment> group)
    {
        var named = group.Take(NamedMax).Select(one => $"{one.Service} {one.Version}, {Display.ShortDay(one.Day)}");
        var more = group.Count > NamedMax ? $"\nand {group.Count - NamedMax} more" : "";
        return string.Join('\n', named) + more;
    }

    private static DateOnly End(DateOnly start, TimeGrain grain) =>
        grain switch
        {
            TimeGrain.Day => start.AddDays(1),
            TimeGrain.Week => start.AddDays(7),
            TimeGrain.Month => start.AddMonths(1),
            TimeGrain.Quarter => start.AddMonths(3),
            _ => start.AddYears(1),
        };
}
