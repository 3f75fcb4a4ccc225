using System.Globalization;
using Bursar.Understand.Records;

namespace Bursar.Understand.Reporting.Deployments;

/// <summary>A version of a service that went live, as the pipeline that did it tells.</summary>
/// <param name="Service">The application, product or service.</param>
/// <param name="Version">Which version.</param>
/// <param name="At">When it was live.</param>
/// <param name="Environment">Where: production, test.</param>
/// <param name="By">Who or what deployed it.</param>
/// <param name="Link">The pipeline run or the release.</param>
internal sealed record Deployment(
    string Service,
    string Version,
    DateTimeOffset At,
    string? Environment,
    string? By,
    string? Link
)
{
    /// <summary>The kind of record that holds them.</summary>
    public const string Kind = "deployments";

    /// <summary>The day of it, in UTC as days of charges are.</summary>
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>A link that a browser may follow; nothing else is one.</summary>
    public string? Address =>
        Uri.TryCreate(Link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? Link : null;

    public static Deployment Of(BusinessRecord record) =>
        new(
            record.Text("Service")!,
            record.Text("Version")!,
            DateTimeOffset.Parse(record.Text("At")!, CultureInfo.InvariantCulture),
            record.Text("Environment"),
            record.Text("By"),
            record.Text("Link")
        );
}

/// <summary>The deployments that concern a question about cost, as of a moment.</summary>
internal delegate Task<IReadOnlyList<Deployment>> ReadDeployments(
    string? asOf,
    Warehouse.Queries.CostQuery question,
    CancellationToken cancellationToken
);
