using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Quality;

/// <summary>Whether the tags of a declared resource pass.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Result">"pass", "fail" or "skip".</param>
/// <param name="Faults">What the policy does not accept.</param>
/// <param name="Remark">Why it was skipped, or what passes and could be better.</param>
internal sealed record CheckedResource(
    DeclaredResource Resource,
    string Result,
    IReadOnlyList<TagFault> Faults,
    string? Remark
);

/// <summary>What the tag policies say about the resources that a file declares.</summary>
internal sealed record TagCheck(string File, IReadOnlyList<CheckedResource> Resources)
{
    public bool Passes => Failed == 0;

    public int Failed => Resources.Count(resource => resource.Result == CheckResources.Fail);

    public int Passed => Resources.Count(resource => resource.Result == CheckResources.Pass);

    public int Skipped => Resources.Count(resource => resource.Result == CheckResources.Skip);
}

/// <summary>Judges the resources that a file declares before they are made (ALC-03).</summary>
internal sealed class CheckResources(Rulebook rulebook)
{
    public const string Pass = "pass";
    public const string Fail = "fail";
    public const string Skip = "skip";

    private readonly CheckTags policies = new(rulebook);

    /// <exception cref="RefusedException">It declares no resources that can be read, or no policy asks for
    /// tags.</exception>
    public TagCheck Of(string name, string text)
    {
        if (!policies.AsksAnything)
            throw new RefusedException(
                "tags/no-policy",
                "The rulebook asks for no tags, so every resource would pass.",
                "Add a kind: TagPolicy with keys that are required, or have allowed values or a format."
            );
        return new TagCheck(name, [.. ReadResources.Of(name, text).Select(Judge)]);
    }

    private CheckedResource Judge(DeclaredResource resource)
    {
        if (!resource.TakesTags)
            return new CheckedResource(resource, Skip, [], "This kind of resource takes no tags.");
        var verdict = policies.Judge(CheckTags.Json(resource.Tags), resource.Column, resource.Knows);
        if (!verdict.IsInScope)
            return new CheckedResource(resource, Skip, [], "No policy is for it.");
        return new CheckedResource(resource, verdict.Passes ? Pass : Fail, verdict.Faults, Spellings(resource));
    }

    /// <summary>Tags under another spelling of their key are accepted; writing it properly saves a rule.</summary>
    private string? Spellings(DeclaredResource resource)
    {
        var others = policies
            .Keys.SelectMany(key =>
                key.Spellings.Where(spelling => spelling != key.Key && resource.Tags.ContainsKey(spelling))
                    .Select(spelling => $"{spelling} is read as {key.Key}")
            )
            .ToList();
        return others.Count == 0 ? null : string.Join("; ", others) + ".";
    }
}
