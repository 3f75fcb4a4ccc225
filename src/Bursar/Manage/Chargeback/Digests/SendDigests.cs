using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Outlets;
using Bursar.Understand.Sources.Stores;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>
/// Sends the digests that are due, each once a period: a journal entry says that it arrived, and one sender works at a
/// time.
/// </summary>
/// <remarks>
/// A machine that dies between the receiver's answer and the journal sends once more; the key that goes with it
/// (Idempotency-Key) lets the receiver see that.
/// </remarks>
internal sealed class SendDigests(Workspace workspace, Environs environs, Retry retry, IOwnersNews news)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SendOut send = new(environs, retry);

    /// <param name="name">Only this one; null for all.</param>
    /// <param name="isLeftAlone">Those that are not tried just now.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RefusedException">The rules are a draft, or no digest has that name.</exception>
    public async Task<IReadOnlyList<DigestLine>> RunAsync(
        string? name,
        Func<DigestLine, bool> isLeftAlone,
        CancellationToken cancel
    )
    {
        using var held = FileLock.Take(Path.Combine(workspace.Books.Folder.Root, ".digests"), Patience, cancel);
        var view = workspace.View();
        if (view.IsDraft)
            throw new RefusedException(
                "digests/draft",
                "The rules are not published, so no digest is sent: its figures could change unseen.",
                "Put them in force: `bursar publish`."
            );
        var list = new ListDigests(view, news);
        var lines = new List<DigestLine>();
        foreach (var line in list.Lines(name))
            lines.Add(line.State == DigestState.Due && !isLeftAlone(line) ? await OneAsync(line, list, cancel) : line);
        return lines;
    }

    private async Task<DigestLine> OneAsync(DigestLine line, ListDigests list, CancellationToken cancel)
    {
        var digest = line.Digest;
        try
        {
            var message = list.Message(digest, line.Period!.Value, cancel);
            var sent = message.Out();
            await send.GoAsync(digest, "digest", sent, cancel);
            var entry = workspace.Books.Append(
                "digests",
                NewEntry.Of(
                    DigestSent.Kind,
                    Fact(message, sent.Bytes(digest.WrittenIn())),
                    DigestJson.Default.DigestSent
                ),
                cancel
            );
            return line with { State = DigestState.Sent, Entry = entry.Seq, At = entry.At };
        }
        catch (FetchException failure)
        {
            return Failed(line, failure.Diagnostic);
        }
        catch (RefusedException refused)
        {
            return Failed(line, refused.Diagnostic);
        }
    }

    private static DigestSent Fact(DigestMessage message, byte[] bytes) =>
        new(
            message.Digest.Name,
            message.Period.Start,
            message.Period.End,
            message.Digest.WrittenIn().ToString().ToLowerInvariant(),
            message.Digest.Place(),
            Checksum.Of(bytes),
            StatementFigures.Of(message.Statement)
        );

    private static DigestLine Failed(DigestLine line, Diagnostic cause) =>
        line with
        {
            State = DigestState.Failed,
            Failure = new Diagnostic(
                "digests/not-sent",
                Severity.Error,
                $"The digest {line.Digest.Name} of {line.Word} did not arrive: {cause.Message}",
                cause.Code.StartsWith("sources/", StringComparison.Ordinal) && cause.Code != "sources/variable-missing"
                    ? $"Mend the receiver, or where the digest goes, then `bursar digests {line.Digest.Name} --send`. It stays due until it arrives."
                    : cause.Remedy
            ),
        };
}
