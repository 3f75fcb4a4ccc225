using Bursar.Rulebooks;

namespace Bursar.Quantify.Budgets;

/// <summary>What owners are called for people; ids are for rules and programs.</summary>
internal sealed class OwnerTitles(Rulebook rulebook)
{
    private readonly Dictionary<string, string> names = rulebook
        .All<Organisation>()
        .SelectMany(one => one.Owners)
        .GroupBy(owner => owner.Id)
        .ToDictionary(same => same.Key, same => same.Last().Name ?? same.Key);

    /// <summary>The name, the id where there is none, or a dash for nobody.</summary>
    public string Of(string? owner) =>
        owner is null ? "–"
        : names.TryGetValue(owner, out var name) ? name
        : owner;
}
