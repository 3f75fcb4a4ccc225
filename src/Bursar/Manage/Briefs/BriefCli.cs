using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Manage.Briefs;

/// <summary>In which form a brief is written.</summary>
internal enum BriefForm
{
    /// <summary>Lines of 80 columns.</summary>
    Text,

    /// <summary>A page that stands alone.</summary>
    Html,

    /// <summary>Named fields for programs.</summary>
    Json,
}

/// <summary><c>bursar brief</c>.</summary>
internal static class BriefCli
{
    public static ShellCommand Create(Shell shell)
    {
        var to = new Option<string?>("--to")
        {
            Description = "Write it to a file: .html, .txt or .json decides the form",
            HelpName = "FILE",
        };
        var month = TimeText.MonthOption();
        var issue = new Option<bool>("--issue") { Description = "Keep it in the books, byte for byte, for ever" };
        var form = Choice.OptionalOption<BriefForm>(
            "--format",
            "text, html or json (default: text, or by the name of the file)"
        );
        var explain = new Option<string?>("--explain")
        {
            Description = "Explain one figure by its reference on the page: F3",
            HelpName = "F",
        };
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "brief",
            "One page for an executive: what to decide, the money, why, and how far to trust it"
        )
        {
            to,
            month,
            issue,
            form,
            explain,
        };
        return lens.AddTo(command)
            .WithExample("bursar brief", "Read it here")
            .WithExample("bursar brief --to brief.html", "One page that stands alone; print it on A4 or Letter")
            .WithExample("bursar brief --month 2026-08 --to august.html", "An earlier month")
            .WithExample("bursar brief --currency EUR", "In euros, at the rates of each day")
            .WithExample("bursar brief --explain F3", "Where a figure of the page comes from")
            .WithExample("bursar brief --issue --to brief.html", "Keep what was sent out, exactly as it was")
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    var written = new WriteBrief(view).Of(TimeText.Month(run.Get(month)), cancel);
                    if (run.Get(explain) is { } reference)
                        return Explain(run, written.Brief, reference);
                    var html = await BriefHtml.WriteAsync(written.Brief);
                    Write(run, written.Brief, html, run.Get(to), run.Get(form));
                    if (run.Get(issue))
                        Tell(run, new IssueBrief(workspace, view).Issue(written, html, cancel));
                    return run.Report(written.Findings);
                }
            );
    }

    private static int Explain(ShellRun run, Brief brief, string reference)
    {
        if (
            brief
                .References.FirstOrDefault(pair => pair.Value.Equals(reference, StringComparison.OrdinalIgnoreCase))
                .Key
            is not { } figure
        )
        {
            throw new RefusedException(
                "brief/no-such-figure",
                $"This brief has no figure {reference}.",
                $"Its figures are F1 to F{brief.Figures.Count}. Give the --month and --as-of that stand at its foot.",
                ExitCode.WrongUsage
            );
        }
        run.Io.Out.Write(BriefPlainText.Write(figure, brief.Sequence));
        return ExitCode.Fine;
    }

    private static void Write(ShellRun run, Brief brief, byte[] html, string? to, BriefForm? asked)
    {
        var form = asked ?? FormOf(to);
        if (to is null)
        {
            Print(run, brief, html, form);
            return;
        }
        try
        {
            using var file = File.Create(to);
            file.Write(
                form switch
                {
                    BriefForm.Html => html,
                    BriefForm.Json => Json(brief),
                    _ => System.Text.Encoding.UTF8.GetBytes(BriefPlainText.Write(brief, ShellIo.PlainWidth)),
                }
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "brief/cannot-write",
                $"{to} could not be written: {problem.Message}",
                "Name a file in a folder that you may write to."
            );
        }
        run.Note($"{to}: the brief for {brief.Month}, {BriefRules.WordsIn(brief)} words.");
    }

    private static void Print(ShellRun run, Brief brief, byte[] html, BriefForm form)
    {
        switch (form)
        {
            case BriefForm.Html:
                run.Io.Out.Write(System.Text.Encoding.UTF8.GetString(html));
                break;
            case BriefForm.Json:
                JsonResult.Write(BriefRecord.Of(brief), run.Io.Out);
                break;
            default:
                run.Io.Out.Write(BriefPlainText.Write(brief, ShellIo.PlainWidth));
                break;
        }
    }

    private static byte[] Json(Brief brief)
    {
        using var text = new StringWriter();
        JsonResult.Write(BriefRecord.Of(brief), text);
        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }

    private static BriefForm FormOf(string? file) =>
        Path.GetExtension(file ?? "").ToLowerInvariant() switch
        {
            ".html" or ".htm" => BriefForm.Html,
            ".json" => BriefForm.Json,
            _ => BriefForm.Text,
        };

    private static void Tell(ShellRun run, IssuedBrief issued)
    {
        var what = issued.IsNew ? "Issued as" : "This very brief was issued before, as";
        run.Io.Error.WriteLine($"{what} {issued.Id}: {issued.Path}\nJournal head {issued.JournalHead}");
    }
}
