using System.Collections;
using System.Reflection;

namespace Bursar.Rulebooks;

/// <summary>Finds the documents that refer to others of a kind by name, going by the fields of their records.</summary>
internal static class FindReferences
{
    /// <summary>By name referred to: the documents that do, in their order.</summary>
    public static ILookup<string, Declaration> To(string kind, Rulebook rulebook) =>
        rulebook
            .Declarations.SelectMany(document =>
                Names(document, kind).Distinct().Select(name => (Name: name, Document: document))
            )
            .ToLookup(pair => pair.Name, pair => pair.Document);

    private static IEnumerable<string> Names(RulebookRecord record, string kind)
    {
        foreach (var field in RecordFields.Of(record.GetType()))
        {
            switch (field.Property.GetValue(record))
            {
                case string name when field.Property.GetCustomAttribute<RefersToAttribute>()?.Target == kind:
                    yield return name;
                    break;
                case RulebookRecord part:
                    foreach (var name in Names(part, kind))
                        yield return name;
                    break;
                case IEnumerable items and not string:
                    foreach (var name in items.OfType<RulebookRecord>().SelectMany(item => Names(item, kind)))
                        yield return name;
                    break;
            }
        }
    }
}
