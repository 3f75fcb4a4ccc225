using System.Text;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Sources.Outlets;
using Bursar.Warehouse.Books.Files;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>What an alert says.</summary>
/// <param name="Alert">Which alert.</param>
internal abstract record AlertMessage(Alert Alert)
{
    protected const int Shown = 10;
    private const string OwnPages = "http://127.0.0.1:4717";

    /// <summary>How much it tells of.</summary>
    public abstract int Count { get; }

    public abstract OutMessage Out();

    /// <summary>What the journal keeps once it arrived.</summary>
    public abstract AlertSent Sent();

    protected string Address(string page) => (Alert.Link ?? OwnPages).TrimEnd('/') + page;

    protected string Sum() => Checksum.Of(Out().Bytes(Alert.WrittenIn()));

    protected string Form() => Alert.WrittenIn().ToString().ToLowerInvariant();
}

/// <summary>What an alert says of budgets or unit costs.</summary>
/// <param name="Alert">Which alert.</param>
/// <param name="Items">What it tells.</param>
internal sealed record ItemMessage(Alert Alert, IReadOnlyList<AlertItem> Items) : AlertMessage(Alert)
{
    public override int Count => Items.Count;

    public override OutMessage Out() =>
        new(
            $"{Alert.Name}-{Key}",
            Title,
            [.. Items.Take(Shown).Select(one => one.Sentence), .. Rest],
            [],
            Items[0].Next,
            Link,
            Items.Count == 1 ? "the figures" : "the list",
            ResultRecord.Of(
                ("alert", Alert.Name),
                ("title", Title),
                (Alert.Of.ToString().ToLowerInvariant(), Items.Select(one => one.Fields).ToList()),
                ("link", Link)
            )
        );

    public override AlertSent Sent() =>
        new(Alert.Name, [], Alert.Place(), Form(), Sum())
        {
            Items = [.. Items.Select(one => new ToldItem(one.Key, one.Title, one.Over.Currency.Code, one.Over.Amount))],
        };

    private string Key =>
        Items is [var one]
            ? one.Key.Replace(' ', '-')
            : Checksum.Of(Encoding.UTF8.GetBytes(string.Join('\n', Items.Select(item => item.Key))))[..12];

    private string Title =>
        Items is [var one] ? one.Title
        : Alert.Of == AlertSubject.Budgets ? $"{Items.Count} budgets are exceeded or will be, first {Items[0].Title}"
        : $"{Items.Count} units cost more than they should, first {Items[0].Title}";

    private IEnumerable<string> Rest => Items.Count > Shown ? [$"And {Items.Count - Shown} more."] : [];

    private string Link => Address(Items is [var one] ? one.Page : Items[0].Page.Split('?')[0]);
}

/// <summary>What an alert says of anomalies.</summary>
/// <param name="Alert">Which alert.</param>
/// <param name="Items">Of which anomalies: the largest first.</param>
internal sealed record AnomalyMessage(Alert Alert, IReadOnlyList<Anomaly> Items) : AlertMessage(Alert)
{
    public override int Count => Items.Count;

    public override AlertSent Sent() =>
        new(
            Alert.Name,
            [
                .. Items.Select(one => new ToldAnomaly(
                    one.Id,
                    one.Title,
                    one.Days.Start,
                    one.Currency.Code,
                    one.Excess,
                    one.Kind
                )),
            ],
            Alert.Place(),
            Form(),
            Sum()
        );

    public override OutMessage Out() =>
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
            return Address(page);
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
