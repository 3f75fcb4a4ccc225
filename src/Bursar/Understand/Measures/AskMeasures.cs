using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Measures;

/// <summary>A question about a series as doors understand it: without the rule by which its points combine.</summary>
internal sealed record MeasureQuestion(string Name)
{
    public IReadOnlyList<string> By { get; init; } = [];

    public TimeGrain? Over { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public IReadOnlyList<CostFilter> Where { get; init; } = [];
}

/// <summary>Answers questions about series from the books of one moment.</summary>
internal sealed class AskMeasures(BooksView view)
{
    /// <summary>The declared series of that name.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public Series Declared(string name) => TakeSeries.Declared([.. view.Rulebook.All<Series>()], name);

    /// <exception cref="RefusedException">There is no such series, or it has no such column.</exception>
    public SeriesAnswer Answer(MeasureQuestion asked, CancellationToken cancel)
    {
        var series = Declared(asked.Name);
        foreach (var column in asked.By.Concat(asked.Where.Select(filter => filter.Column)))
            RequireColumn(series, column);
        var query = new SeriesQuery
        {
            Name = series.Name,
            Combine = series.Combine,
            By = asked.By,
            Over = asked.Over,
            Where = asked.Where,
            From = asked.From,
            To = asked.To,
        };
        var booked = Booked(series.Name);
        view.Books.Trust.Require(booked.Select(BooksFiles.Of), cancel);
        var files = Paths(booked);
        return new SeriesAnswer(
            query,
            view.Answers.SeriesOf(query, files, Ask),
            booked.Count == 0 ? null : booked.Max(one => one.Fact.To).AddDays(-1),
            view.State.HeadSeq
        );

        IReadOnlyList<SeriesRow> Ask()
        {
            using var session = view.Engine.Connect();
            return AskSeries.Of(query, files, series.Columns, session, cancel);
        }
    }

    /// <summary>Points that were told anew with another figure, all versions in order.</summary>
    public IReadOnlyList<PointVersion> Restatements(Series series, CancellationToken cancel)
    {
        var booked = Booked(series.Name);
        view.Books.Trust.Require(booked.Select(BooksFiles.Of), cancel);
        using var session = view.Engine.Connect();
        return ReadRestatements.Of(Paths(booked), series.Columns, session, cancel);
    }

    /// <summary>The deliveries of a series, oldest first.</summary>
    public IReadOnlyList<BookedSeries> Booked(string name) =>
        [.. view.State.SeriesDeliveries.Where(booked => booked.Fact.Series == name)];

    private List<string> Paths(IReadOnlyList<BookedSeries> booked) =>
        [.. booked.Select(one => view.Books.Folder.FullPath(one.Fact.File.Path))];

    private static void RequireColumn(Series series, string column)
    {
        if (!series.Columns.Contains(column))
            throw new RefusedException(
                "series/unknown-key",
                $"The series \"{series.Name}\" has no key \"{column}\".{DidYouMean.Question(column, series.Columns)}",
                series.Columns.Count == 0
                    ? "It has none: add by: or resource: to its kind: Series."
                    : $"It has {string.Join(", ", series.Columns)}.",
                exitCode: 2
            );
    }
}
