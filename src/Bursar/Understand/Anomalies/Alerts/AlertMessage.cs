using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Sources.Outlets;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>What an alert says.</summary>
/// <param name="Alert">Which alert.</param>
/// <param name="Items">Of which anomalies: the largest first.</param>
internal sealed record AlertMessage(Alert Alert, IReadOnlyList<Anomaly> Items)
{
    private const int Shown = 10;
    private const string OwnPages = "http://127.0.0.1:4717";

    public OutMessage Out() =>
        new(
            $"{Alert.Name}-{string.Join('-', Items.Take(Shown).Select(one => one.Id))}",
            Title,
            [.. Items.Take(Shown).Select(Figure), .. Rest],
            Items.Count == 1 ? Reasons(Items[0]) : [.. Items.Take(Shown).Select(AnomalyRecord.What)],
            Items is [{ IsDataDefect: true }]
                ? "Ask whoever delivers it whether data is missing or came twice."
                : $"Say what it was: bursar anomalies resolve {Items[0].Id} --as true --cause TEXT.",
            Link,
            Items.Count == 1 ? "the anomaly" : "the list",
            Fields()
        );

    private string Title =>
        Items is [var one]
            ? $"{Word(one)}: {one.Title}, {Display.Short(Excess(one))} {More(one)} than expected"
            : $"{Items.Count} anomalies, the largest {Items[0].Title}: {Display.Short(Excess(Items[0]))} {More(Items[0])} than expected";

    private IEnumerable<string> Rest => Items.Count > Shown ? [$"And {Items.Count - Shown} more."] : [];

    private string Link
    {
        get
        {
            var page = Items is [var one]
                ? WebAddress.With(WebAddress.With("/anomalies", "id", one.Id), "since", $"{one.Days.Start:yyyy-MM-dd}")
                : "/anomalies";
            return (Alert.Link ?? OwnPages).TrimEnd('/') + page;
        }
    }

    private static string Figure(Anomaly one) => AnomalyPages.Sentence(one);

    private static List<string> Reasons(Anomaly one) =>
        [
            .. one.Drivers.Select(AnomalyRecord.Words),
            .. one.Because is { } because ? [$"Moved by {because}."] : Array.Empty<string>(),
        ];

    private static Money Excess(Anomaly one) => new(one.Excess.Abs(), one.Currency);

    private static string More(Anomaly one) => one.Excess < Amount.Zero ? "less" : "more";

    private static string Word(Anomaly one) =>
        AnomalyRecord.Word(one.Kind) is var word ? char.ToUpperInvariant(word[0]) + word[1..] : "";

    private ResultRecord Fields() =>
        ResultRecord.Of(
            ("alert", Alert.Name),
            ("title", Title),
            ("anomalies", Items.Select(AnomalyRecord.Item).ToList()),
            ("link", Link)
        );
}
