using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Bursar.Warehouse.Queries;
using Microsoft.Extensions.Caching.Memory;

namespace Bursar.Workspaces;

/// <summary>
/// Answers that were given before, to a server or to one command. The same question of the same files has the same
/// answer: files never change under their name, and another state of the books or of the rules has other files.
/// </summary>
internal sealed class AnswerMemory : IDisposable
{
    /// <summary>So many rows are kept in all; then those that nobody asked for the longest go.</summary>
    private const int RowsMax = 60_000;

    /// <summary>An answer of more rows is asked for again: what is made of it is kept, where it is made.</summary>
    private const int RowsOfOneMax = 20_000;

    /// <summary>What an answer weighs beside its rows.</summary>
    private const int RowsOfKey = 20;

    private readonly MemoryCache answers = new(
        new MemoryCacheOptions { SizeLimit = RowsMax, CompactionPercentage = 0.2 }
    );

    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> columns = new();

    /// <summary>Who asks what is being asked already waits for that answer; no question asks another.</summary>
    private readonly Lock[] asking = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <summary>The columns of each of these files, read from those that were not opened before.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> ColumnsOf(
        IReadOnlyList<string> paths,
        Func<IReadOnlyList<string>, IReadOnlyDictionary<string, IReadOnlySet<string>>> read
    )
    {
        var unknown = paths.Where(path => !columns.ContainsKey(path)).ToList();
        if (unknown.Count > 0)
        {
            foreach (var (path, names) in read(unknown))
                columns[path] = names;
        }
        return columns;
    }

    /// <summary>The answer, asked for if it was not given before.</summary>
    public CostSums Of(CostQuery query, StarFiles star, Func<CostSums> ask) =>
        Remembered(Key("sums", query, star), ask, sums => sums.Rows.Count);

    /// <summary>A page of source rows, asked for if it was not shown before.</summary>
    public ChargeRows PageOf(CostQuery query, StarFiles star, (int Limit, long Offset) page, Func<ChargeRows> ask) =>
        Remembered(Key($"page {page.Limit} {page.Offset}", query, star), ask, found => found.Rows.Count);

    /// <summary>Rows without totals and notes, asked for if they were not before.</summary>
    public IReadOnlyList<CostRow> RowsOf(CostQuery query, StarFiles star, Func<IReadOnlyList<CostRow>> ask) =>
        Remembered(Key("rows", query, star), ask, rows => rows.Count);

    /// <summary>Figures of a series, asked for if they were not before.</summary>
    public IReadOnlyList<SeriesRow> SeriesOf(
        SeriesQuery query,
        IReadOnlyList<string> files,
        Func<IReadOnlyList<SeriesRow>> ask
    ) =>
        Remembered(
            string.Join(
                '\u0002',
                [
                    "series",
                    string.Join('\u0001', files),
                    query.Combine.ToString(),
                    query.Over.ToString(),
                    $"{query.From:yyyy-MM-dd}",
                    $"{query.To:yyyy-MM-dd}",
                    string.Join('\u0001', query.By),
                    Text(query.Where),
                ]
            ),
            ask,
            rows => rows.Count
        );

    /// <summary>What moves between two rulebooks, asked for if it was not before.</summary>
    public IReadOnlyList<MovedCost> MovesOf(
        MoveQuery query,
        StarFiles before,
        StarFiles after,
        Func<IReadOnlyList<MovedCost>> ask
    )
    {
        var same = new CostQuery
        {
            Measure = query.Measure,
            By = query.By,
            From = query.From,
            To = query.To,
            Conversion = query.Conversion,
        };
        return Remembered(Key($"moves to {after.ProfilesSource}", same, before), ask, rows => rows.Count);
    }

    public void Dispose() => answers.Dispose();

    private T Remembered<T>(string key, Func<T> ask, Func<T, int> rowsOf)
    {
        if (answers.TryGetValue(key, out T? before))
            return before!;
        lock (asking[(key.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % asking.Length])
        {
            if (answers.TryGetValue(key, out before))
                return before!;
            var found = ask();
            if (rowsOf(found) is var rows && rows <= RowsOfOneMax)
                answers.Set(key, found, new MemoryCacheEntryOptions { Size = rows + RowsOfKey });
            return found;
        }
    }

    private static string Key(string kind, CostQuery query, StarFiles star)
    {
        var parts = new List<string>
        {
            kind,
            star.DailySource,
            star.ProfilesSource,
            query.Measure.ToString(),
            query.Over.ToString()!,
            query.Time.ToString(),
            query.Split.ToString(),
            query.Allocation.ToString(),
            $"{query.From:yyyy-MM-dd}",
            $"{query.To:yyyy-MM-dd}",
            $"{query.Top}",
            string.Join('\u0001', query.By),
            Text(query.Where),
            Text(query.Conversion),
        };
        parts.AddRange(query.Scopes.Select(scope => scope.Name + "\u0003" + Text(scope.Where)));
        return string.Join('\u0002', parts);
    }

    /// <summary>A thousand rates are as short as one: a key is kept for every answer.</summary>
    private static string Text(Conversion? conversion)
    {
        if (conversion is null)
            return "";
        var rates = (conversion.Rates ?? []).Select(rate =>
            $"{rate.Currency}{rate.Start.DayNumber}-{rate.End.DayNumber}={rate.Rate}"
        );
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', rates)));
        return $"{conversion.Target} {Convert.ToHexStringLower(hash)}";
    }

    private static string Text(IEnumerable<CostFilter> filters) =>
        string.Join(
            '\u0004',
            filters.Select(filter =>
                $"{filter.Column}\u0005{filter.Negated}\u0005{string.Join('\u0001', filter.Values.Select(value => value ?? "\u0000"))}"
            )
        );
}
