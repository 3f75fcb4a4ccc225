using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Web;

/// <summary>
/// Asks a server for its own pages, so that readers find answers instead of waiting for them: what they open first when
/// it has started, the rest when the first of them came, and all again when the books changed.
/// </summary>
/// <param name="workspace">The books.</param>
/// <param name="pages">The pages of the navigation.</param>
/// <param name="reader">Who has come: a server that nobody asks stays small and still.</param>
internal sealed class WarmUp(Workspace workspace, IReadOnlyList<PageEntry> pages, FirstReader reader)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>What a first reader opens: before all others, at once.</summary>
    private static readonly string[] First =
    [
        "/",
        "/explore?by=ServiceProviderName&over=month&top=7",
        "/strategy",
        "/data",
    ];

    /// <summary>Visits them until the server ends.</summary>
    /// <param name="address">Where the server answers ("http://127.0.0.1:4717").</param>
    /// <param name="cancel">Ends it.</param>
    public async Task VisitAsync(string address, CancellationToken cancel)
    {
        // A first page may have to read all history.
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Add(FirstReader.OwnVisit, "1");
        string? visited = null;
        try
        {
            foreach (var path in First)
                await VisitAsync(client, address + path, cancel);
            await reader.Came.WaitAsync(cancel);
            while (true)
            {
                var books = What();
                if (books is not null && books != visited)
                {
                    foreach (var page in pages)
                        await VisitAsync(client, address + page.Path, cancel);
                    visited = books;
                }
                await Task.Delay(Beat, workspace.Clock, cancel);
            }
        }
        catch (Exception ended) when (ended is HttpRequestException or OperationCanceledException)
        {
            // It is a courtesy: where a page fails, its reader is told, not the log.
        }
    }

    private static async Task VisitAsync(HttpClient client, string page, CancellationToken cancel)
    {
        using var answer = await client.GetAsync(page, cancel);
    }

    /// <summary>What decides the figures; null while the books cannot be read.</summary>
    private string? What()
    {
        try
        {
            var state = workspace.Books.Current();
            return string.Join(
                ' ',
                [
                    .. state.LiveDeliveries.Select(booked => booked.Id),
                    .. state.SeriesDeliveries.Select(booked => $"{booked.CommittedSeq}"),
                    .. state.RulebookHistory.Select(rulebook => rulebook.Hash),
                ]
            );
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
