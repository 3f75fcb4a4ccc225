using System.ComponentModel;
using Bursar.Rulebooks;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Measures;

/// <summary>A dated measure beside the cost: what the business did, or how much of something was used.</summary>
internal sealed record Series : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("business: orders, revenue, customers, deployments. utilisation: CPU, memory, requests, by resource.")]
    public SeriesPurpose Purpose { get; init; } = SeriesPurpose.Business;

    [Description("What is counted: orders, customers, EUR, CPU hours, percent.")]
    public required string Unit { get; init; }

    [Description("Who answers for the figures."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("The system and report that they come from, for people.")]
    public required string Source { get; init; }

    [Description("How days become a month: sum (orders), average (degrees of use), last (customers), largest.")]
    public SeriesCombine Combine { get; init; } = SeriesCombine.Sum;

    [Description("The column with the day, month or time.")]
    public string Time { get; init; } = "Time";

    [Description("The column with the figure.")]
    public string Value { get; init; } = "Value";

    [Description("The column with the resource, as the ResourceId of charges has it.")]
    public string? Resource { get; init; }

    [Description("Columns by which the figures may be asked: product: \"Product line\".")]
    public IReadOnlyDictionary<string, string> By { get; init; } = new Dictionary<string, string>();

    [Description("Patterns of the files that hold it: sales/orders-*.csv. * stays in a folder, ** does not.")]
    public IReadOnlyList<string> Files { get; init; } = [];

    [Description("Where the files, or the answers of a Prometheus server, are fetched from.")]
    public SourceLocation? From { get; init; }

    [Description("So often `bursar serve` looks for something new: 15m, 6h, 1d.")]
    public string? Every { get; init; }

    /// <summary>The columns that a question may name: the resource, then the keys.</summary>
    public IReadOnlyList<string> Columns => Resource is null ? [.. By.Keys] : ["ResourceId", .. By.Keys];

    /// <summary>Whether a file belongs to this series, by its path with forward slashes.</summary>
    public bool Recognises(string path) => Files.Any(pattern => FilePattern.Matches(pattern, path));

    public override void Check(RulebookCheck check)
    {
        From?.Check(check);
        Fetching.Check(check, this, From, Every);
        if (At("by") is not { } place)
            return;
        foreach (
            var key in By.Keys.Where(key => !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        )
            check.Findings.Error(
                place,
                "bad-series-key",
                $"\"{key}\" cannot be the name of a key of a series.",
                "Use letters, digits and underscore before the colon, and the column's own name behind it."
            );
    }
}

/// <summary>What a series is for.</summary>
internal enum SeriesPurpose
{
    /// <summary>What the organisation did or earned.</summary>
    Business,

    /// <summary>How much of a resource was used.</summary>
    Utilisation,
}
