using System.Text;

namespace Bursar.Demo.Sources;

/// <summary>
/// The log of the gateway through which the claims assistant calls its models, since July 2026: who asked, for which
/// feature and line of business. One call in twenty-five goes around it, and on one day it logged nothing.
/// </summary>
internal sealed class ModelGateway(DemoOptions options)
{
    public static readonly DateOnly FirstDay = new(2026, 7, 1);

    /// <summary>The gateway was moved on this day, and calls went straight to the provider.</summary>
    public static readonly DateOnly WithoutLog = new(2026, 9, 6);

    private const int PercentLogged = 96;

    private static readonly (string Line, int Share)[] Lines = [("motor", 55), ("home", 30), ("travel", 15)];

    private static readonly Dictionary<string, (string Feature, string Agent)> Features = new()
    {
        ["claims-triage-agent"] = ("triage", "triage-agent"),
        ["claims-summary"] = ("summary", "none"),
        ["claims-letters"] = ("letters", "letter-writer"),
    };

    /// <summary>Writes a file a month; returns their paths.</summary>
    public IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var plan = new RowPlan(options);
        var source = new ModelApiUsage(options, plan);
        var files = new List<string>();
        foreach (var month in plan.Months.Where(month => month.Start >= FirstDay))
        {
            var text = new StringBuilder();
            foreach (var (key, model, day, costs) in source.CallsOfClaims(month))
                if (day != WithoutLog)
                    WriteDay(text, key, model, day, costs);
            if (text.Length == 0)
                continue;
            files.Add(Path.Combine(folder, $"calls-{month}.json"));
            File.WriteAllText(files[^1], text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        return files;
    }

    /// <summary>A day's calls, at once or hour by hour; its tokens are those of its cost, to the last one.</summary>
    private static void WriteDay(StringBuilder text, string key, string model, DateOnly day, long[] costs)
    {
        var feature = Features[key];
        var cost = costs.Sum();
        foreach (var (line, share) in Lines)
        {
            var tokens = ModelApiUsage
                .TokenTypes.Select(type =>
                    (long)((Int128)cost * type.Share * share * PercentLogged / type.PricePerMillion)
                )
                .ToList();
            var parts = tokens.Append(1 + (tokens[1] / 900)).Select(whole => new ExactShares(whole, cost)).ToArray();
            for (var hour = 0; hour < costs.Length; hour++)
            {
                long[] counts = new long[parts.Length];
                for (var i = 0; i < parts.Length; i++)
                    counts[i] = parts[i].Next(costs[hour]);
                var time = costs.Length == 1 ? $"{day:yyyy-MM-dd}" : $"{day:yyyy-MM-dd}T{hour:00}:00:00Z";
                Write(text, (feature, line, model), time, counts);
            }
        }
    }

    private static void Write(
        StringBuilder text,
        ((string Feature, string Agent) Of, string Line, string Model) call,
        string time,
        long[] counts
    )
    {
        var (feature, agent) = call.Of;
        // Summaries of travel claims are read by the document reader, tests run on a part of the home claims.
        var application = feature == "summary" && call.Line == "travel" ? "document-reader" : "claims-assistant";
        var environment = call.Line == "home" && feature == "letters" ? "test" : "prod";
        var written = $$"""
            {"timestamp": "{{time}}", "provider": "Lumen Models", "model": "{{call.Model}}",
            "feature": "{{feature}}", "agent": "{{agent}}", "num_requests": {{counts[3]}},
            "metadata": {"app": "{{application}}", "env": "{{environment}}", "customer": "{{call.Line}}"},
            "usage": {"input_tokens": {{counts[0]}}, "output_tokens": {{counts[1]}},
            "cache_read_input_tokens": {{counts[2]}}, "cache_creation_input_tokens": 0} }
            """;
        text.AppendJoin(' ', written.ReplaceLineEndings("\n").Split('\n')).Append('\n');
    }
}
