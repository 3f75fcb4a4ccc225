using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Items;

/// <summary>
/// Finds the configuration item of a charge on a day: by its resource, else by its account. Where two items claim the
/// same, the first declared counts.
/// </summary>
internal sealed class ItemDirectory(IReadOnlyList<ConfigurationItem> items)
{
    private readonly Dictionary<string, ConfigurationItem[]> byResource = By(items, item => item.Resource);

    private readonly Dictionary<string, ConfigurationItem[]> byAccount = By(
        items,
        item => item.Resource is null ? item.Account : null
    );

    /// <summary>The days on which an answer may change.</summary>
    public IEnumerable<DateOnly> ChangeDays =>
        byResource
            .Values.Concat(byAccount.Values)
            .SelectMany(same => same)
            .SelectMany(item => new[] { item.From, item.To })
            .OfType<DateOnly>();

    public ConfigurationItem? OfResource(string? resource, DateOnly day) => On(byResource, resource, day);

    public ConfigurationItem? OfAccount(string? account, DateOnly day) => On(byAccount, account, day);

    private static ConfigurationItem? On(Dictionary<string, ConfigurationItem[]> known, string? key, DateOnly day) =>
        key is not null && known.TryGetValue(key, out var same) ? Array.Find(same, item => item.HoldsOn(day)) : null;

    private static Dictionary<string, ConfigurationItem[]> By(
        IReadOnlyList<ConfigurationItem> items,
        Func<ConfigurationItem, string?> key
    ) =>
        items
            .Where(item => key(item) is not null)
            .GroupBy(item => key(item)!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.ToArray(), StringComparer.OrdinalIgnoreCase);
}
