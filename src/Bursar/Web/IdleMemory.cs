namespace Bursar.Web;

/// <summary>
/// Gives memory back to the machine when nobody has asked for anything for a while: a server on somebody's desk mostly
/// waits.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly Timer timer = new(_ => GiveBack());

    /// <summary>Notes that somebody asked; the wait begins anew when the answer is out.</summary>
    public async Task Note(HttpContext context, RequestDelegate next)
    {
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            await next(context);
        }
        finally
        {
            timer.Change(Wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => timer.Dispose();

    // The collector runs when memory is asked for; while idle nothing asks, and what the last page needed would stay
    // for hours.
    public static void GiveBack() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
