using System.CommandLine;
using Bursar.Cli;
using Bursar.Understand.Reporting;

namespace Bursar.Quantify.Forecasts;

/// <summary>The options with which a forecast is asked for; <c>forecast</c> and <c>forecast freeze</c> share
/// them.</summary>
internal sealed class ForecastOptions
{
    private readonly CostOptions cost = new();

    private readonly Option<string?> series = new("--series")
    {
        Description = "Forecast this series (kind: Series) instead of a cost; --by and --where then name its keys",
        HelpName = "NAME",
    };

    private readonly Option<string?> scope = new("--scope")
    {
        Description = "Of this scope (default: of all cost)",
        HelpName = "NAME",
    };

    private readonly Option<string[]> quantile = new("--quantile")
    {
        Description = "Also what outcomes stay below with this probability: 0.95 or P95. Repeat for more",
        HelpName = "P",
    };

    private readonly Option<string?> known = new("--known-through")
    {
        Description = "As if nothing after this day (or month) were known: how it would have been",
        HelpName = "TIME",
    };

    private readonly Option<bool> withoutEvents = new("--without-events")
    {
        Description = "Without what is planned (kind: PlannedEvent)",
    };

    public IEnumerable<Option> All => [.. cost.All, series, scope, quantile, known, withoutEvents];

    /// <summary>The question that was asked.</summary>
    /// <exception cref="Core.Diagnostics.RefusedException">Something of it cannot be read.</exception>
    public ForecastQuestion Read(ShellRun run) =>
        ForecastAddress.Read(
            cost.Read(run),
            run.Get(series),
            run.Get(scope),
            run.Get(quantile) ?? [],
            run.Get(known),
            !run.Get(withoutEvents)
        );
}
