using Bursar.Understand.Ingestion;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary>Lists the sources of the rulebook: where each comes from, when something came, and what is next.</summary>
internal sealed class ListSources(BooksView view)
{
    public IReadOnlyList<SourceLine> Lines()
    {
        var targets = FetchTarget.In(view);
        var histories = SourceHistory.Of(view.State);
        var looks = new LastLooks(view.Books.Folder).Read();
        var sources = view.Rulebook.All<Source>().ToDictionary(source => source.Name);
        var delivered = view
            .State.Deliveries.GroupBy(booked => booked.Delivery.Source)
            .ToDictionary(group => group.Key, group => group.Max(booked => booked.CommittedAt));
        var measured = view
            .State.SeriesDeliveries.GroupBy(booked => booked.Fact.Series)
            .ToDictionary(group => group.Key, group => group.Max(booked => booked.CommittedAt));
        var lines = new List<SourceLine>();
        foreach (var source in sources.Values)
        {
            var target = targets.FirstOrDefault(target => !target.IsSeries && target.Name == source.Name);
            DateTimeOffset? last = delivered.TryGetValue(source.Name, out var at) ? at : null;
            lines.Add(Line(source.Name, target, source, last, histories, looks));
        }
        foreach (var target in targets.Where(target => target.IsSeries))
        {
            DateTimeOffset? last = measured.TryGetValue(target.Name, out var at) ? at : null;
            lines.Add(Line(target.Name, target, null, last, histories, looks));
        }
        return lines;
    }

    private SourceLine Line(
        string name,
        FetchTarget? target,
        Source? source,
        DateTimeOffset? delivered,
        IReadOnlyDictionary<string, SourceHistory> histories,
        IReadOnlyDictionary<string, DateTimeOffset> looks
    )
    {
        var history = target is null ? null : histories.GetValueOrDefault(target.Key);
        DateTimeOffset? looked = target is not null && looks.TryGetValue(target.Key, out var at) ? at : null;
        var expected = source?.ExpectedEveryHours is { } hours ? delivered?.AddHours(hours + source.GraceHours) : null;
        return new SourceLine(
            name,
            target?.From.ToString(),
            target?.IsSeries == true,
            target?.Every,
            looked,
            history?.FetchedAt,
            delivered,
            expected,
            history?.Failure is not null ? SourceState.Failing
                : expected < view.Clock.GetUtcNow() ? SourceState.Late
                : delivered is null ? SourceState.NeverDelivered
                : SourceState.Fine,
            history?.Failure is { } failure ? $"{failure.Reason} {failure.Remedy}" : null,
            history?.FailingSince
        );
    }
}
