using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Rulebooks.Commands;

/// <summary>What publishing the working copy would move, in sentences; none where there is no cost.</summary>
internal delegate IReadOnlyList<string> SayChange(Workspace workspace, CancellationToken cancel);

/// <summary>What else <c>bursar publish</c> puts out, when one of its options is given.</summary>
internal sealed record PublishesToo(
    IReadOnlyList<Option> Options,
    IReadOnlyList<Example> Examples,
    Func<ShellRun, CancellationToken, Task<int>> RunAsync
);

/// <summary><c>bursar publish</c>.</summary>
internal sealed class PublishCli(SayChange sayChange, PublishesToo too)
{
    private readonly Option<string?> reason = new("--reason", "--note")
    {
        Description = "Why, for those who read the journal",
        HelpName = "TEXT",
    };

    private readonly Option<string?> approver = new("--approver")
    {
        Description = "Who agreed to the change; where approval is required, somebody other than you",
        HelpName = "NAME",
    };

    private readonly Option<string?> effective = new("--effective")
    {
        Description =
            "The first day of a month, 2026-10-01: charges of earlier days keep the rules they had (default: the charges of all days)",
        HelpName = "DAY",
    };

    private readonly Option<string?> approve = new("--approve")
    {
        Description = "Put a proposed rulebook in force: you, or --approver, agree to it",
        HelpName = "HASH",
    };

    public ShellCommand Create(Shell shell)
    {
        var command = new ShellCommand(
            shell,
            "publish",
            "Put the rulebook in force: from now on figures use it; or write pages for one owner"
        )
        {
            reason,
            approver,
            effective,
            approve,
        };
        foreach (var option in too.Options)
            command.Options.Add(option);
        command
            .OnlyNow()
            .WithExample(
                "bursar publish --reason \"Claims moved to cost centre 4200\" --approver \"Head of FinOps\"",
                "Puts the folder rulebook in force for the charges of all days"
            )
            .WithExample(
                "bursar publish --reason \"New allocation keys\" --effective 2026-10-01",
                "Charges before October keep the rules they had"
            )
            .WithExample("bursar publish --approve 3f9a1c", "Agrees to what somebody else proposed");
        foreach (var example in too.Examples)
            command.WithExample(example.CommandLine, example.Meaning);
        return command.Runs(
            (run, cancel) => too.Options.Any(run.Has) ? PagesAsync(run, cancel) : Task.FromResult(Publish(run, cancel))
        );
    }

    private Task<int> PagesAsync(ShellRun run, CancellationToken cancel)
    {
        Option[] ofRulebooks = [reason, approver, effective, approve];
        if (ofRulebooks.FirstOrDefault(run.Has) is { } mixed)
            throw new RefusedException(
                "publish/two-things",
                $"{mixed.Name} is about putting a rulebook in force; {too.Options.First(run.Has).Name} writes pages.",
                "Do one after the other, in two commands.",
                ExitCode.WrongUsage
            );
        return too.RunAsync(run, cancel);
    }

    private int Publish(ShellRun run, CancellationToken cancel)
    {
        using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var publish = new PublishRulebook(workspace);
        if (run.Get(approve) is { } hash)
        {
            if (run.Has(reason) || run.Has(effective))
                throw new RefusedException(
                    "publish/two-things",
                    "A proposal has its reason and its first day already.",
                    "Write only --approve HASH, and --approver NAME where somebody else than you agreed.",
                    ExitCode.WrongUsage
                );
            return Say(run, publish.Approve(hash, approver: run.Get(approver)), "");
        }
        var first = TimeText.Day(run.Get(effective));
        foreach (var sentence in Moves(workspace, cancel))
            run.Note(sentence);
        return Say(
            run,
            publish.Publish(run.Get(reason), approver: run.Get(approver), effective: first),
            first is { } day
                ? $", for charges from {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} on"
                : ", for the charges of all days"
        );
    }

    private static int Say(ShellRun run, RulebookInForce rulebook, string days)
    {
        var name = $"Rulebook {rulebook.Hash[..12]}";
        if (rulebook.IsProposed)
        {
            run.Io.Out.WriteLine(
                $"{name} is proposed, not in force: it moves money, and somebody else must approve it (journal entry {rulebook.Sequence}).\n"
                    + $"They see what it moves:  bursar diff published {rulebook.Hash[..12]}\n"
                    + $"They put it in force:    bursar publish --approve {rulebook.Hash[..12]}"
            );
            return ExitCode.Findings;
        }
        run.Io.Out.WriteLine(
            rulebook.IsNew
                ? $"{name} is in force since journal entry {rulebook.Sequence}{days}."
                : $"{name} is in force already, since journal entry {rulebook.Sequence}."
        );
        return ExitCode.Fine;
    }

    /// <summary>Books that cannot be asked just now are no reason against new rules.</summary>
    private IReadOnlyList<string> Moves(Workspace workspace, CancellationToken cancel)
    {
        if (RulebookFolder.FilesIn(workspace.RulebookFolder).Count == 0)
            return [];
        // Mistakes in the rules are told as they are, before the books are asked.
        workspace.Working();
        try
        {
            return sayChange(workspace, cancel);
        }
        catch (RefusedException refused)
        {
            return [$"What it moves cannot be shown: {refused.Diagnostic.Message}"];
        }
    }
}
