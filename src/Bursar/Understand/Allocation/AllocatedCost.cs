using Bursar.Core.Amounts;

namespace Bursar.Understand.Allocation;

/// <summary>Cost by how it came to whom it is shown under; the four parts sum to all of it.</summary>
/// <param name="Direct">Given an owner by a rule or the organisation.</param>
/// <param name="Distributed">Parts of shared cost, with those who use it.</param>
/// <param name="Central">Shared cost that the organisation keeps, by a declared decision.</param>
/// <param name="Unallocated">What belongs to nobody.</param>
internal sealed record AllocatedCost(Amount Direct, Amount Distributed, Amount Central, Amount Unallocated)
{
    public Amount Total => Direct + Distributed + Central + Unallocated;

    public AllocationRatios Ratios => AllocationMath.Ratios(Total, Direct, Distributed + Central, Distributed);
}
