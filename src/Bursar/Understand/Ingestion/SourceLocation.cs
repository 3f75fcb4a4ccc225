using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Where files are fetched from: a folder, an S3 bucket, an address, a command's output, or Prometheus.
/// </summary>
internal sealed record SourceLocation : RulebookRecord
{
    [Description("A folder. A relative path begins at the rulebook's folder.")]
    public string? Folder { get; init; }

    [Description("A bucket, and the beginning of the keys in it: s3://acme-billing/focus/")]
    public string? S3 { get; init; }

    [Description("The address of an S3-compatible store: https://minio.internal:9000. Without it, Amazon's own.")]
    public string? Endpoint { get; init; }

    [Description("The region of the bucket: eu-central-1.")]
    public string? Region { get; init; }

    [Description("True for stores that want the bucket in the path, not in the host's name.")]
    public bool PathStyle { get; init; }

    [Description("The environment variable that holds the access key; without it, the standard chain of the AWS SDK.")]
    public string? AccessKeyVariable { get; init; }

    [Description("The environment variable that holds the secret key.")]
    public string? SecretKeyVariable { get; init; }

    [Description("The environment variable that holds a session token.")]
    public string? SessionTokenVariable { get; init; }

    [Description(
        "An address: https://billing.example.com/costs?month={month}. {yyyy} and {MM} are parts of the month."
    )]
    public string? Url { get; init; }

    [Description("What is sent with the request: Authorization: \"Bearer ${BILLING_TOKEN}\", of the environment.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [Description("With {month}: so many months are asked for, the current one counted."), Between(1, 120)]
    public int Months { get; init; } = 2;

    [Description("A program and its arguments, one to a line. No shell reads them. What it prints is the file.")]
    public IReadOnlyList<string> Command { get; init; } = [];

    [Description("How the fetched file is called: costs-{month}.csv.")]
    public string? File { get; init; }

    [Description("A command that takes longer is ended."), Between(1, 1440)]
    public int TimeoutMinutes { get; init; } = 10;

    [Description("The address of a Prometheus server. Only for a Series.")]
    public string? Prometheus { get; init; }

    [Description("What it is asked, in PromQL: sum by (instance) (increase(node_cpu_seconds_total[1h])) / 3600")]
    public string? Query { get; init; }

    [Description("The distance of the points that it is asked for: 1h, 1d.")]
    public string? Step { get; init; }

    [Description("The first time, and no later than so many days back."), Between(1, 3660)]
    public int Days { get; init; } = 30;

    /// <summary>The keys that name a place; exactly one of them is given.</summary>
    private IReadOnlyList<(string Key, bool Given)> Places =>
        [
            ("folder", Folder is not null),
            ("s3", S3 is not null),
            ("url", Url is not null),
            ("command", Command.Count > 0),
            ("prometheus", Prometheus is not null),
        ];

    /// <summary>The place in a word, for people: "s3://acme-billing/focus/".</summary>
    public override string ToString() =>
        Folder ?? S3 ?? Url ?? Prometheus ?? (Command.Count > 0 ? string.Join(' ', Command) : "");

    /// <summary>Looks for mistakes that the shape alone does not show.</summary>
    public void Check(RulebookCheck check)
    {
        if (At("from") is not { } place)
            return;
        // A place that is written in another shape has its own mistake.
        var given = Places.Where(one => one.Given || Origin?.Find(one.Key) is not null).Select(one => one.Key).ToList();
        if (given.Count != 1)
            check.Findings.Error(
                place,
                "one-place",
                given.Count == 0
                    ? "from: names no place."
                    : $"from: names {given.Count} places: {string.Join(", ", given)}.",
                "Give one of folder, s3, url, command and prometheus."
            );
        if (Command is [var line] && line.Contains(' ', StringComparison.Ordinal))
            Wrong(
                check,
                "command-in-one",
                "command",
                "The program and its arguments stand in one text, and no shell takes them apart.",
                $"Write them one by one: [{string.Join(", ", line.Split(' ', StringSplitOptions.RemoveEmptyEntries))}]."
            );
        CheckS3(check);
        CheckAddress(check, "url", Url);
        CheckAddress(check, "endpoint", Endpoint);
        CheckAddress(check, "prometheus", Prometheus);
        CheckSecrets(check);
        if (Prometheus is not null && (Query is null || Span.Read(Step) is null))
            Wrong(
                check,
                "query-and-step",
                Query is null ? "prometheus" : "step",
                "A Prometheus server is asked a query at a step.",
                "Give query: in PromQL and step: such as 1h or 1d."
            );
    }

    private void CheckS3(RulebookCheck check)
    {
        if (S3 is not null && (!S3.StartsWith("s3://", StringComparison.Ordinal) || S3.Length < 8))
            Wrong(
                check,
                "bad-bucket",
                "s3",
                $"\"{S3}\" names no bucket.",
                "Write s3://, the bucket, and the beginning of the keys: s3://acme-billing/focus/"
            );
        if (AccessKeyVariable is null != SecretKeyVariable is null)
            Wrong(
                check,
                "half-a-key",
                AccessKeyVariable is null ? "secretKeyVariable" : "accessKeyVariable",
                "An access key and its secret belong together.",
                "Give both accessKeyVariable: and secretKeyVariable:, or neither for the standard chain of the AWS SDK."
            );
    }

    /// <summary>
    /// What travels readable would be read: only this machine itself may be asked without encryption.
    /// </summary>
    private void CheckAddress(RulebookCheck check, string key, string? address)
    {
        if (address is null)
            return;
        var isGood =
            Uri.TryCreate(EnvironmentText.Blank(address), UriKind.Absolute, out var uri)
            && (uri.Scheme == "https" || (uri.Scheme == "http" && (uri.IsLoopback || key == "prometheus")));
        if (!isGood)
            Wrong(
                check,
                "bad-address",
                key,
                $"\"{address}\" is not an address that can be asked safely.",
                "Write it whole, with https://. Only this machine itself (127.0.0.1) may be asked by http://."
            );
    }

    /// <summary>A rulebook lies in git: what opens a door does not belong there.</summary>
    private void CheckSecrets(RulebookCheck check)
    {
        foreach (var (name, value) in Headers)
        {
            if (EnvironmentText.Variables(value).Count == 0 && IsSecret(name))
                Wrong(
                    check,
                    "secret-in-rulebook",
                    "headers",
                    $"The header {name} is written out in the rulebook, where everybody can read it.",
                    $"Put the secret into an environment variable and write {name}: \"${{ITS_NAME}}\"."
                );
        }
    }

    private void Wrong(RulebookCheck check, string code, string key, string message, string remedy) =>
        check.Error(this, key, code, message, remedy);

    private static bool IsSecret(string header) =>
        new[] { "auth", "token", "key", "secret", "cookie", "password" }.Any(word =>
            header.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
}
