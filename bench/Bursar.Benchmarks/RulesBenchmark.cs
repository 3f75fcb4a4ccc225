using System.Diagnostics;
using System.Text;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;

namespace Bursar.Benchmarks;

/// <summary>
/// How long `bursar check` takes for a rulebook of 2,000 rules from a cold start, and how long rules take for the
/// profiles of a large delivery: plain, and with account groups, configuration items and inherited tags.
/// </summary>
internal static class RulesBenchmark
{
    private const int Rules = 2_000;
    private const int Profiles = 40_000;
    private const int Rounds = 7;
    private const double SecondsMax = 2;

    public static int Run(BenchmarkOptions options)
    {
        _ = options;
        var folder = Path.Combine(BenchmarkFile.Folder, "many-rules");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "rules.yaml"), ManyRules(Rules, around: true) + Around());
        var check = Enumerable.Range(0, Rounds).Select(_ => Check(folder)).ToList();
        Console.WriteLine(
            $"bursar check, {Rules:N0} rules  {Runs.Number(Runs.Median(check), "0.00")} s (less than {SecondsMax})"
        );
        var profiles = Enumerable.Range(0, Profiles).Select(Profile).ToList();
        foreach (var (name, text) in Rulebooks())
        {
            var rulebook = Rulebook.Load([new RulebookFile("rules.yaml", text)]).Rulebook;
            var allocation = AllocationRules.Compile(rulebook);
            var values = profiles.ConvertAll(profile =>
                (IReadOnlyList<string?>)[.. allocation.Columns.Select(profile.GetValueOrDefault)]
            );
            var times = Enumerable.Range(0, Rounds).Select(_ => Allocate(allocation, values)).ToList();
            Console.WriteLine($"{Profiles:N0} profiles, {name}  {Runs.Number(Runs.Median(times) * 1000, "0")} ms");
        }
        return Runs.Median(check) < SecondsMax ? 0 : 1;
    }

    private static IEnumerable<(string Name, string Text)> Rulebooks() =>
        [
            ("200 rules", ManyRules(200, around: false) + TagPolicy("")),
            ("200 rules with groups, items and inherited tags", ManyRules(200, around: true) + Around()),
            ("2,000 rules", ManyRules(Rules, around: false) + TagPolicy("")),
        ];

    private static double Check(string folder)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(
            new ProcessStartInfo(DemoBooks.Bursar, ["check", "--rulebook", folder, "--books", folder + "-none"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"bursar check ended with {process.ExitCode}: {said}");
        return watch.Elapsed.TotalSeconds;
    }

    private static double Allocate(CompiledAllocation allocation, List<IReadOnlyList<string?>> profiles)
    {
        var watch = Stopwatch.StartNew();
        var day = new DateOnly(2026, 3, 1);
        var filled = profiles.Sum(values => allocation.Allocate(values, day).FilledFields);
        var seconds = watch.Elapsed.TotalSeconds;
        return filled > 0 ? seconds : throw new InvalidOperationException("No rule set anything.");
    }

    private static Dictionary<string, string?> Profile(int i) =>
        new()
        {
            ["SubAccountId"] = $"{100000000000 + (i % 900)}",
            ["SubAccountName"] = $"team-{i % 900}-prod",
            ["ServiceName"] = $"Service {i % 60}",
            ["RegionId"] = i % 2 == 0 ? "eu" : "us",
            ["ResourceId"] = $"i-{i}",
            ["ResourceName"] = $"host-{i}-a",
            ["Tags"] = i % 4 == 0 ? $$"""{"env":"prod","cost-centre":"{{i % 3000}}"}""" : """{"env":"prod"}""",
        };

    private static string ManyRules(int count, bool around)
    {
        var yaml = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var when = (i % (around ? 5 : 4)) switch
            {
                0 => $"SubAccountId: \"{100000000000 + i}\"",
                1 => $"SubAccountName: \"team-{i}-*\"",
                2 => $"Tags/cost-centre: [\"{i}\", \"cc-{i}\"], ServiceName: {{not: EC2}}",
                3 => $"ResourceName: {{startsWith: \"host-{i}-\"}}, RegionId: eu",
                _ => $"Hierarchy/business-unit: unit-{i % 50}, Item/application: application-{i}",
            };
            yaml.Append(
                $$"""
                kind: AllocationRule
                name: rule-{{i}}
                order: {{100 + i}}
                when: { {{when}} }
                set: {x_CostCentre: "{{1000 + i}}", x_Application: "{Tags/application}", x_Owner: "{Tags/owner}"}
                ---

                """
            );
        }
        return yaml.ToString();
    }

    private static string TagPolicy(string inherit) =>
        $"kind: TagPolicy\nname: tags\n{inherit}keys: [{{key: cost-centre}}, {{key: application, synonyms: [app]}}, {{key: owner, ignoreCase: true}}]\n";

    /// <summary>900 accounts in 50 units, 20,000 items, and tags that both pass on.</summary>
    private static string Around()
    {
        var yaml = new StringBuilder(TagPolicy("inherit: [account, item]\n"));
        yaml.Append("---\nkind: AccountHierarchy\nname: accounts\naccounts:\n");
        for (var i = 0; i < 50; i++)
            yaml.Append($"  - {{id: unit-{i}, level: business-unit, tags: {{owner: owner-{i}}}}}\n");
        for (var i = 0; i < 900; i++)
            yaml.Append($"  - {{id: \"{100000000000 + i}\", parent: unit-{i % 50}}}\n");
        yaml.Append("---\nkind: ConfigurationItems\nname: items\nitems:\n");
        for (var i = 0; i < 20_000; i++)
            yaml.Append($"  - {{id: CI-{i}, resource: i-{i}, application: application-{i % 700}}}\n");
        return yaml.ToString();
    }
}
