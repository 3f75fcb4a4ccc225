using System.CommandLine;
using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.Cli;

/// <summary>Whoever asks books into which nothing was delivered is told the next step, by every command.</summary>
public sealed class EmptyBooksTests
{
    /// <summary>Every command that asks the books, with the least that it needs.</summary>
    private static readonly string[] Asking =
    [
        "records",
        "records ledger",
        "suggest",
        "ingest",
        "deliveries",
        "deliveries choose abc --reason why",
        "deliveries release abc --reason why",
        "deliveries reject abc --reason why",
        "deliveries quarantine abc",
        "withdraw abc --reason why",
        "prune",
        "conformance",
        "verify",
        "rates",
        "costs",
        "costs --allocation distributed",
        "deployments",
        "shared",
        "shared security",
        "recovery",
        "rules",
        "allocation",
        "allocation values",
        "unallocated",
        "unallocated assign abc --to 4110 --reason why",
        "unallocated dispute abc --reason why",
        "unallocated resolve abc --reason why",
        "scopes",
        "services",
        "services claims",
        "services --overlap",
        "services trend",
        "services licences",
        "showback",
        "mine --owner anna",
        "digests",
        "issued",
        "issued differences",
        "restate --by x_CostCentre",
        "diff published published",
        "explain",
        "series",
        "series show quotes",
        "series history quotes",
        "series join quotes --measure BilledCost",
        "sources",
        "organisation",
        "orphans",
        "arrival",
        "export september.csv",
        "quality",
        "trust",
        "tags",
        "forecast",
        "forecast freeze board --reason why",
        "forecast accuracy",
        "forecast drivers",
        "forecast freeze-drivers tokens --reason why",
        "forecast commitments",
        "budgets",
        "budgets pace",
        "budgets show all",
        "budgets breaches",
        "budgets unused",
        "budgets owner anna",
        "budgets log",
        "budgets release all --period 2026-10 --amount 1 --reason why",
        "budgets reclaim all --period 2026-10 --amount 1 --reason why",
        "budgets overage all --reason why",
        "budgets rebudget all --from 2026-11 --reason why",
        "budgets approve 1 --by anna --reason why",
        "budgets reject 1 --by anna --reason why",
        "budgets export",
        "anomalies",
        "anomalies show abc",
        "anomalies acknowledge abc",
        "anomalies escalate abc --to anna --cause why",
        "anomalies resolve abc --as true --cause why",
        "anomalies missed database --since 2026-03-01 --excess 10 --currency USD --cause why",
        "alerts",
        "limits",
        "limits show agent",
        "limits check",
        "limits calibration",
        "limits override agent --to 5 --until 2026-12-31 --reason why",
        "units",
        "units show quotes",
        "units forecast quotes",
        "units freeze quotes --reason why",
        "kpis",
        "kpis show K001",
        "kpis inputs",
        "kpis peers K001 --by x_CostCentre",
        "kpis freeze K001 --reason why",
        "kpis set executive",
        "kpis trend K001",
        "benefits",
        "benefits show quotes",
        "invoices",
        "invoices show 1",
        "reconcile",
        "prepaid",
        "contracts",
        "strategy",
        "brief",
        "audit export evidence.zip",
        "audit trail --kind delivery-withdrawn",
    ];

    /// <summary>Commands that need no books, or make them.</summary>
    private static readonly string[] NotAsking =
    [
        "init",
        "check",
        "publish",
        "schema",
        "serve",
        "demo",
        "records import",
        "deployments add",
        "validate",
        "source",
        "source add",
        "source template",
        "rates import",
        "series load",
        "budgets import",
        "organisation import",
        "tags check",
        "audit check",
        "audit",
        "terms",
        "help",
    ];

    public static TheoryData<string> Commands => [.. Asking];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_on_empty_books_names_the_next_step(string command)
    {
        using var folder = new TempFolder();
        string[] door = ["--books", folder["books"], "--rulebook", folder["rulebook"]];
        await FineAsync("init", folder.Path);
        await FineAsync(["publish", .. door]);
        var words = command.Replace("evidence.zip", folder["evidence.zip"], StringComparison.Ordinal).Split(' ');
        var result = await ShellTest.RunAsync([.. words, .. door]);
        var said = result.Out + result.Error;
        Assert.True(
            said.Contains("bursar ", StringComparison.Ordinal) && result.ExitCode != ExitCode.Bug,
            $"bursar {command} on empty books names no next step: {result}"
        );
        Assert.DoesNotContain("Try 'bursar", said);
    }

    [Fact]
    public void Every_command_is_asked() =>
        Assert.Equal(
            Paths(Shell.Create(ShellTest.Pipe(), Capabilities.All).Root, "").Order(StringComparer.Ordinal),
            Asking.Select(command => Path(command)).Concat(NotAsking).Distinct().Order(StringComparer.Ordinal)
        );

    private static string Path(string command)
    {
        Command place = Shell.Create(ShellTest.Pipe(), Capabilities.All).Root;
        var path = new List<string>();
        foreach (var word in command.Split(' '))
        {
            if (place.Subcommands.FirstOrDefault(sub => sub.Name == word) is not { } sub)
                break;
            path.Add(word);
            place = sub;
        }
        return string.Join(' ', path);
    }

    private static IEnumerable<string> Paths(Command command, string path) =>
        command
            .Subcommands.Where(sub => !sub.Hidden)
            .SelectMany(sub => Paths(sub, $"{path} {sub.Name}".Trim()).Prepend($"{path} {sub.Name}".Trim()));

    private static async Task FineAsync(params string[] args)
    {
        var result = await ShellTest.RunAsync(args);
        Assert.True(result.ExitCode == 0, result.ToString());
    }
}
