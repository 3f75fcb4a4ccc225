using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Rulebooks.Commands;

/// <summary>What publishing the working copy would move, in sentences; none where there is no cost.</summary>
internal delegate IReadOnlyList<string> SayChange(Workspace workspace, CancellationToken cancel);

/// <summary><c>bursar publish</c>.</summary>
internal static class PublishCli
{
    public static ShellCommand Create(Shell shell, SayChange sayChange)
    {
        var reason = new Option<string?>("--reason", "--note")
        {
            Description = "Why, for those who read the journal",
            HelpName = "TEXT",
        };
        var approver = new Option<string?>("--approver")
        {
            Description = "Who agreed to the change",
            HelpName = "NAME",
        };
        var effective = new Option<string?>("--effective")
        {
            Description =
                "The first day of a month, 2026-10-01: charges of earlier days keep the rules they had (default: the charges of all days)",
            HelpName = "DAY",
        };
        return new ShellCommand(shell, "publish", "Put the rulebook in force: from now on figures use it")
        {
            reason,
            approver,
            effective,
        }
            .OnlyNow()
            .WithExample(
                "bursar publish --reason \"Claims moved to cost centre 4200\" --approver \"Head of FinOps\"",
                "Puts the folder rulebook in force for the charges of all days"
            )
            .WithExample(
                "bursar publish --reason \"New allocation keys\" --effective 2026-10-01",
                "Charges before October keep the rules they had"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var first = TimeText.Day(run.Get(effective));
                    foreach (var sentence in Moves(workspace, sayChange, cancel))
                        run.Note(sentence);
                    var published = new PublishRulebook(workspace).Publish(
                        run.Get(reason),
                        approver: run.Get(approver),
                        effective: first
                    );
                    run.Io.Out.WriteLine(
                        published.IsNew
                            ? $"Rulebook {published.Hash[..12]} is in force since journal entry {published.Sequence}{Days(first)}."
                            : $"Rulebook {published.Hash[..12]} is in force already, since journal entry {published.Sequence}."
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    /// <summary>Books that cannot be asked just now are no reason against new rules.</summary>
    private static IReadOnlyList<string> Moves(Workspace workspace, SayChange say, CancellationToken cancel)
    {
        if (RulebookFolder.FilesIn(workspace.RulebookFolder).Count == 0)
            return [];
        // Mistakes in the rules are told as they are, before the books are asked.
        workspace.Working();
        try
        {
            return say(workspace, cancel);
        }
        catch (RefusedException refused)
        {
            return [$"What it moves cannot be shown: {refused.Diagnostic.Message}"];
        }
    }

    private static string Days(DateOnly? first) =>
        first is { } day
            ? $", for charges from {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} on"
            : ", for the charges of all days";
}
