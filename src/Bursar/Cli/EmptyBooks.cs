using Bursar.Workspaces;

namespace Bursar.Cli;

/// <summary>What every command says of books into which nothing was delivered: the next step.</summary>
internal static class EmptyBooks
{
    public const string Sentence = "Nothing has been delivered yet. Take in a provider's export: `bursar ingest FILE`.";

    /// <summary>Says it, when it is so.</summary>
    /// <returns>Whether the books are empty.</returns>
    public static bool TellIfEmpty(this ShellRun run, BooksView view)
    {
        if (view.State.LiveDeliveries.Any())
            return false;
        run.Note(Sentence);
        return true;
    }
}
