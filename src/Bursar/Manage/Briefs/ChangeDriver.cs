using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>One reason why a month cost more or less than the one before.</summary>
/// <param name="Title">The reason in a few words.</param>
/// <param name="Change">By how much it moved the cost.</param>
/// <param name="Meaning">How it was found.</param>
/// <param name="IsReason">True when it says why; false when it only says where.</param>
internal record ChangeDriver(BriefText Title, Amount Change, string Meaning, bool IsReason)
{
    /// <summary>What moved, without saying how.</summary>
    public BriefText Subject { get; init; } = Title;

    public IReadOnlyList<CostQuery> Questions { get; init; } = [];

    public IReadOnlyList<BriefPart> Parts { get; init; } = [];
}

/// <summary>
/// Why a month cost more or less than the one before: reasons that sum to the change, with what is left over.
/// </summary>
internal sealed record ChangeExplained(Amount Change, IReadOnlyList<ChangeDriver> Drivers)
{
    public Amount Other => Change - BriefMath.Sum(Drivers.Select(driver => driver.Change));
}
