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
            foreach (var (key, model, day, cost) in source.CallsOfClaims(month))
                if (day != WithoutLog)
                    WriteDay(text, key, model, day, cost);
            if (text.Length == 0)
                continue;
            files.Add(Path.Combine(folder, $"calls-{month}.json"));
            File.WriteAllText(files[^1], text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        return files;
    }

    private static void WriteDay(StringBuilder text, string key, string model, DateOnly day, long cost)
    {
        var (feature, agent) = Features[key];
        foreach (var (line, share) in Lines)
        {
            // Summaries of travel claims are read by the document reader, tests run on a part of the home claims.
            var application = key == "claims-summary" && line == "travel" ? "document-reader" : "claims-assistant";
            var environment = line == "home" && feature == "letters" ? "test" : "prod";
            var tokens = ModelApiUsage
                .TokenTypes.Select(type =>
                    (long)((Int128)cost * type.Share * share * PercentLogged / type.PricePerMillion)
                )
                .ToList();
            var call = $$"""
                {"timestamp": "{{day:yyyy-MM-dd}}T12:00:00Z", "provider": "Lumen Models", "model": "{{model}}",
                "feature": "{{feature}}", "agent": "{{agent}}", "num_requests": {{1 + (tokens[1] / 900)}},
                "metadata": {"app": "{{application}}", "env": "{{environment}}", "customer": "{{line}}"},
                "usage": {"input_tokens": {{tokens[0]}}, "output_tokens": {{tokens[1]}},
                "cache_read_input_tokens": {{tokens[2]}}, "cache_creation_input_tokens": 0} }
                """;
            text.AppendJoin(' ', call.ReplaceLineEndings("\n").Split('\n')).Append('\n');
        }
    }
}
