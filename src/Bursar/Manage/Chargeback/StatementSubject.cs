using Bursar.Core.Diagnostics;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>Whom a statement is about: a scope, or values of shared fields; all of them must hold.</summary>
/// <param name="Title">As people call it.</param>
/// <param name="Where">Its charges.</param>
/// <param name="Fields">Shared field and value.</param>
/// <param name="Scope">The name of the scope; null without one.</param>
/// <param name="Question">The business question of the scope.</param>
public sealed record StatementSubject(
    string Title,
    IReadOnlyList<CostFilter> Where,
    IReadOnlyList<KeyValuePair<string, string?>> Fields,
    string? Scope,
    string? Question = null
);

/// <summary>Finds whom a statement is about, and what is known of them.</summary>
internal static class Subjects
{
    /// <summary>The words of doors for the shared fields, in their order: cost-centre, product, …, owner.</summary>
    public static IReadOnlyList<string> Words { get; } =
    ["cost-centre", "product", "application", "legal-entity", "environment", "project", "owner"];

    /// <summary>Who is meant; a value of null, or an empty one, is "nobody": what no value is known of.</summary>
    /// <exception cref="RefusedException">No such scope is declared.</exception>
    public static StatementSubject Of(
        BooksView view,
        string? scope,
        IReadOnlyList<KeyValuePair<string, string?>> fields
    )
    {
        var declared = scope is null ? null : Declared(view.Rulebook, scope);
        var titles = fields.Select(field => TitleOf(view, field.Key, field.Value));
        return new StatementSubject(
            string.Join(", ", (declared is null ? [] : new[] { declared.Title }).Concat(titles)),
            [
                .. declared?.Charges.ToFilters() ?? [],
                .. fields.Select(field => new CostFilter(field.Key, [Value(field.Value)])),
            ],
            [.. fields.Select(field => KeyValuePair.Create(field.Key, Value(field.Value)))],
            declared?.Name,
            declared?.Question
        );
    }

    /// <summary>"owner" is x_Owner; x_Owner is, too.</summary>
    /// <exception cref="RefusedException">It is no shared field.</exception>
    public static string Field(string word)
    {
        var place = Words.ToList().FindIndex(known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (place >= 0)
            return SharedFields.Names[place];
        return SharedFields.Names.FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusedException(
                "showback/unknown-field",
                $"\"{word}\" is no shared field.{DidYouMean.Question(word, Words.Concat(SharedFields.Names))}",
                $"Write one of {string.Join(", ", SharedFields.Names)}.",
                exitCode: 2
            );
    }

    /// <summary>The name that people read of a value: "Head of digital", or "no owner".</summary>
    public static string TitleOf(BooksView view, string field, string? value)
    {
        var place = SharedFields.IndexOf(field);
        if (string.IsNullOrEmpty(value))
            return "no " + Words[place].Replace('-', ' ');
        var name = Declared(view.Rulebook, place).FirstOrDefault(unit => unit.Id == value)?.Name;
        return name is null || name == value ? value : $"{name} ({value})";
    }

    /// <summary>Whether the organisation knows the value.</summary>
    public static bool IsDeclared(BooksView view, string field, string value) =>
        Declared(view.Rulebook, SharedFields.IndexOf(field)).Any(unit => unit.Id == value);

    /// <summary>The values that the organisation declares for a field.</summary>
    public static IEnumerable<OrganisationUnit> Declared(Rulebook rulebook, int field) =>
        rulebook
            .All<Organisation>()
            .SelectMany(organisation => organisation.Lists)
            .Where(list => list.List == SharedFields.OrganisationLists[field])
            .SelectMany(list => list.Units);

    /// <summary>How many reasons of a change are shown one by one.</summary>
    public static int Detail(StatementSubject subject, BooksView view) =>
        Profile(subject, view).Detail switch
        {
            ReportDetail.Summary => 3,
            ReportDetail.Full => 12,
            _ => 5,
        };

    /// <summary>
    /// How it is reported: by its scope's profile, and by the organisation's where that says nothing.
    /// </summary>
    public static ScopeProfile Profile(StatementSubject subject, BooksView view) =>
        ReviewScopes.Profile(ScopeOf(subject, view), view.Rulebook);

    /// <summary>The scope that a subject names.</summary>
    public static Scope? ScopeOf(StatementSubject subject, BooksView view) =>
        subject.Scope is { } name ? view.Rulebook.Find<Scope>(name) : null;

    private static string? Value(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static Scope Declared(Rulebook rulebook, string name) =>
        rulebook.Find<Scope>(name)
        ?? throw new RefusedException(
            "showback/unknown-scope",
            $"No scope is called \"{name}\".{DidYouMean.Question(name, rulebook.All<Scope>().Select(one => one.Name))}",
            "`bursar scopes` lists them; kind: Scope in the rulebook declares one.",
            exitCode: 2
        );
}
