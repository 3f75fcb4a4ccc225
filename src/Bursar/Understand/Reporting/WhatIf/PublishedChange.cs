using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>What publishing the working copy moves, in the newest whole month: told before it is done.</summary>
internal static class PublishedChange
{
    public static IReadOnlyList<string> Say(Workspace workspace, CancellationToken cancel)
    {
        var (old, @new) = (
            NamedRules.Of(workspace, NamedRules.Published, null, folders: false),
            NamedRules.Of(workspace, NamedRules.Working, null, folders: false)
        );
        if (@new.View.DataThrough is null || old.Hash == @new.Hash)
            return [];
        var question = new ChangeQuestion(ChangeQuestion.Period(null, @new.View));
        var change = new CompareRulebooks(old, @new).Of(question, cancel);
        return [.. ChangeWords.Sentences(change)];
    }
}
