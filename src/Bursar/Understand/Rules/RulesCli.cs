using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Understand.Rules;

/// <summary><c>bursar rules</c>.</summary>
internal static class RulesCli
{
    public static ShellCommand Create(Shell shell)
    {
        var field = new Argument<string?>("FIELD")
        {
            Description = "One shared field, such as x_CostCentre (default: all)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var month = TimeText.MonthOption();
        var lens = new LensOptions();
        return lens.AddTo(
                new ShellCommand(
                    shell,
                    "rules",
                    "How much cost each allocation rule gave to somebody, and which did nothing"
                )
                {
                    field,
                    month,
                }
            )
            .WithFormat()
            .WithExample("bursar rules x_CostCentre", "Which rule set the cost centre, for how much cost")
            .WithExample("bursar rules --draft", "The same by rules that are not published yet")
            .WithExample("bursar rules --month 2026-09 --format json", "With the rules that set nothing, for a program")
            .Runs(
                (run, cancel) =>
                {
                    var asked = Field(run.Get(field));
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    if (new ReviewRules(view).Of(TimeText.Month(run.Get(month)), cancel) is not { } review)
                    {
                        run.Note("Nothing has been delivered yet: `bursar ingest FILE`.");
                        return Task.FromResult(ExitCode.Fine);
                    }
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(RuleTables.Record(review, asked));
                    else
                        run.Print(RuleTables.Table(review, asked));
                    run.TellIfDraft(review.IsDraft);
                    if (RuleTables.IdleSentence(review) is { } idle)
                        run.Note(idle);
                    foreach (var note in review.Notes)
                        run.Note(note);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    /// <summary>The shared field that is meant; null for all.</summary>
    /// <exception cref="RefusedException">No shared field is called so.</exception>
    public static string? Field(string? text) =>
        text is null || SharedFields.Names.Contains(text)
            ? text
            : throw new RefusedException(
                "rules/unknown-field",
                $"Rules set no field \"{text}\".{DidYouMean.Question(text, SharedFields.Names)}",
                $"Fields are {string.Join(", ", SharedFields.Names)}.",
                ExitCode.WrongUsage
            );
}
