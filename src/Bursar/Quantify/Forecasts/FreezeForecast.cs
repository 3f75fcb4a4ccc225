using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary>Writes a forecast into the journal as it stands, for others to rely on and to be scored by.</summary>
internal sealed class FreezeForecast(Workspace workspace, BooksView view)
{
    /// <param name="name">What it is for.</param>
    /// <param name="reason">Why.</param>
    /// <param name="assumptions">What its author assumes beside the planned events.</param>
    /// <param name="actor">Who freezes it; null for the usual actor.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="RefusedException">It says too little, or there is nothing to forecast from.</exception>
    public FrozenForecast Freeze(
        string name,
        string reason,
        IReadOnlyList<string> assumptions,
        string? actor,
        ForecastQuestion question,
        CancellationToken cancel
    )
    {
        RequireReason(name, reason);
        var forecast = ForecastCosts.Ask(view, question, cancel);
        return Keep(Of(name.Trim(), reason.Trim(), assumptions, forecast), actor, cancel);
    }

    /// <summary>Writes a forecast that was worked out into the journal.</summary>
    /// <exception cref="RefusedException">It says too little, or its name is that of another question.</exception>
    public FrozenForecast Keep(FrozenForecast fact, string? actor, CancellationToken cancel)
    {
        RequireReason(fact.Name, fact.Reason);
        if (
            BookedForecast.Of(view.State).LastOrDefault(one => one.Fact.Name == fact.Name) is { } before
            && Same(before.Fact.Question) != Same(fact.Question)
        )
            throw new RefusedException(
                "forecasts/other-question",
                $"\"{fact.Name}\" answers another question: {before.Fact.Question}.",
                "Versions of one name answer the same question. Choose another name, or ask the same.",
                exitCode: 2
            );
        workspace.Books.Append(
            actor ?? BooksOfRecord.DefaultActor,
            NewEntry.Of(FrozenForecast.Kind, fact, ForecastJson.Line.FrozenForecast),
            cancel
        );
        return fact;
    }

    private static void RequireReason(string name, string reason)
    {
        if (name.Trim().Length == 0 || reason.Trim().Length == 0)
            throw new RefusedException(
                "forecasts/no-reason",
                "A frozen forecast needs a name and a reason: later readers will ask for them.",
                "Write bursar forecast freeze NAME --reason \"what it is handed out for\".",
                exitCode: 2
            );
    }

    /// <summary>Versions may reach differently far and know differently much.</summary>
    private static string Same(string question) =>
        string.Join(
            '&',
            question
                .Split('&')
                .Where(part =>
                    !part.StartsWith("to=", StringComparison.Ordinal)
                    && !part.StartsWith("known=", StringComparison.Ordinal)
                    && !part.StartsWith("quantile=", StringComparison.Ordinal)
                    && !part.StartsWith("events=", StringComparison.Ordinal)
                )
        );

    private static FrozenForecast Of(
        string name,
        string reason,
        IReadOnlyList<string> assumptions,
        CostForecast forecast
    ) =>
        new(
            name,
            reason,
            ForecastAddress.Write(forecast.Question),
            forecast.Question.Over.ToString().ToLowerInvariant(),
            forecast.Currency.Code,
            forecast.Currency.IsUnit,
            forecast.DataThrough,
            forecast.CompleteThrough,
            Cli.Shell.Version,
            forecast.Reason,
            forecast.Models,
            forecast.Backtest.Wape,
            [.. assumptions, .. forecast.Events.Select(one => $"{one.What} {one.Effect} ({one.Name})")],
            [.. forecast.Periods.Select(Of)],
            [.. forecast.Parts.Select(part => new FrozenPart(part.Keys, [.. part.Periods.Select(Of)]))]
        );

    private static FrozenPeriod Of(ForecastPeriod period) =>
        new(period.Start, period.End, period.Actual, period.Point, period.P10, period.P50, period.P90);
}
