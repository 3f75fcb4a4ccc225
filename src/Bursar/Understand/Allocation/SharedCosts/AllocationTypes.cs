namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>The values of the column x_AllocationType: how cost came to whom it is shown under.</summary>
internal static class AllocationTypes
{
    /// <summary>By rules, or to nobody.</summary>
    public const string Direct = "Direct";

    /// <summary>It is in a pool that is divided: in the distributed view its parts stand for it.</summary>
    public const string Shared = "Shared";

    /// <summary>A part of a pool.</summary>
    public const string Distributed = "Distributed";

    /// <summary>The organisation keeps it: a pool that is not divided, or that nothing could be divided by.</summary>
    public const string Central = "Central";

    /// <summary>What an invoice and the log of its use differ by: nobody receives it.</summary>
    public const string Residual = "Residual";
}
