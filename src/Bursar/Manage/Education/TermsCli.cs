using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks.Terms;
using Bursar.Workspaces;

namespace Bursar.Manage.Education;

/// <summary><c>bursar terms</c>.</summary>
internal static class TermsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var word = new Argument<string?>("WORD")
        {
            Description = "Only this word, in whatever vocabulary; with its editions",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new ShellCommand(shell, "terms", "What words mean, and what FinOps, ITFM, TBM, FOCUS and we call them")
        {
            word,
        }
            .WithFormat()
            .WithVocabulary()
            .WithExample("bursar terms", "The whole dictionary")
            .WithExample("bursar terms \"amortised cost\"", "One word, whoever uses it")
            .WithExample("bursar terms --vocabulary ITFM", "In the words of IT financial management")
            .Runs(
                (run, _) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var book = TermBook.Of(view.Rulebook, view.Today);
                    if (run.Get(word) is { } asked)
                        PrintWord(run, book, asked);
                    else if (run.Door.Format == OutputFormat.Json)
                        run.Print(ResultRecord.Of(("terms", book.Terms.Select(TermsRecord.Of).ToList())));
                    else
                        run.Print(TermsRecord.Table(book.Terms, run.Door.Vocabulary ?? view.Rulebook.Vocabulary));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static void PrintWord(ShellRun run, TermBook book, string asked)
    {
        var found = book.Find(asked);
        if (found.Count == 0)
            throw new RefusedException(
                "terms/unknown-word",
                $"No vocabulary has a word \"{asked}\".{DidYouMean.Question(asked, book.Words)}",
                "`bursar terms` lists all of them. Define it with kind: Term in the rulebook.",
                ExitCode.WrongUsage
            );
        if (found is [var only])
            run.Print(TermsRecord.Of(only));
        else if (run.Door.Format == OutputFormat.Json)
            run.Print(ResultRecord.Of(("terms", found.Select(TermsRecord.Of).ToList())));
        else
            run.Print(TermsRecord.Table(found, run.Door.Vocabulary));
    }
}
