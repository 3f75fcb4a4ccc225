using System.Net.Sockets;

namespace Bursar.Understand.Sources.Stores;

/// <summary>Asks web servers.</summary>
internal static class AskWeb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private static readonly HttpClient Client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(20),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The head of the answer; its body is read by the caller.</summary>
    /// <exception cref="FetchException">There was no answer.</exception>
    public static async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        var place = request.RequestUri!.GetLeftPart(UriPartial.Authority);
        try
        {
            return await Client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw FetchException.Unreachable(place, $"it did not answer within {Patience.TotalSeconds:0} seconds");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            throw FetchException.Unreachable(place, failure.InnerException?.Message ?? failure.Message);
        }
    }
}
