using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Limits;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Chargeback.Mine;

/// <summary>Cost of mine that lacks something: a product, an application, an owner.</summary>
/// <param name="What">What is missing, in words: "no product".</param>
/// <param name="Cost">How much.</param>
/// <param name="Behind">The question that opens it.</param>
internal sealed record MissingPart(string What, Money Cost, CostQuery Behind);

/// <summary>What an owner needs to know in ten seconds.</summary>
/// <param name="Owner">The value of x_Owner.</param>
/// <param name="SoFar">The month of the newest data, against the same days of the month before.</param>
/// <param name="LastMonth">The whole month before, and by currency what it cost.</param>
/// <param name="Missing">Own charges that are not fully labelled, largest first.</param>
/// <param name="Near">Cost without an owner in accounts that are mostly this owner's, largest first.</param>
/// <param name="Next">What to do now, in one sentence.</param>
/// <param name="NextBehind">The question that opens what the sentence is about; null when there is nothing to
/// do.</param>
internal sealed record MyCost(
    string Owner,
    Statement SoFar,
    (DateRange Days, IReadOnlyList<Money> Totals) LastMonth,
    IReadOnlyList<MissingPart> Missing,
    IReadOnlyList<MissingPart> Near,
    string Next,
    CostQuery? NextBehind
)
{
    /// <summary>The limits that they answer for, the worst first.</summary>
    public IReadOnlyList<LimitStatus> Limits { get; init; } = [];

    /// <summary>So many reasons of a change fit on a screen.</summary>
    public const int Reasons = 3;
}

/// <summary>What an owner needs to know, as of a moment; null when the books are empty.</summary>
internal delegate Task<MyCost?> ReadMyCost(string owner, string? asOf, CancellationToken cancellationToken);
