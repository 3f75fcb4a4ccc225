using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>What the page and the addresses of shared costs are given to read.</summary>
internal static class PoolPages
{
    /// <param name="services">The services of the server.</param>
    /// <param name="view">The books as of a moment; null is now.</param>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton<ReadPools>(
            (asOf, month, cancel) => Task.Run(() => new ReviewPools(view(asOf)).Of(month, cancel), cancel)
        );
        services.AddSingleton<ReadRecovery>(
            (asOf, pool, month, months, cancel) =>
                Task.Run(() => new ReviewRecovery(view(asOf)).Of(pool, month, months, cancel), cancel)
        );
    }
}
