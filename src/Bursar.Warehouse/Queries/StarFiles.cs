namespace Bursar.Warehouse.Queries;

/// <summary>
/// What questions are asked of: sums per profile and day, and what each profile is and whom its cost belongs to.
/// </summary>
/// <param name="Daily">Parquet files of (x_DeliveryKey, x_ProfileId, x_Interval, Day, x_BillingPeriod, the cost
/// columns).</param>
/// <param name="Profiles">
/// Parquet files of (x_DeliveryKey, x_ProfileId, x_Interval, attributes, shared fields, the rules that set them).
/// </param>
/// <param name="Columns">Every attribute column that any of the profile files has.</param>
public sealed record StarFiles(
    IReadOnlyList<string> Daily,
    IReadOnlyList<string> Profiles,
    IReadOnlySet<string> Columns
)
{
    /// <summary>The delivery that each x_DeliveryKey stands for.</summary>
    public IReadOnlyDictionary<ulong, string> Deliveries { get; init; } = new Dictionary<ulong, string>();

    /// <summary>Where the daily rows are, in SQL: the files, or a table in memory with the same rows.</summary>
    public string DailySource { get; init; } = $"read_parquet({SqlText.List(Daily)})";

    /// <inheritdoc cref="DailySource"/>
    public string ProfilesSource { get; init; } = $"read_parquet({SqlText.List(Profiles)}, union_by_name=true)";

    /// <summary>Days on which a rule begins or ends, ascending: they cut time into the intervals 0, 1, 2, …</summary>
    public IReadOnlyList<DateOnly> Breakpoints { get; init; } = [];
}
