using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary><c>bursar showback</c>.</summary>
internal static class ShowbackCli
{
    public const string UsualField = "x_Owner";

    public static ShellCommand Create(Shell shell)
    {
        var asked = new ShowbackOptions();
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "showback",
            "What a team, a product or a scope cost: direct, shared, commitments, credits, tax, and why it changed"
        );
        foreach (var option in asked.All)
            command.Options.Add(option);
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar showback", "Everybody who has cost, owner by owner")
            .WithExample("bursar showback --owner head-of-digital --period 2026-09", "One statement")
            .WithExample("bursar showback --scope claims --to claims.html", "A page that stands alone and prints on A4")
            .WithExample("bursar showback --product claims --to claims.xlsx", "A workbook")
            .WithExample("bursar showback --all --by x_Owner --to digests", "One statement for every team")
            .WithExample("bursar showback --owner head-of-digital --issue", "Keep what was sent out, exactly as it was")
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    run.Speak(view);
                    var period = StatementPeriod.Read(run.Get(asked.Period));
                    if (run.Get(asked.Everybody))
                        return await FolderAsync(run, asked, view, period, cancel);
                    return asked.Subject(run, view) is { } subject
                        ? await StatementAsync(
                            run,
                            asked,
                            workspace,
                            new WriteStatement(view, measure: asked.Measure(run)).Of(subject, period, cancel),
                            cancel
                        )
                        : List(run, new ListShowbacks(view, asked.Measure(run)).Of(asked.Field(run), period, cancel));
                }
            );
    }

    private static async Task<int> StatementAsync(
        ShellRun run,
        ShowbackOptions asked,
        Workspace workspace,
        Statement statement,
        CancellationToken cancel
    )
    {
        if (run.Get(asked.To) is { } file)
        {
            OutputFile.Save(file, await StatementFiles.BytesAsync(statement, StatementFiles.FormOf(file)));
            run.Note($"{file}: the statement of {statement.Subject.Title}, {Display.Range(statement.Days)}.");
        }
        else if (run.Door.Format == OutputFormat.Csv)
            run.Print(StatementRecord.Lines(statement));
        else
            run.Print(
                run.Door.Format == OutputFormat.Json
                    ? StatementRecord.Of(statement)
                    : StatementRecord.ForPeople(statement)
            );
        if (run.Get(asked.Issue))
        {
            var html = await StatementFiles.BytesAsync(statement, ".html");
            var (document, isNew) = new IssueStatement(workspace).Issue(statement, html, cancel);
            run.Io.Error.WriteLine(
                $"{(isNew ? "Issued as" : "This very statement was issued before, as")} {document.Id}: {document.Path}"
            );
        }
        Tell(run, statement.IsDraft, statement.DataAsOf, statement.Notes);
        return ExitCode.Fine;
    }

    private static int List(ShellRun run, ShowbackList list)
    {
        run.Print(ShowbackTables.List(list, run.Door.Format == OutputFormat.Table));
        Tell(
            run,
            list.IsDraft,
            list.DataAsOf,
            list.Totals.Select(total => $"Total {Display.Full(total)}: {Display.Range(list.Days)}, each charge once.")
        );
        var word = Subjects.Words[SharedFields.IndexOf(list.Field)];
        if (
            run.Door.Format == OutputFormat.Table
            && list.Lines.FirstOrDefault(line => line.Value is not null) is { } first
        )
            run.Note($"One of them: bursar showback --{word} {first.Value}");
        return ExitCode.Fine;
    }

    private static async Task<int> FolderAsync(
        ShellRun run,
        ShowbackOptions asked,
        BooksView view,
        DateRange? period,
        CancellationToken cancel
    )
    {
        if (run.Get(asked.To) is not { } folder)
            throw new RefusedException(
                "showback/no-folder",
                "--all writes one file for every team, and no folder is named.",
                "Name one: --to digests.",
                Bursar.Cli.ExitCode.WrongUsage
            );
        var form = run.Get(asked.Form) is { } word ? StatementFiles.FormOf("." + word) : ".html";
        var made = await new WriteStatements(view, asked.Measure(run)).ToAsync(
            asked.Field(run),
            period,
            form,
            folder,
            cancel
        );
        run.Print(ShowbackTables.List(made.List, run.Door.Format == OutputFormat.Table));
        Tell(
            run,
            made.List.IsDraft,
            made.List.DataAsOf,
            [
                $"{folder}: {Display.Count(made.Files.Count, "statement", "statements")}, and {WriteStatements.IndexName} with what they sum to.",
            ]
        );
        return ExitCode.Fine;
    }

    private static void Tell(ShellRun run, bool isDraft, DateOnly? dataAsOf, IEnumerable<string> notes)
    {
        run.TellIfDraft(isDraft);
        foreach (var note in notes)
            run.Note(note);
        run.Note($"Data through {dataAsOf?.ToString("yyyy-MM-dd") ?? "none"}.");
    }
}
