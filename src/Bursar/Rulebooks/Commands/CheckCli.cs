using Bursar.Cli;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks.Commands;

/// <summary><c>bursar check</c>.</summary>
internal static class CheckCli
{
    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "check", "Find every mistake in the rulebook at once, each with its place and remedy")
            .OnlyNow()
            .WithExample("bursar check", "Checks the folder rulebook")
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
                var (rulebook, diagnostics) = Rulebook.LoadFolder(folder, folder);
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

    private static string Remarks(int errors, int others) =>
        others == 0 ? Count(errors, "error")
        : errors == 0 ? $"no errors, {Count(others, "remark")}"
        : $"{Count(errors, "error")}, {Count(others, "other remark")}";

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
