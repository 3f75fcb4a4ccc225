using System.CommandLine;
using Bursar.Cli;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated.Values;

/// <summary><c>bursar allocation values</c>.</summary>
internal static class ValuesCli
{
    public static ShellCommand Create(Shell shell)
    {
        var key = new Argument<string?>("key")
        {
            Description = "SubAccount, or a tag key: team (default: SubAccount)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var field = UnallocatedCli.FieldOption();
        var period = UnallocatedCli.PeriodOption();
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "values",
            "Cost by account, or by the values of a tag: how much has an owner, and which values look like the same"
        )
        {
            key,
            field,
            period,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar allocation values", "Every account, and what of it belongs to nobody")
            .WithExample("bursar allocation values team", "The values of the tag team")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    var review = new ExploreValues(view, QueueColumns.Field(run.Get(field))).Of(
                        run.Get(key),
                        TimeText.Month(run.Get(period)),
                        cancel
                    );
                    run.Print(ValueTables.Of(review));
                    if (review.Keys.Count > 0)
                        run.Note($"Tag keys: {string.Join(", ", review.Keys.Select(one => one[5..]))}.");
                    run.TellIfDraft(review.IsDraft);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
