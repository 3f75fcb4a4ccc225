using System.ComponentModel;
using System.Diagnostics;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources.Stores;

/// <summary>What a program prints, perhaps one file for each month. No shell stands between.</summary>
internal sealed class CommandStore(SourceLocation from, Environs environs) : IFileStore
{
    private const int TailCharacters = 300;

    private readonly TimeSpan limit = TimeSpan.FromMinutes(from.TimeoutMinutes);

    public Task<IReadOnlyList<OfferedFile>> ListAsync(CancellationToken cancel)
    {
        var name = from.File ?? (from.Command.Any(MonthTemplate.Is) ? "output-{month}.csv" : "output.csv");
        var months = MonthTemplate.Months(from, environs.Today);
        return Task.FromResult<IReadOnlyList<OfferedFile>>([
            .. months.Select(month => new OfferedFile(
                MonthTemplate.Filled(string.Join(' ', from.Command), month),
                MonthTemplate.Filled(name, month),
                // The month that the command is run for.
                ModifiedAt: new DateTimeOffset(month.Start, TimeOnly.MinValue, TimeSpan.Zero)
            )),
        ]);
    }

    public async Task<FetchedFile?> FetchAsync(
        OfferedFile file,
        KnownVersion? known,
        string path,
        CancellationToken cancel
    )
    {
        var month = Core.Time.BillingPeriod.Containing(DateOnly.FromDateTime(file.ModifiedAt!.Value.UtcDateTime));
        var words = from.Command.Select(word => environs.Filled(MonthTemplate.Filled(word, month))).ToList();
        using var process = Start(words);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(limit);
        try
        {
            var said = process.StandardError.ReadToEndAsync(patience.Token);
            var (bytes, sha256) = await WholeCopy
                .ToAsync(process.StandardOutput.BaseStream, null, file.Name, path, patience.Token)
                .ConfigureAwait(false);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            Require(process.ExitCode, await said.ConfigureAwait(false), bytes);
            return sha256 == known?.Sha256 ? null : new FetchedFile(path, null, bytes, sha256);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw FetchException.Of(
                "sources/command-too-long",
                $"{Program} did not end within {from.TimeoutMinutes} minutes and was ended.",
                "Run it by hand to see why, or give it longer: timeoutMinutes in from: of the source."
            );
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private string Program => from.Command[0];

    private Process Start(List<string> words)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = Directory.Exists(environs.RulebookFolder) ? environs.RulebookFolder : "",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception missing)
        {
            throw FetchException.Of(
                "sources/command-not-found",
                $"{Program} cannot be started: {missing.NativeErrorCode switch
                {
                    2 => "there is no such program",
                    13 => "it may not be executed",
                    _ => missing.Message,
                }}.",
                "Write the program's whole path as the first line of command:, and its arguments below, one to a line."
            );
        }
    }

    private void Require(int code, string said, long bytes)
    {
        var tail = said.Trim();
        if (tail.Length > TailCharacters)
            tail = "…" + tail[^TailCharacters..];
        if (code != 0)
            throw FetchException.Of(
                "sources/command-failed",
                $"{Program} ended with {code}{(tail.Length > 0 ? $" and said: {tail}" : " and said nothing")}",
                "Run it by hand, as the user that runs bursar, in the rulebook's folder."
            );
        if (bytes == 0)
            throw FetchException.Of(
                "sources/command-silent",
                $"{Program} ended well and printed nothing.",
                "A command has to print the file to its standard output."
            );
    }
}
