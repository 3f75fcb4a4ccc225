using System.Collections.Concurrent;
using Bursar.Quantify.Forecasts.Commitments;
using Bursar.Quantify.Forecasts.Drivers;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary>Everything that the page of forecasts shows.</summary>
/// <param name="Forecast">The forecast.</param>
/// <param name="Scored">Frozen forecasts.</param>
/// <param name="Parts">The parts of the newest version of each that has any period to score.</param>
/// <param name="Commitments">Promises that are running.</param>
/// <param name="Drivers">Driver forecasts.</param>
internal sealed record ForecastView(
    CostForecast Forecast,
    IReadOnlyList<ForecastScored> Scored,
    IReadOnlyList<(ForecastScored Whole, ScoredPart Part)> Parts,
    IReadOnlyList<ProjectedCommitment> Commitments,
    IReadOnlyList<DriverCase> Drivers
);

/// <summary>A forecast, for the API; null of empty books.</summary>
internal delegate Task<CostForecast?> ReadForecast(
    ForecastQuestion question,
    string? asOf,
    CancellationToken cancellationToken
);

/// <summary>A forecast with all that belongs to it, for the page; null of empty books.</summary>
internal delegate Task<ForecastView?> ReadForecastView(
    ForecastQuestion question,
    string? asOf,
    CancellationToken cancellationToken
);

/// <summary>Frozen forecasts, for the API.</summary>
internal delegate Task<IReadOnlyList<ForecastScored>> ReadForecastAccuracy(
    string? name,
    string? asOf,
    CancellationToken cancellationToken
);

/// <summary>The parts of frozen forecasts, for the API.</summary>
internal delegate Task<IReadOnlyList<(ForecastScored Whole, ScoredPart Part)>> ReadForecastParts(
    string? name,
    string? asOf,
    CancellationToken cancellationToken
);

/// <summary>Running commitments, for the API.</summary>
internal delegate Task<IReadOnlyList<ProjectedCommitment>> ReadProjectedCommitments(
    string? asOf,
    CancellationToken cancellationToken
);

/// <summary>Driver forecasts, for the API.</summary>
internal delegate Task<IReadOnlyList<DriverCase>> ReadDriverForecasts(
    string? name,
    int seed,
    int draws,
    string? asOf,
    CancellationToken cancellationToken
);

/// <summary>Gives the page and the API their use cases; what was worked out is kept while the books stand.</summary>
internal static class ForecastPages
{
    private const int KeptMax = 64;

    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        var kept = new ConcurrentDictionary<string, object>();
        services.AddSingleton<ReadForecast>(
            (question, asOf, cancel) =>
                Task.Run(
                    () => view(asOf) is { Deliveries.Count: > 0 } books ? Forecast(books, question, cancel) : null,
                    cancel
                )
        );
        services.AddSingleton<ReadForecastView>(
            (question, asOf, cancel) =>
                Task.Run(
                    () =>
                        view(asOf) is { Deliveries.Count: > 0 } books
                            ? new ForecastView(
                                Forecast(books, question, cancel),
                                Kept(books, "scored", () => new ScoreForecasts(books).All(null, cancel)),
                                Kept(books, "parts", () => NewestParts(books, cancel)),
                                Kept(books, "commitments", () => ProjectCommitments.Of(books, cancel)),
                                Kept(
                                    books,
                                    "drivers",
                                    () =>
                                        Drivers(
                                            books,
                                            null,
                                            ForecastDrivers.SeedUsual,
                                            ForecastDrivers.DrawsUsual,
                                            cancel
                                        )
                                )
                            )
                            : null,
                    cancel
                )
        );
        AddBeside(services, view);

        CostForecast Forecast(BooksView books, ForecastQuestion question, CancellationToken cancel) =>
            Kept(books, ForecastAddress.Write(question), () => ForecastCosts.Ask(books, question, cancel));

        T Kept<T>(BooksView books, string what, Func<T> make)
            where T : class
        {
            var key = $"{books.State.HeadHash} {books.Rulebook.Hash} {books.IsDraft} {what}";
            if (kept.TryGetValue(key, out var found))
                return (T)found;
            if (kept.Count >= KeptMax)
                kept.Clear();
            return (T)(kept[key] = make());
        }
    }

    /// <summary>What was frozen, promised and reckoned from causes, for the API.</summary>
    private static void AddBeside(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton<ReadForecastAccuracy>(
            (name, asOf, cancel) => Task.Run(() => new ScoreForecasts(view(asOf)).All(name, cancel), cancel)
        );
        services.AddSingleton<ReadForecastParts>(
            (name, asOf, cancel) => Task.Run(() => PartsOf(view(asOf), name, cancel), cancel)
        );
        services.AddSingleton<ReadProjectedCommitments>(
            (asOf, cancel) => Task.Run(() => ProjectCommitments.Of(view(asOf), cancel), cancel)
        );
        services.AddSingleton<ReadDriverForecasts>(
            (name, seed, draws, asOf, cancel) => Task.Run(() => Drivers(view(asOf), name, seed, draws, cancel), cancel)
        );
    }

    private static IReadOnlyList<(ForecastScored Whole, ScoredPart Part)> NewestParts(
        BooksView books,
        CancellationToken cancel
    )
    {
        var score = new ScoreForecasts(books);
        var newest = score
            .All(null, cancel)
            .Where(one => one.Periods.Count > 0)
            .GroupBy(one => one.Booked.Fact.Name)
            .Select(same => same.Last());
        return score.PartsOf([.. newest], cancel);
    }

    private static IReadOnlyList<(ForecastScored Whole, ScoredPart Part)> PartsOf(
        BooksView books,
        string? name,
        CancellationToken cancel
    )
    {
        var score = new ScoreForecasts(books);
        return score.PartsOf(score.All(name, cancel), cancel);
    }

    private static IReadOnlyList<DriverCase> Drivers(
        BooksView view,
        string? name,
        int seed,
        int draws,
        CancellationToken cancel
    ) => new ForecastDrivers(view, seed, draws).All(name, cancel);
}
