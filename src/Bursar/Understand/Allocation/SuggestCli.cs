using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Workspaces;

namespace Bursar.Understand.Allocation;

/// <summary><c>bursar suggest</c>.</summary>
internal static class SuggestCli
{
    private const int ShownUsually = 5;

    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption("Look at this month, 2026-09");
        var top = CountOption.Top("Show so many", ShownUsually);
        var write = new Option<bool>("--write")
        {
            Description = $"Add the first to {WriteSuggestion.FileName} in the rulebook folder",
        };
        return new ShellCommand(shell, "suggest", "Rules that would give unowned cost an owner, the most money first")
        {
            month,
            top,
            write,
        }
            .WithFormat()
            .WithExample("bursar suggest", "The rules that would explain the most, with what each explains")
            .WithExample("bursar suggest --write", "Add the first to your rules; then read it, and publish")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft || run.Get(write));
                    var (period, main, measure) = SuggestionSubject.Of(view, run.Get(month), cancel);
                    var found = new SuggestRules(view, measure).Find(period, main, cancel);
                    run.Print(Record(found.Take(run.Get(top)), main, forPeople: run.Door.Format == OutputFormat.Table));
                    if (found.Count == 0)
                        run.Note("No rule that can be read off the books would explain more.");
                    else if (run.Get(write))
                        Tell(run, new WriteSuggestion(workspace.RulebookFolder).Write(found[0]));
                    else if (run.Door.Format == OutputFormat.Table)
                        run.Note($"The first, as a rule (--write adds it):\n\n{found[0].Yaml}");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ResultRecord Record(IEnumerable<RuleSuggestion> suggestions, Currency main, bool forPeople) =>
        ResultRecord.Of(
            (
                "suggestions",
                suggestions
                    .Select(suggestion =>
                        forPeople
                            ? ResultRecord.Of(
                                ("explains", new Money(suggestion.In(main), main)),
                                ("currency", main.Code),
                                ("rule", suggestion.Sentence),
                                ("evidence", suggestion.Evidence)
                            )
                            : ResultRecord.Of(
                                ("explains", new Money(suggestion.In(main), main)),
                                ("currency", main.Code),
                                ("rule", suggestion.Sentence),
                                ("evidence", suggestion.Evidence),
                                ("ready", suggestion.IsReady),
                                ("yaml", suggestion.Yaml)
                            )
                    )
                    .ToList()
            )
        );

    private static void Tell(ShellRun run, WrittenSuggestion written)
    {
        run.Note(
            written.IsNew
                ? $"Added to {written.Path}:\n\n{written.Text}\n"
                    + "Read it, then put it in force: bursar check, bursar publish."
                : $"{written.Path} has it already; nothing was changed."
        );
    }
}
