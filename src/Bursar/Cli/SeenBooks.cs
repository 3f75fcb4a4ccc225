using Bursar.Workspaces;

namespace Bursar.Cli;

/// <summary>What every command does that shows the books and changes nothing.</summary>
internal static class SeenBooks
{
    /// <summary>Opens the books as of the moment asked, shows them unless they are empty, names a draft.</summary>
    public static Task<int> Seen(this ShellRun run, Action<BooksView> show)
    {
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var view = workspace.View(run.Door.AsOf, run.Door.Draft);
        if (!run.TellIfEmpty(view))
        {
            show(view);
            run.TellIfDraft(view.IsDraft);
        }
        return Task.FromResult(ExitCode.Fine);
    }

    /// <summary>Says that figures rest on a draft, when they do.</summary>
    public static void TellIfDraft(this ShellRun run, bool isDraft)
    {
        if (isDraft)
            run.Note("DRAFT: these figures rest on rules that are not published (`bursar publish`).");
    }
}
