using Bursar.Understand.Ingestion;
using Bursar.Understand.Measures;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary>A source of charges or a series of measures that Bursar fetches by itself.</summary>
internal sealed record FetchTarget(string Name, SourceLocation From, IReadOnlyList<string> Patterns)
{
    /// <summary>How often it is looked at; null only on demand.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>True for measures.</summary>
    public bool IsSeries { get; init; }

    /// <summary>True when a delivery takes the place of the earlier one, so that a month has to come whole.</summary>
    public bool Overwrites { get; init; }

    /// <summary>How the journal calls it: a source and a series may have one name.</summary>
    public string Key => IsSeries ? $"series:{Name}" : Name;

    /// <summary>Everything in the rulebook that says where it comes from, in its order.</summary>
    public static IReadOnlyList<FetchTarget> In(BooksView view) =>
        [
            .. view
                .Rulebook.All<Source>()
                .Where(source => source.From is not null)
                .Select(source => new FetchTarget(source.Name, source.From!, source.Files)
                {
                    Every = Span.Read(source.Every),
                    Overwrites = source.Delivery == DeliveryMode.Overwrite,
                }),
            .. view
                .Rulebook.All<Series>()
                .Where(series => series.From is not null)
                .Select(series => new FetchTarget(series.Name, series.From!, series.Files)
                {
                    Every = Span.Read(series.Every),
                    IsSeries = true,
                }),
        ];

    /// <summary>Whether a file at the place belongs to it.</summary>
    public bool Wants(string name) =>
        From is { Url: not null } or { Command.Count: > 0 } or { Prometheus: not null }
        || (
            Patterns.Count > 0
                ? Patterns.Any(pattern => FilePattern.Matches(pattern, name))
                : FindSourceFiles.LooksLikeData(name) && !Path.GetFileName(name).StartsWith('_')
        );
}
