using System.Text.RegularExpressions;
using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.House;

/// <summary>What is written about Bursar is true of it.</summary>
public sealed partial class DocsTests
{
    [Fact]
    public async Task The_reference_of_commands_is_what_the_commands_say()
    {
        var result = await ShellTest.RunAsync("help", "--markdown");
        Golden.MatchFile(RepositoryRoot.File("docs", "cli.md"), result.Out);
    }

    [Fact]
    public void Every_diagnostic_is_explained_and_every_explanation_has_one()
    {
        var used = DiagnosticCodes.All();
        var entries = ErrorEntry()
            .Matches(File.ReadAllText(RepositoryRoot.File("docs", "errors.md")).ReplaceLineEndings("\n"))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        SourceFile.None(
            used.Where(code => !entries.ContainsKey(code)).Select(code => $"### `{code}`"),
            "Explain these in docs/errors.md: a heading, what it means, and a paragraph that begins with \"Mend:\"."
        );
        SourceFile.None(
            entries.Keys.Except(used),
            "No source file gives these codes any more. Drop them from docs/errors.md:"
        );
        SourceFile.None(
            entries.Where(entry => !entry.Value.Contains("\nMend: ")).Select(entry => entry.Key),
            "These entries of docs/errors.md do not say how to mend it (a paragraph that begins with \"Mend:\"):"
        );
    }

    [Fact]
    public void Every_command_line_in_the_documents_can_be_typed()
    {
        var shell = Shell.Create(ShellTest.Pipe(), Capabilities.All);
        SourceFile.None(
            from line in SourceFile.Markdown.Where(IsForUsers).SelectMany(CommandLines)
            let parsed = shell.Root.Parse(line.Command)
            where WrongUsage.Found(parsed)
            select $"{line.Where}: {line.Command}",
            "These command lines are wrong usage. Mend the document or the command:"
        );
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere() =>
        SourceFile.None(
            from file in SourceFile.Markdown
            from match in Link().Matches(file.Text)
            let target = match.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://") && !target.StartsWith("mailto:")
            where
                !Path.Exists(
                    Path.GetFullPath(Path.Combine(Path.GetDirectoryName(RepositoryRoot.File(file.Path))!, target))
                )
            select $"{file.Path}: {match.Groups[1].Value}",
            "These links lead nowhere:"
        );

    [Fact]
    public void Every_decision_is_at_most_forty_lines() =>
        SourceFile.None(
            SourceFile
                .Markdown.Where(file => file.Path.StartsWith("docs/adr/") && file.Lines.Length > 41)
                .Select(file => $"{file.Path} ({file.Lines.Length})"),
            "A decision record says context, decision and what we gave up in forty lines:"
        );

    [Fact]
    public void The_repository_names_no_machine() =>
        SourceFile.None(
            from path in RepositoryRoot.Files(
                ".cs",
                ".razor",
                ".md",
                ".json",
                ".yaml",
                ".yml",
                ".sh",
                ".props",
                ".targets",
                ".csproj",
                ".txt",
                ".css",
                ".js",
                ".sql",
                ""
            )
            let text = File.ReadAllText(RepositoryRoot.File(path))
            where
                HomeFolder().IsMatch(text)
                || text.Contains(RepositoryRoot.Path + "/")
                || path.EndsWith("package-lock.json") && text.Contains("\"resolved\"")
            select path,
            "These files name a folder of one machine, or the host that a package came from:"
        );

    private static bool IsForUsers(SourceFile file) => file.Path != "docs/cli.md" && !file.Path.StartsWith("tests/");

    /// <summary>
    /// Lines of code blocks that start with bursar, alone or through dotnet run; comments and pipes behind them are
    /// left out.
    /// </summary>
    private static IEnumerable<(string Where, string Command)> CommandLines(SourceFile file)
    {
        var inBlock = false;
        for (var i = 0; i < file.Lines.Length; i++)
        {
            if (file.Lines[i].TrimStart().StartsWith("```"))
                inBlock = !inBlock;
            else if (
                inBlock
                && CommandLine().Match(file.Lines[i]) is { Success: true } match
                && !match.Groups[1].Value.Contains("...")
            )
                yield return ($"{file.Path}:{i + 1}", match.Groups[1].Value.Trim());
        }
    }

    [GeneratedRegex("^### `([a-z0-9-]+/[a-z0-9-]+)`\n((?:(?!^###? ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex ErrorEntry();

    [GeneratedRegex(@"^\s*(?:\$ )?(?:dotnet run(?: -c Release)? --project src/Bursar -- |bursar )([^#|>]+)")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w.])(/home/|/Users/|[A-Z]:\\Users\\)\w")]
    private static partial Regex HomeFolder();
}
