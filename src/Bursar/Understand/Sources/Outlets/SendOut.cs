using System.Net.Http.Headers;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Sources.Stores;

namespace Bursar.Understand.Sources.Outlets;

/// <summary>Sends messages out of the books, to a web address or by mail.</summary>
/// <param name="environs">Where secrets are.</param>
/// <param name="retry">How often it is tried.</param>
internal sealed class SendOut(Environs environs, Retry retry)
{
    /// <summary>Encrypted, or not leaving this machine.</summary>
    public static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback));

    /// <summary>Whether an address of a rulebook may be one; a whole address that a variable stands for is checked when
    /// it is used.</summary>
    public static bool MayBeSafe(string? address) =>
        address is null || address.StartsWith("${", StringComparison.Ordinal) || IsSafe(EnvironmentText.Blank(address));

    /// <summary>Where an address leads, without what only the environment knows.</summary>
    public static string Place(string webhook) =>
        EnvironmentText.Variables(webhook).Count > 0 ? webhook
        : Uri.TryCreate(webhook, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority)
        : webhook;

    /// <exception cref="FetchException">It did not arrive.</exception>
    public Task PostAsync(
        string webhook,
        IReadOnlyDictionary<string, string> headers,
        OutMessage message,
        MessageForm form,
        CancellationToken cancel
    ) =>
        retry.RunAsync(
            async () =>
            {
                var address = environs.Filled(webhook);
                if (!IsSafe(address))
                    throw FetchException.Of(
                        "digests/unsafe-address",
                        $"What {Place(webhook)} stands for is no https address.",
                        "Write https://… into the variable; http:// only for this machine itself."
                    );
                using var request = new HttpRequestMessage(HttpMethod.Post, address)
                {
                    Content = new ByteArrayContent(message.Bytes(form)),
                };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(
                    form == MessageForm.Text ? "text/plain" : "application/json",
                    "utf-8"
                );
                request.Headers.TryAddWithoutValidation("Idempotency-Key", message.Key);
                foreach (var (header, value) in headers)
                    request.Headers.TryAddWithoutValidation(header, environs.Filled(value));
                using var answer = await AskWeb.SendAsync(request, cancel);
                return answer.IsSuccessStatusCode
                    ? true
                    : throw FetchException.Answered(
                        Place(webhook),
                        answer.StatusCode,
                        answer.ReasonPhrase,
                        answer.Headers.RetryAfter?.Delta
                    );
            },
            cancel
        );

    /// <exception cref="FetchException">The server did not take it.</exception>
    public Task MailAsync(MailServer server, IReadOnlyList<string> to, OutMessage message, CancellationToken cancel) =>
        retry.RunAsync(() => server.SendAsync(environs, to, message, cancel), cancel);

    /// <summary>The folder that a path of the rulebook means.</summary>
    public string Folder(string folder) => Path.GetFullPath(folder, Path.GetFullPath(environs.RulebookFolder));
}
