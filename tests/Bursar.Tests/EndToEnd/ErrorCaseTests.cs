using System.Net;
using System.Text.RegularExpressions;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Measures;
using Bursar.Tests.Sources;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>Every error that a source can bring about is met here, or in a test that is named.</summary>
public sealed partial class ErrorCaseTests
{
    private static readonly string[] Areas = ["ingestion/", "source/", "sources/", "series/"];

    /// <summary>Tests that need a web server, a store or a clock of their own to meet these.</summary>
    private static readonly (Type Test, string[] Codes)[] Elsewhere =
    [
        (
            typeof(WebSourceTests),
            [
                "sources/answer",
                "sources/cut-short",
                "sources/denied",
                "sources/not-there",
                "sources/unreachable",
                "sources/unsafe-redirect",
            ]
        ),
        (typeof(S3SourceTests), ["sources/assembly-incomplete", "sources/no-files", "sources/variable-missing"]),
        (typeof(PrometheusTests), ["sources/bad-query", "sources/not-prometheus"]),
        (
            typeof(UpdateSourcesTests),
            [
                "ingestion/needs-files",
                "sources/command-failed",
                "sources/command-not-found",
                "sources/command-silent",
                "sources/command-too-long",
                "sources/no-credentials",
                "sources/no-folder",
                "sources/nothing-to-fetch",
                "sources/unknown-source",
                "sources/waits",
            ]
        ),
        (typeof(AzureCostDetailsTests), ["ingestion/which-half"]),
        (typeof(SourceAddTests), ["source/bad-column", "source/exists", "source/no-cost"]),
        (
            typeof(SeriesTests),
            [
                "series/no-column",
                "series/no-points",
                "series/no-resource",
                "series/nobody-wants",
                "series/point-twice",
                "series/unknown",
                "series/unknown-key",
                "series/unreadable",
            ]
        ),
    ];

    /// <summary>Met over HTTP, in the tests below.</summary>
    private static readonly string[] OverHttp = ["series/bad-grain", "tags/too-large"];

    public static TheoryData<string> Codes => [.. ErrorCases.All.Select(one => one.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task An_error_says_its_code_what_is_wrong_where_and_what_to_do(string code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && code == "ingestion/cannot-open", "Windows has no such pipes.");
        var one = ErrorCases.All.Single(item => item.Code == code);
        using var test = new BooksTest();
        var result = await one.Run(test);
        Assert.True(result.ExitCode is 1 or 2, result.ToString());
        var said = Spaces().Replace(result.Error, " ");
        foreach (var words in new[] { code, one.Says, one.Remedy })
            Assert.True(said.Contains(words, StringComparison.Ordinal), $"\"{words}\" is not said:\n{result}");
    }

    [Fact]
    public async Task A_server_says_them_too()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/orders.yaml",
            "kind: Series\nname: orders\nunit: o\nsource: O\ntime: Month\nvalue: Orders\n"
        );
        await test.BookAsync(test.Write("good.csv", SomeRow.Csv(new SomeRow("1"))));
        var published = await test.RunAsync("publish");
        Assert.True(published.ExitCode == 0, published.ToString());
        using var server = await ServerProcess.StartAsync(test.Path, "--books", "books", "--rulebook", "rulebook");
        var cancel = TestContext.Current.CancellationToken;

        var grain = await server.Client.GetAsync(server.At("/api/v1/series/orders?over=fortnight"), cancel);
        Assert.Equal(HttpStatusCode.BadRequest, grain.StatusCode);
        var said = await grain.Content.ReadAsStringAsync(cancel);
        Assert.Contains("series/bad-grain", said);
        Assert.Contains("Write day, week, month, quarter or year.", said);

        using var large = new HttpRequestMessage(HttpMethod.Post, server.At("/api/v1/tags/check"));
        large.Content = new ByteArrayContent(new byte[64_000_001]);
        // The answer comes before the body is sent.
        large.Headers.ExpectContinue = true;
        var tags = await server.Client.SendAsync(large, cancel);
        var refused = await tags.Content.ReadAsStringAsync(cancel);
        Assert.Contains("tags/too-large", refused);
        Assert.Contains("Send the plan of one workspace at a time.", refused);
    }

    [Fact]
    public void Every_error_that_a_source_can_bring_about_has_a_reproducer()
    {
        var shown = ErrorCases
            .All.Select(one => one.Code)
            .Concat(EveryErrorTests.Codes)
            .Concat(OverHttp)
            .Concat(Elsewhere.SelectMany(test => test.Codes))
            .ToHashSet();
        Assert.Equal(
            [],
            Catalogue()
                .Keys.Where(code => Areas.Any(area => code.StartsWith(area, StringComparison.Ordinal)))
                .Except(shown)
        );
        Assert.Empty(shown.Except(Catalogue().Keys));
        foreach (var (test, codes) in Elsewhere)
        {
            var file = RepositoryRoot
                .Files(".cs")
                .Single(path => path.EndsWith($"/{test.Name}.cs", StringComparison.Ordinal));
            var text = File.ReadAllText(RepositoryRoot.File(file));
            Assert.Equal([], codes.Where(code => !text.Contains(code, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_catalogue_says_what_brings_each_of_them_about()
    {
        var catalogue = Catalogue();
        Assert.Empty(
            catalogue
                .Where(entry => Areas.Any(area => entry.Key.StartsWith(area, StringComparison.Ordinal)))
                .Where(entry => !entry.Value.Contains("\nSeen with: ", StringComparison.Ordinal))
                .Select(entry => entry.Key)
        );
        Assert.Empty(
            ErrorCases
                .All.Where(one =>
                    !catalogue[one.Code].Contains($"\nSeen with: {one.SeenWith}.\n", StringComparison.Ordinal)
                )
                .Select(one => $"{one.Code}: Seen with: {one.SeenWith}.")
        );
    }

    private static Dictionary<string, string> Catalogue() =>
        Entry()
            .Matches(File.ReadAllText(RepositoryRoot.File("docs", "errors.md")).ReplaceLineEndings("\n"))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [GeneratedRegex("^### `([a-z0-9-]+/[a-z0-9-]+)`\n((?:(?!^###? ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
