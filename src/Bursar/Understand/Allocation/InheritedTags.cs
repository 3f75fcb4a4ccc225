using System.Text.Json;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation;

/// <summary>
/// The tags of a charge as rules read them: those of who received a part that a provider split, its own, and those
/// that
/// its account or configuration item passes on.
/// </summary>
internal sealed class InheritedTags
{
    private readonly TagResolver tags;
    private readonly Surroundings? around;
    private readonly List<string> keys;

    public InheritedTags(Rulebook rulebook)
    {
        var policies = rulebook.All<TagPolicy>().ToList();
        tags = new TagResolver(policies);
        keys = [.. policies.SelectMany(policy => policy.Keys).Select(key => key.Key).Distinct()];
        foreach (var key in keys)
            tags.Ask(key);
        var sources = policies.SelectMany(policy => policy.Inherit).ToHashSet();
        if (sources.Count == 0)
            return;
        var needs = new Surroundings.Needs([], sources.Contains(TagSource.Account), sources.Contains(TagSource.Item));
        Columns = [.. needs.Columns];
        around = new Surroundings(rulebook, needs, Columns, tags, Columns.Count);
    }

    /// <summary>The columns by which accounts and items are found; none where nothing is inherited.</summary>
    public IReadOnlyList<string> Columns { get; } = [];

    /// <summary>The tags as a JSON object, and the keys that were passed on.</summary>
    /// <param name="own">The charge's own, a JSON object.</param>
    /// <param name="allocated">Those of who received the part, a JSON object; they come first.</param>
    /// <param name="values">The values of <see cref="Columns"/>.</param>
    /// <param name="day">The day.</param>
    public (string? Json, IReadOnlyList<string> Inherited) Of(
        string? own,
        string? allocated,
        IReadOnlyList<string?> values,
        DateOnly day
    )
    {
        var slots = new string?[Columns.Count + tags.Count];
        for (var i = 0; i < Columns.Count; i++)
            slots[i] = values[i];
        tags.Resolve(allocated is null ? own : Merged(own, allocated), slots.AsSpan(Columns.Count));
        var sources = around?.Fill(slots, day, interval: 0);
        if (sources is null && allocated is null)
            return (own, []);
        var inherited = Enumerable
            .Range(0, keys.Count)
            .Where(tag => sources?[Columns.Count + tag] is not null)
            .ToDictionary(tag => keys[tag], tag => slots[Columns.Count + tag]!);
        var all = allocated is null ? own : Merged(own, allocated);
        return (inherited.Count == 0 ? all : Merged(all, JsonSerializer.Serialize(inherited)), [.. inherited.Keys]);
    }

    /// <summary>Both objects as one; what the second has counts.</summary>
    private static string Merged(string? first, string second)
    {
        var merged = new Dictionary<string, JsonElement>();
        foreach (var text in new[] { first, second })
        {
            try
            {
                using var document = JsonDocument.Parse(text ?? "{}");
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                    foreach (var tag in document.RootElement.EnumerateObject())
                        merged[tag.Name] = tag.Value.Clone();
            }
            catch (JsonException)
            {
                // Tags that are no JSON are no tags; ingestion has said so.
            }
        }
        return JsonSerializer.Serialize(merged);
    }
}
