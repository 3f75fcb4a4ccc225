using System.Collections;
using System.Reflection;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>What the check of one document may ask and say: the whole rulebook, and findings with their
/// places.</summary>
/// <param name="Rulebook">Everything that was understood.</param>
/// <param name="Names">Every name declared per kind or list, also of documents that hold a mistake.</param>
/// <param name="Findings">Where mistakes go.</param>
internal sealed record RulebookCheck(
    Rulebook Rulebook,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Names,
    Findings Findings
)
{
    /// <summary>Singular, for messages, of what can be referred to.</summary>
    private static readonly Dictionary<string, string> Nouns = new()
    {
        ["legalEntities"] = "legal entity",
        ["costCentres"] = "cost centre",
        ["products"] = "product",
        ["applications"] = "application",
        ["projects"] = "project",
        ["environments"] = "environment",
        ["owners"] = "owner",
    };

    /// <summary>How messages call the folder; null for paths inside it alone.</summary>
    public string? ShownAs { get; init; }

    /// <summary>The file that a document names, as messages call it; null when it is not there.</summary>
    public YamlFile? FileOf(INamesFile document) =>
        Rulebook.Files.FirstOrDefault(file => file.Path == document.File) is { } file
            ? new YamlFile(ShownAs is null ? file.Path : ShownAs.TrimEnd('/') + "/" + file.Path, file.Text)
            : null;

    public void Error(RulebookRecord record, string key, string code, string message, string remedy)
    {
        if (record.At(key) is { } at)
            Findings.Error(at, code, message, remedy);
    }

    public void Warn(RulebookRecord record, string key, string code, string message, string remedy)
    {
        if (record.At(key) is { } at)
            Findings.Warn(at, code, message, remedy);
    }

    /// <summary>"in organisation.yaml, line 12": where something was written.</summary>
    public static string Where(RulebookRecord record) =>
        record.Origin is { } origin ? $"in {origin.Position.File}, line {origin.Position.Line}" : "elsewhere";

    /// <summary>An error when nothing of that kind or list has the name.</summary>
    /// <remarks>A list of the organisation that is empty refuses nothing: a rulebook need not begin with an
    /// organisation.</remarks>
    public void Reference(RulebookRecord record, string key, string? name, string target)
    {
        // A key that is missing was told already: it left an empty name.
        if (name is { Length: > 0 } && record.At(key) is { } at)
            Reference(at, name, target);
    }

    /// <inheritdoc cref="Reference(RulebookRecord, string, string?, string)"/>
    public void Reference(YamlNode at, string name, string target)
    {
        var isList = Nouns.TryGetValue(target, out var noun);
        var names = Names.GetValueOrDefault(target);
        if (names is null ? isList : names.Contains(name))
            return;
        var code = (noun ?? target.ToLowerInvariant()).Replace(' ', '-');
        noun ??= Spaced(target);
        var remedy = isList
            ? $"They are declared in kind: Organisation, under {target}."
            : $"It would be declared by kind: {target}, name: {name}.";
        Findings.Error(
            at,
            "unknown-" + code,
            $"No {noun} is called \"{name}\".{DidYouMean.Question(name, names ?? (IEnumerable<string>)[])}",
            remedy
        );
    }

    /// <summary>"fiscal calendar" for FiscalCalendar.</summary>
    private static string Spaced(string kind) =>
        string.Concat(kind.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {letter}" : $"{letter}"))
            .ToLowerInvariant();

    /// <summary>Checks references and ranges of a record and of all records in it, going by its fields.</summary>
    public void Walk(RulebookRecord record)
    {
        if (record is IEffectiveDated { From: { } from, To: { } to } && to <= from)
        {
            Error(
                record,
                "to",
                "empty-range",
                $"The range ends on {to:yyyy-MM-dd}, which is not after it starts, {from:yyyy-MM-dd}.",
                "to is the day after the last day; leave it away for an open end."
            );
        }
        foreach (var field in RecordFields.Of(record.GetType()))
        {
            var value = field.Property.GetValue(record);
            if (value is string name && field.Property.GetCustomAttribute<RefersToAttribute>() is { } refers)
                Reference(record, field.Key, name, refers.Target);
            else if (value is RulebookRecord part)
                Walk(part);
            else if (value is IEnumerable items and not string)
                foreach (var item in items.OfType<RulebookRecord>())
                    Walk(item);
        }
    }
}
