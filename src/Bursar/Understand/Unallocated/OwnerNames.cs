using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary>The names that people read for the values of a shared field.</summary>
internal sealed class OwnerNames
{
    private readonly Dictionary<string, string?> names = new(StringComparer.Ordinal);

    public OwnerNames(BooksView view, string field)
    {
        var list = SharedFields.OrganisationLists[SharedFields.IndexOf(field)];
        var units = view
            .Rulebook.All<Organisation>()
            .SelectMany(organisation => organisation.Lists)
            .Where(one => one.List == list)
            .SelectMany(one => one.Units);
        foreach (var unit in units)
            names[unit.Id] = unit.Name ?? names.GetValueOrDefault(unit.Id);
    }

    /// <summary>The values that the organisation declares.</summary>
    public IReadOnlyCollection<string> Declared => names.Keys;

    public string? Of(string value) => names.GetValueOrDefault(value);

    /// <summary>"4110 (Claims)".</summary>
    public string Words(string value) => Of(value) is { } name && name != value ? $"{value} ({name})" : value;
}
