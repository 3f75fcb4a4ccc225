using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Rulebooks.Commands;

/// <summary><c>bursar check</c>.</summary>
internal static class CheckCli
{
    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "check", "Find every mistake in the rulebook at once, each with its place and remedy")
            .OnlyNow()
            .WithExample("bursar check", "Checks the folder rulebook, and runs the examples of its rules")
            .WithExample("bursar check --rulebook ../finops/rules", "Checks another one, as a pipeline does")
            .Runs(run =>
            {
                var folder = run.Door.Rulebook;
                if (!Directory.Exists(folder))
                    throw new RefusedException(
                        "rulebook/no-folder",
                        $"There is no folder {folder}.",
                        "Make one with `bursar init`, or name yours with --rulebook DIR.",
                        ExitCode.WrongUsage
                    );
                var (rulebook, problems) = Rulebook.LoadFolder(folder, folder);
                IReadOnlyList<Diagnostic> diagnostics =
                [
                    .. problems,
                    .. RulebookKinds.Examine(rulebook, problems, Delivered(run)),
                ];
                var code = run.Report(diagnostics);
                var errors = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
                var size = $"{Count(rulebook.Declarations.Count, "document")} in {Count(rulebook.Files.Count, "file")}";
                run.Io.Out.WriteLine(
                    diagnostics.Count == 0
                        ? $"{size}: no mistakes."
                        : $"{size}: {Remarks(errors, diagnostics.Count - errors)}."
                );
                return code;
            });

    /// <summary>The columns that charges have, where there are books; a rulebook alone knows of none.</summary>
    private static HashSet<string>? Delivered(ShellRun run)
    {
        if (!BooksFolder.IsThere(run.Door.Books))
            return null;
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var deliveries = workspace.Books.Current().Deliveries;
        return deliveries.Count == 0 ? null : [.. deliveries.SelectMany(booked => booked.Delivery.Columns)];
    }

    private static string Remarks(int errors, int others) =>
        others == 0 ? Count(errors, "error")
        : errors == 0 ? $"no errors, {Count(others, "remark")}"
        : $"{Count(errors, "error")}, {Count(others, "other remark")}";

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
