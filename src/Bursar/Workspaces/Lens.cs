using Bursar.Warehouse.Queries;

namespace Bursar.Workspaces;

/// <summary>How a whole report is read: in one currency, by the structure of one day.</summary>
/// <param name="Conversion">The currency; null for every amount as billed.</param>
/// <param name="Structure">By whose structure; null for that of each charge's own day.</param>
internal sealed record Lens(Conversion? Conversion, Structure? Structure)
{
    /// <summary>As billed, as it was.</summary>
    public static Lens Plain { get; } = new(null, null);

    /// <summary>The question, asked through this lens where it does not say otherwise itself.</summary>
    public CostQuery Over(CostQuery query) =>
        query with
        {
            Conversion = query.Conversion ?? Conversion,
            Structure = query.Structure ?? Structure,
        };

    /// <summary>"in EUR at plan rates, restated to the structure of 2026-07-01"; empty when nothing is said.</summary>
    public override string ToString() =>
        string.Join(
            ", ",
            new[]
            {
                Conversion is { } conversion
                    ? $"in {conversion.Target} at {conversion.Use.ToString().ToLowerInvariant()} rates"
                    : null,
                Structure is { } structure ? $"restated to the structure of {structure}" : null,
            }.OfType<string>()
        );
}
