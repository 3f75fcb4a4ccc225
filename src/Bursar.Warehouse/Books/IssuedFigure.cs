using Bursar.Core.Amounts;

namespace Bursar.Warehouse.Books;

/// <summary>A figure as it left the books, with all that is needed to ask for it again.</summary>
/// <param name="Measure">Which cost: "EffectiveCost".</param>
/// <param name="Where">Of which charges: "x_Owner=head-of-digital"; none for all.</param>
/// <param name="From">The first day of the period.</param>
/// <param name="To">The day after its last.</param>
/// <param name="Through">The day after the last that the data covered then.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Amount">To the last digit.</param>
/// <param name="Shown">As printed.</param>
/// <param name="Entry">The journal entry up to which the books were read.</param>
public sealed record IssuedFigure(
    string Measure,
    IReadOnlyList<string> Where,
    DateOnly From,
    DateOnly To,
    DateOnly Through,
    string Currency,
    Amount Amount,
    Amount Shown,
    long Entry
)
{
    /// <summary>"Distributed" when shared cost was divided; null for direct cost.</summary>
    public string? Allocation { get; init; }

    /// <summary>"Billing" when charges were taken by billing period; null for the days they serve.</summary>
    public string? Time { get; init; }

    /// <summary>The day of the structure that it was restated to; null as it was.</summary>
    public string? Structure { get; init; }

    /// <summary>Which rates it was converted at; null as billed.</summary>
    public string? Rates { get; init; }

    /// <summary>True when the rules were not published.</summary>
    public bool? Draft { get; init; }
}
