using System.ComponentModel;
using Bursar.Rulebooks;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Ingestion;

/// <summary>Where cost data comes from, and what a new delivery does to the last one.</summary>
internal sealed record Source : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("What kind of technology spend it is."), OneOf<SourceCategories>]
    public string? Category { get; init; }

    [Description(
        "append: a delivery adds to those before. overwrite: a whole delivery of the same period takes their place."
    )]
    public DeliveryMode Delivery { get; init; } = DeliveryMode.Append;

    [Description(
        "bill: totals add it. estimate: it counts, marked, until the bill arrives. usage: it never adds cost. Without it, bill."
    )]
    public DeliveryCounts? Counts { get; init; }

    [Description("The source whose bill takes the place of this estimate; without it, a bill of this source itself.")]
    public string? StandsInFor { get; init; }

    [Description("Patterns of the files that come from here: aws/*.csv.gz. * stays in a folder, ** does not.")]
    public IReadOnlyList<string> Files { get; init; } = [];

    [Description("The billing currency of its files when they do not say it."), CurrencyCode]
    public string? Currency { get; init; }

    [Description("Where its files are fetched from; without it, somebody delivers them.")]
    public SourceLocation? From { get; init; }

    [Description(
        "So often `bursar serve` looks for something new: 15m, 6h, 1d (no cron line). Without it, only `bursar ingest` does."
    )]
    public string? Every { get; init; }

    [Description("A new delivery is expected every so many hours."), Between(1, 24 * 366)]
    public int? ExpectedEveryHours { get; init; }

    [Description("So many hours late is still on time."), Between(0, 24 * 366)]
    public int GraceHours { get; init; }

    [Description("Its newest charges are never older than so many hours."), Between(1, 24 * 366)]
    public int? FreshWithinHours { get; init; }

    [Description("Who to ask when it is late."), RefersTo("owners")]
    public string? Owner { get; init; }

    /// <summary>Adds to the findings what the shape alone does not show.</summary>
    public override void Check(RulebookCheck check)
    {
        From?.Check(check);
        Fetching.Check(check, this, From, Every);
        if (From is { Prometheus: not null } && From.At("prometheus") is { } at)
            check.Findings.Error(
                at,
                "no-charges",
                "Prometheus holds measures, not charges.",
                "Declare it as from: of a kind: Series."
            );
        if (StandsInFor is not null && Counts != DeliveryCounts.Estimate)
            Wrong(
                check,
                "stands-in-without-estimate",
                "standsInFor",
                $"{Name} says for which source it stands in, and is no estimate.",
                "Write `counts: estimate` as well, or leave standsInFor out."
            );
    }

    private void Wrong(RulebookCheck check, string code, string key, string message, string remedy) =>
        check.Error(this, key, code, message, remedy);

    /// <summary>Whether a file belongs to this source, by its path with forward slashes. A pattern may match the end of
    /// a longer path.</summary>
    public bool Recognises(string path) => Files.Any(pattern => FilePattern.Matches(pattern, path));
}

/// <summary>What a new delivery does to the deliveries before it.</summary>
internal enum DeliveryMode
{
    /// <summary>It adds to them.</summary>
    Append,

    /// <summary>A whole delivery of the same dataset, billing period and accounts takes their place.</summary>
    Overwrite,
}

/// <summary>The technology categories that a source may have.</summary>
internal sealed class SourceCategories : IWordList
{
    /// <summary>Ids and the names people read.</summary>
    public static IReadOnlyList<(string Id, string DisplayName)> All { get; } =
    [
        ("public-cloud", "Public cloud"),
        ("saas", "SaaS"),
        ("licence", "Licences"),
        ("data-centre", "Data centre"),
        ("data-platform", "Data platforms"),
        ("ai", "AI"),
        ("other", "Other"),
    ];

    public static IReadOnlyList<string> Words { get; } = [.. All.Select(category => category.Id)];
}
