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
    public string DailySource { get; init; } = Files(Daily);

    /// <inheritdoc cref="DailySource"/>
    public string ProfilesSource { get; init; } = $"read_parquet({SqlText.List(Profiles)}, union_by_name=true)";

    /// <summary>The attribute columns that the files have at least one of; others of the books read as null.</summary>
    public IReadOnlySet<string> Stored { get; init; } = Columns;

    /// <summary>The attribute columns that files of parts of shared cost have beside those of charges.</summary>
    public IReadOnlySet<string> OfParts { get; init; } = new HashSet<string>();

    /// <summary>The place of the first file of such parts; null where there are none.</summary>
    public int? PartsFrom { get; init; }

    /// <summary>
    /// The same with fewer files, to be opened for a question that the others cannot answer; tables stay as they are.
    /// </summary>
    /// <param name="isNeeded">By the id of the delivery, which is the name of its files.</param>
    /// <param name="stored">The attribute columns of the deliveries that are needed.</param>
    public StarFiles Only(Func<string, bool> isNeeded, IReadOnlySet<string> stored)
    {
        if (DailySource != Files(Daily))
            return this;
        var direct = Profiles.Take(PartsFrom ?? Profiles.Count).Where(IsNeeded).ToList();
        var parts = Profiles.Skip(PartsFrom ?? Profiles.Count).Where(IsNeeded).ToList();
        return new StarFiles([.. Daily.Where(IsNeeded)], [.. direct, .. parts], Columns)
        {
            Deliveries = Deliveries,
            Breakpoints = Breakpoints,
            Stored = parts.Count == 0 ? stored : stored.Concat(OfParts).ToHashSet(),
            OfParts = OfParts,
            PartsFrom = direct.Count,
        };

        bool IsNeeded(string path) => isNeeded(Path.GetFileNameWithoutExtension(path));
    }

    private static string Files(IReadOnlyList<string> paths) => $"read_parquet({SqlText.List(paths)})";

    /// <summary>Days on which a rule begins or ends, ascending: they cut time into the intervals 0, 1, 2, …</summary>
    public IReadOnlyList<DateOnly> Breakpoints { get; init; } = [];
}
