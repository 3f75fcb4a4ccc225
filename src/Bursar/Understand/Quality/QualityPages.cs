using Bursar.Understand.Ingestion;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Understand.Quality;

/// <summary>Gives the pages and the API their use cases of quality.</summary>
internal static class QualityPages
{
    public static void Add(IServiceCollection services, Workspace workspace, bool draft)
    {
        services.AddSingleton(new DataSection(typeof(TrustSection)));
        services.AddSingleton<ReviewQualityOf>(
            (asOf, month, cancel) => Task.Run(() => new ReviewQuality(View(asOf)).Of(month, cancel), cancel)
        );
        services.AddSingleton<ScoreTrustOf>(
            (asOf, month, cancel) =>
                Task.Run(
                    () =>
                    {
                        var view = View(asOf);
                        return view.Deliveries.Count == 0
                            ? []
                            : new ScoreTrust(view).All(ReviewQuality.Month(view, month), cancel);
                    },
                    cancel
                )
        );
        services.AddSingleton<ReportTagsOf>(
            (asOf, month, cancel) => Task.Run(() => new ReportTags(View(asOf)).Of(month, cancel), cancel)
        );
        services.AddSingleton<CheckResourcesOf>(
            (name, text, cancel) => Task.Run(() => new CheckResources(View(null).Rulebook).Of(name, text), cancel)
        );

        BooksView View(string? asOf) => workspace.View(asOf is null ? null : WebSources.Moment(asOf), draft);
    }
}
