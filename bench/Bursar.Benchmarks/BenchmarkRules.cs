using System.Text;
using Bursar.Demo;
using Bursar.Rulebooks.Commands;
using Bursar.Workspaces;

namespace Bursar.Benchmarks;

/// <summary>
/// Books with rules as a company has them: the demo company's and twenty more rules that look at other columns.
/// </summary>
internal static class BenchmarkRules
{
    public static Workspace NewBooks(string folder)
    {
        var rules = Path.Combine(folder, "rulebook");
        AldermoorRulebook.WriteTo(rules);
        File.WriteAllText(Path.Combine(rules, "more-rules.yaml"), MoreRules());
        var workspace = Workspace.Create(Path.Combine(folder, "books"), rules, TimeProvider.System);
        new PublishRulebook(workspace).Publish("To measure.", "bench");
        return workspace;
    }

    private static string MoreRules()
    {
        var yaml = new StringBuilder();
        for (var n = 0; n < 20; n++)
        {
            var condition = (n % 4) switch
            {
                0 => $"ServiceName: [\"Service {n}\", \"Service {n + 50}\"]",
                1 => $"SubAccountName: [\"account-{n}*\"]",
                2 => $"ResourceType: \"Type {n}\"\n  RegionId: us-east-{n % 5}",
                _ => $"Tags/name: [\"host-{n}*\"]",
            };
            yaml.Append(
                $"""
                ---
                kind: AllocationRule
                name: more-{n}
                order: {200 + n}
                when:
                  {condition}
                set:
                  x_Project: run

                """
            );
        }
        return yaml.ToString();
    }
}
