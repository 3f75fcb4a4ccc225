using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;

namespace Bursar.Understand.Quality;

/// <summary>What is wrong with a tag.</summary>
internal enum TagFaultKind
{
    /// <summary>It is required and not there.</summary>
    Missing,

    /// <summary>Its value is none of those allowed.</summary>
    NotAllowed,

    /// <summary>Its value does not fit the format.</summary>
    WrongFormat,
}

/// <summary>One tag that the policy does not accept.</summary>
internal sealed record TagFault(string Key, TagFaultKind Kind, string Sentence);

/// <summary>What tag policies say about a set of tags.</summary>
/// <param name="IsInScope">Whether any policy is for it.</param>
/// <param name="Faults">What they do not accept; none passes.</param>
internal sealed record TagVerdict(bool IsInScope, IReadOnlyList<TagFault> Faults)
{
    public bool Passes => Faults.Count == 0;

    /// <summary>Whether a required tag is missing, rather than wrong.</summary>
    public bool LacksTag => Faults.Any(fault => fault.Kind == TagFaultKind.Missing);
}

/// <summary>The tag policies of a rulebook, ready to judge many sets of tags.</summary>
internal sealed class CheckTags
{
    private readonly TagResolver resolver;
    private readonly List<PolicyRules> policies;

    /// <summary>A policy with the places of the tags it asks for.</summary>
    private sealed record PolicyRules(IReadOnlyList<ScopeCondition> Scope, IReadOnlyList<KeyRule> Keys);

    /// <summary>A condition of a policy's scope: on a column, or on a tag.</summary>
    private sealed record ScopeCondition(string Column, int? Tag, CompiledCondition Condition);

    /// <summary>What a policy asks of one key.</summary>
    private sealed record KeyRule(
        TagKey Key,
        int Slot,
        IReadOnlyList<Wildcard> Allowed,
        IReadOnlySet<string>? Ids,
        Regex? Format
    );

    public CheckTags(Rulebook rulebook)
    {
        var all = rulebook.All<TagPolicy>().ToList();
        resolver = new TagResolver(all);
        var organisation = rulebook
            .All<Organisation>()
            .SelectMany(one => one.Lists)
            .ToLookup(list => list.List, list => list.Units);
        policies = all.ConvertAll(policy => new PolicyRules(
            [.. (policy.AppliesTo ?? new Conditions([])).Select(Compile)],
            [
                .. policy.Keys.Select(key => new KeyRule(
                    key,
                    resolver.Ask(key.Key),
                    [.. key.Allowed.Select(value => new Wildcard(value, Letters(key)))],
                    key.AllowedFrom is { } list
                        ? organisation[list]
                            .SelectMany(units => units)
                            .Select(unit => unit.Id)
                            .ToHashSet(key.IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
                        : null,
                    key.Format is { } format ? ConditionsReader.Compile(format, key.IgnoreCase) : null
                )),
            ]
        ));
    }

    /// <summary>Whether any policy asks anything.</summary>
    public bool AsksAnything =>
        policies.Exists(policy => policy.Keys.Any(rule => rule.Key.Required || IsRestricted(rule)));

    /// <summary>The columns that the scopes of policies look at.</summary>
    public IReadOnlyList<string> ScopeColumns =>
        [
            .. policies
                .SelectMany(policy => policy.Scope)
                .Where(condition => condition.Tag is null)
                .Select(condition => condition.Column)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The keys that policies ask for, in their order.</summary>
    public IReadOnlyList<TagKey> Keys =>
        [.. policies.SelectMany(policy => policy.Keys).Select(rule => rule.Key).DistinctBy(key => key.Key)];

    /// <summary>Judges a set of tags.</summary>
    /// <param name="tags">A JSON object as text; null is no tags.</param>
    /// <param name="column">The value of a column of the scope; null is "no value".</param>
    /// <param name="isKnown">Whether a column can be told at all; a condition on one that cannot holds.</param>
    public TagVerdict Judge(string? tags, Func<string, string?> column, Func<string, bool>? isKnown = null)
    {
        var found = new string?[resolver.Count];
        resolver.Resolve(tags, found);
        var faults = new List<TagFault>();
        var isInScope = false;
        foreach (var policy in policies.Where(policy => policy.Scope.All(Holds)))
        {
            isInScope = true;
            faults.AddRange(policy.Keys.Select(rule => Fault(rule, found[rule.Slot])).OfType<TagFault>());
        }
        return new TagVerdict(isInScope, faults);

        bool Holds(ScopeCondition condition) =>
            condition.Tag is { } slot
                ? condition.Condition.Holds(found[slot])
                : isKnown?.Invoke(condition.Column) == false || condition.Condition.Holds(column(condition.Column));
    }

    /// <summary>Tags as a JSON object.</summary>
    public static string Json(IReadOnlyDictionary<string, string> tags) =>
        JsonSerializer.Serialize(tags, TagJson.Default.IReadOnlyDictionaryStringString);

    private ScopeCondition Compile(Condition condition)
    {
        if (ColumnNames.TagKey(condition.Column) is not { } key)
            return new ScopeCondition(
                condition.Column,
                null,
                new CompiledCondition(0, condition, value => value, false)
            );
        var slot = resolver.Ask(key);
        return new ScopeCondition(
            condition.Column,
            slot,
            new CompiledCondition(0, condition, value => resolver.Canonical(slot, value), resolver.IgnoresCase(slot))
        );
    }

    private static TagFault? Fault(KeyRule rule, string? value)
    {
        var key = rule.Key.Key;
        if (value is null)
            return rule.Key.Required ? new TagFault(key, TagFaultKind.Missing, $"{key} is missing.") : null;
        if (value == DeclaredResource.Unknown)
            return null;
        if (rule.Allowed.Count > 0 && !rule.Allowed.Any(allowed => allowed.Matches(value)))
            return new TagFault(
                key,
                TagFaultKind.NotAllowed,
                $"{key} is \"{value}\"; it may be {string.Join(", ", rule.Key.Allowed.Take(8))}."
            );
        if (rule.Ids is { Count: > 0 } ids && !ids.Contains(value))
            return new TagFault(
                key,
                TagFaultKind.NotAllowed,
                $"{key} is \"{value}\", which is none of the organisation's {rule.Key.AllowedFrom}."
            );
        return rule.Format is { } format && !format.IsMatch(value)
            ? new TagFault(
                key,
                TagFaultKind.WrongFormat,
                $"{key} is \"{value}\", which does not fit {rule.Key.Format}."
            )
            : null;
    }

    private static bool IsRestricted(KeyRule rule) =>
        rule.Allowed.Count > 0 || rule.Ids is { Count: > 0 } || rule.Format is not null;

    private static StringComparison Letters(TagKey key) =>
        key.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class TagJson : JsonSerializerContext;
