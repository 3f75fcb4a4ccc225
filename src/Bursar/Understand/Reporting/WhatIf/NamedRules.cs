using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>One of the two rulebooks that are compared.</summary>
/// <param name="Name">As it was asked for: "published", "working", "#12", a hash, a folder.</param>
/// <param name="Hash">What it is; of rulebooks that hold one after the other, the last.</param>
/// <param name="View">The books under it.</param>
internal sealed record NamedRules(string Name, string Hash, BooksView View)
{
    public const string Published = "published";

    public const string Working = "working";

    private const int HashLengthMin = 6;

    private const int WrongUsage = 2;

    /// <summary>"published 1a2b3c4d5e6f".</summary>
    public string Title => Hash.Length == 0 ? $"{Name} (no rules)" : $"{Name} {Hash[..12]}";

    /// <summary>The rulebook that is meant.</summary>
    /// <param name="workspace">Where the books and the working copy are.</param>
    /// <param name="name">What was written.</param>
    /// <param name="asOf">The moment whose deliveries are compared; null is now.</param>
    /// <param name="folders">Whether a folder may be meant: who asks over the web may not name one.</param>
    /// <exception cref="RefusedException">There is no such rulebook, or it has mistakes.</exception>
    public static NamedRules Of(Workspace workspace, string name, AsOf? asOf, bool folders)
    {
        var history = workspace.Books.Current().RulebookHistory;
        if (name == Published)
        {
            var inForce = workspace.View(asOf);
            return inForce.State.Rulebook is { } last
                ? new(name, last.Hash, inForce)
                : new(name, "", workspace.ViewBy(new(Rulebook.Empty, AllocationRules.Compile(Rulebook.Empty)), asOf));
        }
        if (name == Working)
            return InFolder(workspace, workspace.RulebookFolder, name, asOf);
        if (name.StartsWith('#'))
            return AtEntry(workspace, name, asOf);
        if (folders && (Directory.Exists(name) || name.AsSpan().ContainsAny('/', '\\', '.')))
            return InFolder(workspace, name, name, asOf);
        var named = history
            .Concat(workspace.Books.Current().ProposedRulebooks)
            .Select(one => one.Hash)
            .Distinct()
            .Where(hash => name.Length >= HashLengthMin && hash.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return named is [var only]
            ? new(name, only, workspace.ViewBy(workspace.Published(only), asOf))
            : throw Unknown(name, history, folders);
    }

    private static NamedRules InFolder(Workspace workspace, string folder, string name, AsOf? asOf)
    {
        if (RulebookFolder.FilesIn(folder).Count == 0)
            throw new RefusedException(
                "diff/no-rules",
                $"There are no rules in {folder}.",
                name == Working
                    ? "Make some with `bursar init`, or name yours with --rulebook DIR."
                    : "Name a folder with *.yaml files.",
                WrongUsage
            );
        var rules = workspace.InFolder(folder, name == Working ? null : folder);
        return new(name, rules.Turns[0].Rulebook.Hash, workspace.ViewBy(rules, asOf));
    }

    /// <summary>The rules that were in force after an entry.</summary>
    private static NamedRules AtEntry(Workspace workspace, string name, AsOf? asOf)
    {
        var history = workspace.Books.Current().RulebookHistory;
        if (!long.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var entry))
            throw Unknown(name, history, folders: false);
        var then = workspace.Books.AsOf(entry).RulebooksInForce;
        return then.Count == 0
            ? throw Unknown(name, history, folders: false)
            : new(name, then[^1].Rulebook.Hash, workspace.ViewBy(workspace.Published(then), asOf));
    }

    private static RefusedException Unknown(string name, IReadOnlyList<PublishedRulebook> history, bool folders) =>
        new(
            "diff/unknown-rulebook",
            $"\"{name}\" names no rulebook.",
            $"Write published, working, {(folders ? "a folder, " : "")}"
                + (
                    history.Count == 0
                        ? "or publish one first."
                        : $"an entry (#{history[^1].PublishedSeq}) or the hash ({history[^1].Hash[..12]}) of a publication."
                ),
            WrongUsage
        );
}
