namespace Bursar.Warehouse.Queries;

/// <summary>The files that questions are asked of: sums per profile and day, and what each profile is and whom its cost belongs to.</summary>
/// <param name="Daily">Parquet files of (x_DeliveryKey, x_ProfileId, x_Interval, Day, x_BillingPeriod, the cost columns).</param>
/// <param name="Profiles">Parquet files of (x_DeliveryKey, x_ProfileId, x_Interval, attributes, shared fields, the rules that set them).</param>
/// <param name="Columns">Every attribute column that any of the profile files has.</param>
public sealed record StarFiles(IReadOnlyList<string> Daily, IReadOnlyList<string> Profiles, IReadOnlySet<string> Columns)
{
    /// <summary>The delivery that each x_DeliveryKey stands for.</summary>
    public IReadOnlyDictionary<ulong, string> Deliveries { get; init; } = new Dictionary<ulong, string>();

    /// <summary>Days on which a rule begins or ends, ascending: they cut time into the intervals 0, 1, 2, …</summary>
    public IReadOnlyList<DateOnly> Breakpoints { get; init; } = [];
}
