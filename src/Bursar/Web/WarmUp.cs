namespace Bursar.Web;

/// <summary>
/// Asks a server that has just started for its own pages, so that its first reader does not wait for it to load and
/// compile.
/// </summary>
internal static class WarmUp
{
    private static readonly string[] Paths =
    [
        "/",
        "/explore?by=ServiceProviderName&over=month&top=7",
        "/strategy",
        "/data",
    ];

    /// <summary>
    /// Visits the pages one after the other. It is a courtesy: where a page fails, its reader is told, not the log.
    /// </summary>
    public static async Task VisitAsync(string address, CancellationToken cancel)
    {
        using var client = new HttpClient();
        foreach (var path in Paths)
        {
            try
            {
                using var answer = await client.GetAsync(address + path, cancel);
            }
            catch (Exception ended) when (ended is HttpRequestException or OperationCanceledException)
            {
                return;
            }
        }
    }
}
