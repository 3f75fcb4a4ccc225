using Bursar.Workspaces;

namespace Bursar.Understand.Services;

/// <summary>What the page and the address of services are given to read.</summary>
internal static class ServicesPages
{
    /// <param name="services">The services of the server.</param>
    /// <param name="view">The books as of a moment; null is now.</param>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton<ReadServicesTrend>(
            (asOf, month, months, cancel) => Task.Run(() => ServicesTrend.Of(view(asOf), month, months, cancel), cancel)
        );
        services.AddSingleton<ReadServices>(
            (asOf, month, cancel) =>
                Task.Run(
                    () =>
                    {
                        var services = new ReviewServices(view(asOf));
                        return services.Of(month, cancel) is { } review
                            ? services.WithLicences(services.WithDays(review, cancel), cancel)
                            : null;
                    },
                    cancel
                )
        );
    }
}
