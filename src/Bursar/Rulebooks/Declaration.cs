using System.ComponentModel;

namespace Bursar.Rulebooks;

/// <summary>A part of a rulebook that remembers where it was written.</summary>
internal abstract record RulebookRecord
{
    /// <summary>The map it was read from; null when it was made in code.</summary>
    internal YamlMap? Origin { get; init; }

    /// <summary>The node of a key of this record, or the record itself.</summary>
    internal YamlNode? At(string key) => Origin?.Find(key) ?? Origin;
}

/// <summary>One document of a rulebook: a kind, a name, and what is declared under it.</summary>
internal abstract record Declaration : RulebookRecord
{
    [Description("The name other documents use for this one. Letters, digits, dot, dash and underscore.")]
    public required string Name { get; init; }

    /// <summary>The kind, as written in the file.</summary>
    public string Kind => RulebookKinds.NameOf(GetType());

    /// <summary>Looks for mistakes that the shape alone does not show.</summary>
    public virtual void Check(RulebookCheck check) { }
}

/// <summary>A document that keeps its data in a file beside the YAML. The file is read, hashed and published with the
/// rulebook.</summary>
internal interface INamesFile
{
    /// <summary>The file's path inside the rulebook, forward slashes; null without one.</summary>
    string? File { get; }
}

/// <summary>Something that holds from a day (inclusive) to a day (exclusive); without them, always.</summary>
internal interface IEffectiveDated
{
    DateOnly? From { get; }

    DateOnly? To { get; }
}

/// <summary>Questions about days from and to.</summary>
internal static class EffectiveDates
{
    public static bool HoldsOn(this IEffectiveDated dated, DateOnly day) =>
        (dated.From ?? DateOnly.MinValue) <= day && day < (dated.To ?? DateOnly.MaxValue);

    public static bool Overlaps(this IEffectiveDated one, IEffectiveDated other) =>
        (one.From ?? DateOnly.MinValue) < (other.To ?? DateOnly.MaxValue)
        && (other.From ?? DateOnly.MinValue) < (one.To ?? DateOnly.MaxValue);

    /// <summary>"from 2026-01-01 to 2026-07-01", "always".</summary>
    public static string Words(this IEffectiveDated dated) =>
        (dated.From, dated.To) switch
        {
            (null, null) => "always",
            ({ } from, null) => $"from {from:yyyy-MM-dd}",
            (null, { } to) => $"until {to:yyyy-MM-dd}",
            ({ } from, { } to) => $"from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}",
        };
}
