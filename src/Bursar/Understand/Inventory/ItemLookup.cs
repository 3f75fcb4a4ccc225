using Bursar.Understand.Allocation.Items;

namespace Bursar.Understand.Inventory;

/// <summary>
/// Finds the configuration item of a charge: by its resource, else by its account, else by its application. Where two
/// items claim the same, the first declared counts.
/// </summary>
internal sealed class ItemLookup
{
    private readonly Dictionary<string, ConfigurationItem> byResource = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ConfigurationItem> byAccount = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ConfigurationItem> byName = new(StringComparer.OrdinalIgnoreCase);

    public ItemLookup(IEnumerable<ConfigurationItem> items)
    {
        foreach (var item in items)
        {
            if (item.Resource is { } resource)
                byResource.TryAdd(resource, item);
            else if (item.Account is { } account)
                byAccount.TryAdd(account, item);
            else
            {
                byName.TryAdd(item.Id, item);
                if (item.Name is { } name)
                    byName.TryAdd(name, item);
            }
        }
    }

    /// <param name="keys">ResourceId, ResourceName, SubAccountId, SubAccountName, ServiceName, x_Application.</param>
    public ConfigurationItem? Find(IReadOnlyList<string?> keys) =>
        In(byResource, keys[0])
        ?? In(byResource, keys[1])
        ?? In(byAccount, keys[2])
        ?? In(byAccount, keys[3])
        ?? In(byName, keys[5]);

    private static ConfigurationItem? In(Dictionary<string, ConfigurationItem> items, string? key) =>
        key is null ? null : items.GetValueOrDefault(key);
}
