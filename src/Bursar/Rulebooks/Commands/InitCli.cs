using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks.Commands;

/// <summary><c>bursar init</c>.</summary>
internal static class InitCli
{
    public static ShellCommand Create(Shell shell)
    {
        var organisation = new Argument<string?>("NAME")
        {
            Description =
                "A new folder, named after your organisation; without it, the rulebook is made in this folder",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new ShellCommand(shell, "init", "Make a rulebook to start from: commented, valid, yours to edit")
        {
            organisation,
        }
            .OnlyNow()
            .WithExample("bursar init my-company", "Makes my-company/rulebook")
            .WithExample("bursar init", "Makes rulebook in this folder")
            .Runs(run =>
            {
                var name = run.Get(organisation);
                var folder = name is null ? run.Door.Rulebook : Path.Combine(name, run.Door.Rulebook);
                var written = Write(
                    folder,
                    name is null ? null : Path.GetFileName(Path.TrimEndingDirectorySeparator(name))
                );
                if (written.Count == 0)
                {
                    run.Note($"{folder} has all of these files already; nothing was changed.");
                    return ExitCode.Fine;
                }
                foreach (var path in written)
                    run.Io.Out.WriteLine(path);
                run.Note(
                    name is null
                        ? "Next: `bursar ingest FILE`, then `bursar brief --to brief.html`."
                        : $"Next: cd {name}; `bursar ingest FILE`, then `bursar brief --to brief.html`."
                );
                return ExitCode.Fine;
            });
    }

    private static IReadOnlyList<string> Write(string folder, string? organisation)
    {
        try
        {
            return RulebookTemplate.Write(folder, organisation);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "rulebook/cannot-write",
                $"No rulebook can be made at {folder}: {cause.Message}",
                "Name another folder.",
                ExitCode.WrongUsage
            );
        }
    }
}
