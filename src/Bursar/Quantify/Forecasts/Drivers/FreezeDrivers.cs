using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Understand.Currencies;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary>Keeps a driver forecast in the journal, with the terms that it was worked out of (FCT-08).</summary>
internal sealed class FreezeDrivers(Workspace workspace, BooksView view)
{
    /// <exception cref="Core.Diagnostics.RefusedException">It says too little, or its name is that of another
    /// question.</exception>
    public FrozenForecast Freeze(DriverCase made, FreezeWords words, CancellationToken cancel)
    {
        var forecast = made.Forecast;
        var known = new ReadHistory(view).Of(new ForecastQuestion(), cancel);
        var scope = forecast.Scope is { } name ? $"&scope={Uri.EscapeDataString(name)}" : "";
        var fact = new FrozenForecast(
            words.Name,
            words.Reason,
            $"{FrozenForecast.DriversWord}{Uri.EscapeDataString(forecast.Name)}&currency={forecast.Currency}{scope}",
            "month",
            forecast.Currency,
            false,
            known.Through,
            known.CompleteThrough,
            Cli.Shell.Version,
            $"{forecast.Title} is reckoned from its causes; P10, P50 and P90 are of {made.Draws} draws with seed {made.Seed}.",
            [],
            null,
            [.. words.Assumptions.Concat(forecast.Assumes), .. DriverWords.Of(forecast), .. made.Notes.Where(IsFound)],
            [
                .. made.Months.Select(month => new FrozenPeriod(
                    month.Month.Start,
                    month.Month.End,
                    Amount.Zero,
                    month.Base,
                    month.P10,
                    month.P50,
                    month.P90
                )),
            ],
            []
        )
        {
            Actual = Actual(forecast),
        };
        return new FreezeForecast(workspace, view).Keep(fact, words.Author, cancel);
    }

    /// <summary>Assumptions stand by themselves already.</summary>
    private static bool IsFound(string note) => !note.StartsWith(ForecastDrivers.Assumed, StringComparison.Ordinal);

    /// <summary>The charges of its scope, in its currency where rates are known.</summary>
    private FrozenActual? Actual(DriverForecast forecast)
    {
        if (forecast.Scope is not { } name || view.Rulebook.Find<Scope>(name) is not { } scope)
            return null;
        var currency = new Currency(forecast.Currency);
        var query = new CostQuery
        {
            Where = scope.Charges.ToFilters(),
            Conversion = new FindRates(view).Currencies.Contains(currency.Code) ? new Conversion(currency) : null,
        };
        return new FrozenActual(
            CostQueryUrl.Write(new CostQuestion { Query = query }),
            currency.Code,
            null,
            1,
            Amount.Zero
        );
    }
}
