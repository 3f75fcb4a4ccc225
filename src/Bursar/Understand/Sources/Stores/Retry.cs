using System.Security.Cryptography;

namespace Bursar.Understand.Sources.Stores;

/// <summary>
/// Tries again what may pass: four times in all, each pause twice as long as the last, give or take a half.
/// </summary>
/// <remarks>The give and take keeps many machines from coming back at the same instant.</remarks>
internal sealed class Retry(TimeProvider clock)
{
    private const int Attempts = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>The first pause.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <exception cref="FetchException">It failed each time, or in a way that no waiting mends.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (FetchException failure) when (failure.IsTransient && attempt < Attempts)
            {
                await Task.Delay(Pause(attempt, failure.RetryAfter), clock, cancel).ConfigureAwait(false);
            }
        }
    }

    private TimeSpan Pause(int attempt, TimeSpan? asked)
    {
        var pause = FirstPause * (1 << (attempt - 1)) * RandomNumberGenerator.GetInt32(500, 1500) / 1000;
        if (asked > pause)
            pause = asked.Value;
        return pause < LongestWait ? pause : LongestWait;
    }
}
