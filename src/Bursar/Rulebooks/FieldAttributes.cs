namespace Bursar.Rulebooks;

/// <summary>The value is the name of something declared elsewhere in the rulebook.</summary>
/// <param name="target">A kind ("Scope"), or a list of the organisation ("costCentres").</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefersToAttribute(string target) : Attribute
{
    public string Target { get; } = target;
}

/// <summary>A list of the words a field may hold, kept as data.</summary>
internal interface IWordList
{
    static abstract IReadOnlyList<string> Words { get; }
}

/// <summary>The value is one of a list of words.</summary>
internal abstract class OneOfAttribute : Attribute
{
    public abstract IReadOnlyList<string> Words { get; }
}

/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute<T> : OneOfAttribute
    where T : IWordList
{
    public override IReadOnlyList<string> Words => T.Words;
}

/// <summary>The value is a whole or decimal number between two bounds, both included.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BetweenAttribute(int min, int max) : Attribute
{
    public int Min { get; } = min;

    public int Max { get; } = max;
}

/// <summary>The value is a currency code of three capital letters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CurrencyCodeAttribute : Attribute;

/// <summary>The words of an enumeration are FOCUS names and are written as such ("EffectiveCost"), not in small
/// letters.</summary>
/// <param name="only">The words that have a meaning here; without any, all of the enumeration.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AsInFocusAttribute(params string[] only) : Attribute
{
    public IReadOnlyList<string> Only { get; } = only;
}

/// <summary>The conditions may also ask for what is known around a charge: <c>Hierarchy/level</c>,
/// <c>Item/field</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OfRulesAttribute : Attribute;

/// <summary>The conditions become a question to the books, which knows no regular expressions.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AsFilterAttribute : Attribute;
