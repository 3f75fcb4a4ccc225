using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Bursar.Core.Diagnostics;
using Bursar.Web;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Bursar.Tests.Web;

/// <summary>What holds for every answer of the server.</summary>
public sealed class ServerTests(Preview preview) : IClassFixture<Preview>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_tells_its_time_and_allows_nothing_foreign_or_inline()
    {
        var answer = await preview.Client.GetAsync(preview.At("/data"), Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("handler;dur=", Header(answer, "Server-Timing"));
        var policy = Header(answer, "Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/explore?by=ServiceProviderName&over=month&top=7&from=2025-10&to=2026-09&compare=previous")]
    [InlineData("/rows")]
    [InlineData("/data")]
    [InlineData("/strategy")]
    public async Task Setting_a_page_takes_little_of_its_hundred_milliseconds(string path)
    {
        await preview.Client.GetAsync(preview.At(path), Cancelled);
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var answer = await preview.Client.GetAsync(preview.At(path), Cancelled);
            times.Add(
                double.Parse(
                    Header(answer, "Server-Timing")["handler;dur=".Length..],
                    System.Globalization.CultureInfo.InvariantCulture
                )
            );
        }
        Assert.InRange(times.Min(), 0, 100);
    }

    [Fact]
    public async Task Stylesheet_and_scripts_may_be_kept_for_ever_because_their_address_names_their_content()
    {
        var answer = await preview.Client.GetAsync(preview.At(WebAssets.Href("bursar.css")), Cancelled);
        Assert.Equal("public, max-age=31536000, immutable", Header(answer, "Cache-Control"));
        var stale = await preview.Client.GetAsync(preview.At("/static/000000000000/bursar.css"), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, stale.StatusCode);
    }

    [Theory]
    [InlineData("/explore?over=fortnight", HttpStatusCode.BadRequest, "Use day, week, month, quarter, year.")]
    [InlineData("/explore?asof=the-dawn-of-time", HttpStatusCode.BadRequest, "Write a day, such as 2026-10-11.")]
    [InlineData("/data?asof=the-dawn-of-time", HttpStatusCode.BadRequest, "Write a day, such as 2026-10-11.")]
    [InlineData("/strategy?from=soon", HttpStatusCode.BadRequest, "Write from=2026-04 for a month")]
    [InlineData("/data?asof=a-bug", HttpStatusCode.InternalServerError, "This is a bug")]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "There is no such page")]
    public async Task What_cannot_be_answered_is_said_on_a_page_in_the_same_look(
        string path,
        HttpStatusCode status,
        string sentence
    )
    {
        var answer = await preview.Client.GetAsync(preview.At(path), Cancelled);
        Assert.Equal(status, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains(sentence, page);
        Assert.Contains("class=\"masthead\"", page);
        Assert.DoesNotContain("InvalidOperationException", page);
    }

    [Fact]
    public async Task The_api_gives_columns_and_rows_with_every_digit()
    {
        var text = await preview.Client.GetStringAsync(
            preview.At("/api/v1/costs?by=ServiceProviderName&over=month&from=2026-09&to=2026-09&top=1"),
            Cancelled
        );
        using var answer = JsonDocument.Parse(text);
        Assert.Equal(
            """["ServiceProviderName","month","EffectiveCost"]""",
            answer.RootElement.GetProperty("columns").GetRawText()
        );
        Assert.Equal(
            """["Amazon Web Services","2026-09",6982800]""",
            answer.RootElement.GetProperty("rows")[0].GetRawText()
        );
    }

    [Fact]
    public async Task The_same_answer_downloads_as_csv()
    {
        var text = await preview.Client.GetStringAsync(
            preview.At("/api/v1/costs?by=ServiceProviderName&over=month&from=2026-09&to=2026-09&top=1&format=csv"),
            Cancelled
        );
        Assert.StartsWith(
            "ServiceProviderName,month,EffectiveCost\r\nAmazon Web Services,2026-09,6982800\r\n(other),2026-09,",
            text
        );
    }

    [Fact]
    public async Task A_bad_question_to_the_api_is_problem_details_with_code_and_remedy()
    {
        var answer = await preview.Client.GetAsync(preview.At("/api/v1/costs?over=fortnight"), Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("address/over", problem.RootElement.GetProperty("code").GetString());
        Assert.Equal("Use day, week, month, quarter, year.", problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        using var description = JsonDocument.Parse(
            await preview.Client.GetStringAsync(preview.At("/openapi/v1.json"), Cancelled)
        );
        var parameters = description
            .RootElement.GetProperty("paths")
            .GetProperty("/api/v1/costs")
            .GetProperty("get")
            .GetProperty("parameters");
        Assert.Contains(parameters.EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "where");
    }

    [Fact]
    public async Task A_request_under_a_foreign_name_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, preview.At("/data"));
        request.Headers.Host = "books.example.com";
        var answer = await preview.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.5")]
    [InlineData("*")]
    public void Any_other_address_than_this_machine_is_refused(string address)
    {
        var refused = Assert.Throws<RefusedException>(() => Preview.Build(new WebOptions(address)));
        Assert.Equal("web/address-refused", refused.Diagnostic.Code);
        Assert.Equal(2, refused.ExitCode);
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var refused = Assert.Throws<RefusedException>(() =>
            Preview.Build(new WebOptions(Port: ((IPEndPoint)taken.LocalEndpoint).Port))
        );
        Assert.Equal("web/port-taken", refused.Diagnostic.Code);
    }

    [Fact]
    public async Task A_page_travels_compressed_when_the_reader_takes_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, preview.At("/data"));
        request.Headers.AcceptEncoding.ParseAdd("br");
        var answer = await preview.Client.SendAsync(request, Cancelled);
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task The_server_keeps_its_keys_off_the_disk()
    {
        await using var server = Preview.Build(new WebOptions(Port: 0));
        var keys = server.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value;
        Assert.IsType<KeysInMemory>(keys.XmlRepository);
    }

    [Fact]
    public async Task The_server_stops_when_it_is_told_to()
    {
        await using var server = Preview.Build(new WebOptions(Port: 0));
        using var stop = new CancellationTokenSource();
        await server.StartAsync(Cancelled);
        var stopped = server.WaitForShutdownAsync(stop.Token);
        await stop.CancelAsync();
        await stopped.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(',', answer.Headers.TryGetValues(name, out var values) ? values : []);
}
