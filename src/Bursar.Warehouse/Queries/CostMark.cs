using Bursar.Core.Amounts;

namespace Bursar.Warehouse.Queries;

/// <summary>A part of a total that is less certain than the rest.</summary>
/// <param name="Kind">"estimate": no bill has arrived yet. "not-final": the provider has issued no invoice yet.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Deliveries">The deliveries that hold it.</param>
/// <param name="Amounts">How much of the answer it is, per currency.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record CostMark(
    string Kind,
    string Source,
    IReadOnlyList<string> Deliveries,
    IReadOnlyList<Money> Amounts,
    string Sentence
);
