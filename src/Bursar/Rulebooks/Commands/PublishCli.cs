using System.CommandLine;
using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Rulebooks.Commands;

/// <summary><c>bursar publish</c>.</summary>
internal static class PublishCli
{
    public static ShellCommand Create(Shell shell)
    {
        var note = new Option<string?>("--note")
        {
            Description = "Why, for those who read the journal",
            HelpName = "TEXT",
        };
        return new ShellCommand(shell, "publish", "Put the rulebook in force: from now on figures use it") { note }
            .OnlyNow()
            .WithExample(
                "bursar publish --note \"Claims moved to cost centre 4200\"",
                "Puts the folder rulebook in force"
            )
            .Runs(run =>
            {
                using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                var published = new PublishRulebook(workspace).Publish(run.Get(note));
                run.Io.Out.WriteLine(
                    published.IsNew
                        ? $"Rulebook {published.Hash[..12]} is in force since journal entry {published.Sequence}."
                        : $"Rulebook {published.Hash[..12]} is in force already, since journal entry {published.Sequence}."
                );
                return ExitCode.Fine;
            });
    }
}
