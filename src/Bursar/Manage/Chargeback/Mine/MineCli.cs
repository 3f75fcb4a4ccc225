using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Mine;

/// <summary><c>bursar mine</c>.</summary>
internal static class MineCli
{
    private const string Variable = "BURSAR_OWNER";

    public static ShellCommand Create(Shell shell, IOwnersNews news)
    {
        var owner = new Option<string?>("--owner")
        {
            Description = $"Whose cost: a value of x_Owner (default: {Variable})",
            HelpName = "OWNER",
        };
        var lens = new LensOptions();
        var command = new ShellCommand(shell, "mine", "My cost this month, what changed and why, and what to do next")
        {
            owner,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar mine --owner head-of-digital", "In ten seconds")
            .WithExample("bursar mine", $"Whoever {Variable} names")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    run.Speak(view);
                    var asked = Asked(run, owner, view);
                    if (new AskMyCost(view, news).Of(asked, cancel) is not { } mine)
                    {
                        run.Note("Nothing has been delivered yet: `bursar ingest FILE`.");
                        return Task.FromResult(ExitCode.Fine);
                    }
                    run.Print(run.Door.Format == OutputFormat.Table ? MineRecord.ForPeople(mine) : MineRecord.Of(mine));
                    run.TellIfDraft(mine.SoFar.IsDraft);
                    if (mine.NextBehind is { } behind && run.Door.Format == OutputFormat.Table)
                        run.Note($"See it: {CostCommandLine.Of(behind with { By = ["ServiceName"] })}");
                    run.Note($"All of it: bursar showback --owner {asked}");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static string Asked(ShellRun run, Option<string?> owner, BooksView view)
    {
        if ((run.Get(owner) ?? run.Io.Environment(Variable)) is { Length: > 0 } asked)
            return asked;
        var known = Subjects
            .Declared(view.Rulebook, Understand.Allocation.SharedFields.Owner)
            .Select(unit => unit.Id)
            .Distinct()
            .Take(8)
            .ToList();
        throw new RefusedException(
            "mine/no-owner",
            "Nobody is named, so it is not known whose cost to show.",
            (
                known.Count > 0
                    ? $"Name an owner: --owner {known[0]}. Others are {string.Join(", ", known.Skip(1))}."
                    : "Name an owner: --owner NAME."
            ) + $" {Variable}=NAME in the environment names one for good; `bursar showback --by x_Owner` lists all.",
            ExitCode.WrongUsage
        );
    }
}
