using System.Net;
using System.Net.Http.Headers;
using Bursar.Core.Time;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources.Stores;

/// <summary>A file at an address, perhaps one for each month.</summary>
/// <remarks>What was fetched before is asked for by its mark (ETag, or time of change), so that the same is not sent
/// again.</remarks>
internal sealed class HttpStore(SourceLocation from, Environs environs) : IFileStore
{
    private const int RedirectsMax = 5;

    private readonly string template = from.Url!;

    /// <summary>An address does not say what lies there before it is asked.</summary>
    public Task<IReadOnlyList<OfferedFile>> ListAsync(CancellationToken cancel)
    {
        var months = MonthTemplate.Months(from, environs.Today);
        return Task.FromResult<IReadOnlyList<OfferedFile>>([.. months.Select(Offered)]);
    }

    public async Task<FetchedFile?> FetchAsync(
        OfferedFile file,
        KnownVersion? known,
        string path,
        CancellationToken cancel
    )
    {
        var address = new Uri(environs.Filled(file.Address));
        using var answer = await AskAsync(address, known, cancel).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotModified)
            return null;
        if (!answer.IsSuccessStatusCode)
            throw FetchException.Answered(
                file.Address,
                answer.StatusCode,
                answer.ReasonPhrase,
                answer.Headers.RetryAfter?.Delta
            );
        using var body = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var (bytes, sha256) = await WholeCopy
            .ToAsync(body, answer.Content.Headers.ContentLength, file.Name, path, cancel)
            .ConfigureAwait(false);
        return sha256 == known?.Sha256 ? null : new FetchedFile(path, VersionOf(answer), bytes, sha256);
    }

    private OfferedFile Offered(BillingPeriod month)
    {
        var address = MonthTemplate.Filled(template, month);
        return new OfferedFile(address, NameOf(address, month));
    }

    private string NameOf(string address, BillingPeriod month)
    {
        if (from.File is { } named)
            return MonthTemplate.Filled(named, month);
        var path = new Uri(EnvironmentText.Blank(address)).AbsolutePath;
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        if (name.Length == 0)
            name = "download";
        // Two months of one name would be taken for one file.
        return MonthTemplate.Is(template) && !name.Contains(month.ToString(), StringComparison.Ordinal)
            ? $"{month}-{name}"
            : name;
    }

    /// <summary>Follows redirections itself: the headers, which may hold a secret, go to the first host only.</summary>
    private async Task<HttpResponseMessage> AskAsync(Uri address, KnownVersion? known, CancellationToken cancel)
    {
        var first = address;
        for (var hop = 0; ; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            Condition(request, known?.Version);
            if (address.Host == first.Host && address.Scheme == first.Scheme && address.Port == first.Port)
                foreach (var (name, value) in from.Headers)
                    request.Headers.TryAddWithoutValidation(name, environs.Filled(value));
            var answer = await AskWeb.SendAsync(request, cancel).ConfigureAwait(false);
            var next = answer.Headers.Location;
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || next is null || hop >= RedirectsMax)
                return answer;
            answer.Dispose();
            address = Redirected(address, next);
        }
    }

    /// <summary>Where an address leads on to.</summary>
    /// <exception cref="FetchException">From a secret connection to an open one.</exception>
    internal static Uri Redirected(Uri address, Uri next)
    {
        var target = new Uri(address, next);
        if (address.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps)
            throw FetchException.Of(
                "sources/unsafe-redirect",
                $"{address.Host} leads on to {target.GetLeftPart(UriPartial.Path)}, which is not encrypted.",
                "Ask the provider for an address that stays with https, and write it into url: of the source."
            );
        return target;
    }

    private static void Condition(HttpRequestMessage request, string? version)
    {
        if (version is null)
            return;
        if (EntityTagHeaderValue.TryParse(version, out var tag))
            request.Headers.IfNoneMatch.Add(tag);
        else if (DateTimeOffset.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out var time))
            request.Headers.IfModifiedSince = time;
    }

    private static string? VersionOf(HttpResponseMessage answer) =>
        answer.Headers.ETag?.ToString()
        ?? answer.Content.Headers.LastModified?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
