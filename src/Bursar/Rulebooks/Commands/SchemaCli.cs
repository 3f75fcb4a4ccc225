using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks.Commands;

/// <summary><c>bursar schema</c>.</summary>
internal static class SchemaCli
{
    public static ShellCommand Create(Shell shell)
    {
        var kind = new Argument<string?>("KIND")
        {
            Description = "One kind of document; without it, all of them in one schema",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new ShellCommand(shell, "schema", "Print the JSON schema of the rulebook's documents, for editors")
        {
            kind,
        }
            .OnlyNow()
            .WithExample("bursar schema > rulebook.schema.json", "For an editor's YAML support")
            .WithExample("bursar schema AllocationRule", "What a rule may say")
            .Runs(run =>
            {
                run.Io.Out.Write(
                    run.Get(kind) is { } name ? RulebookSchemas.Of(Find(name)) : RulebookSchemas.OfRulebook()
                );
                return ExitCode.Fine;
            });
    }

    private static RulebookKind Find(string name) =>
        RulebookKinds.All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new RefusedException(
            "rulebook/unknown-kind",
            $"There is no kind \"{name}\".{DidYouMean.Question(name, RulebookKinds.All.Select(kind => kind.Name))}",
            "Kinds are " + string.Join(", ", RulebookKinds.All.Select(kind => kind.Name)) + ".",
            ExitCode.WrongUsage
        );
}
