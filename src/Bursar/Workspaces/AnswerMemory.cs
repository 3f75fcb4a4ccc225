using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Bursar.Warehouse.Queries;

namespace Bursar.Workspaces;

/// <summary>
/// Answers that were given before, for a server. The same question of the same files has the same answer: files never
/// change under their name, and another state of the books or of the rules has other files.
/// </summary>
internal sealed class AnswerMemory
{
    /// <summary>So many rows are kept in all; then the memory starts anew.</summary>
    private const int RowsMax = 200_000;

    /// <summary>So many pages of source rows are kept, and so many of each other kind.</summary>
    private const int PagesMax = 500;

    /// <summary>An answer of more rows is asked for again.</summary>
    private const int RowsOfOneMax = 5_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, CostSums> answers = [];
    private readonly Dictionary<string, ChargeRows> pages = [];
    private readonly Dictionary<string, IReadOnlyList<MovedCost>> moves = [];
    private readonly Dictionary<string, IReadOnlyList<CostRow>> rowsOnly = [];
    private readonly Dictionary<string, IReadOnlyList<SeriesRow>> series = [];
    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> columns = new();
    private long rows;

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
    public CostSums Of(CostQuery query, StarFiles star, Func<CostSums> ask)
    {
        var key = Key(query, star);
        lock (gate)
        {
            if (answers.TryGetValue(key, out var known))
                return known;
        }
        var answer = ask();
        lock (gate)
        {
            if (rows + answer.Rows.Count > RowsMax)
            {
                answers.Clear();
                rows = 0;
            }
            if (answers.TryAdd(key, answer))
                rows += answer.Rows.Count;
        }
        return answer;
    }

    /// <summary>A page of source rows, asked for if it was not shown before.</summary>
    public ChargeRows PageOf(CostQuery query, StarFiles star, (int Limit, long Offset) page, Func<ChargeRows> ask) =>
        Remembered(pages, $"{page.Limit}\u0002{page.Offset}\u0002{Key(query, star)}", ask);

    /// <summary>Rows without totals and notes, asked for if they were not before.</summary>
    public IReadOnlyList<CostRow> RowsOf(CostQuery query, StarFiles star, Func<IReadOnlyList<CostRow>> ask) =>
        Remembered(rowsOnly, Key(query, star), ask);

    /// <summary>Figures of a series, asked for if they were not before.</summary>
    public IReadOnlyList<SeriesRow> SeriesOf(
        SeriesQuery query,
        IReadOnlyList<string> files,
        Func<IReadOnlyList<SeriesRow>> ask
    ) =>
        Remembered(
            series,
            string.Join(
                '\u0002',
                [
                    string.Join('\u0001', files),
                    query.Combine.ToString(),
                    query.Over.ToString(),
                    $"{query.From:yyyy-MM-dd}",
                    $"{query.To:yyyy-MM-dd}",
                    string.Join('\u0001', query.By),
                    Text(query.Where),
                ]
            ),
            ask
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
        return Remembered(moves, $"{Key(same, before)}\u0002{after.ProfilesSource}", ask);
    }

    private T Remembered<T>(Dictionary<string, T> known, string key, Func<T> ask)
    {
        lock (gate)
        {
            if (known.TryGetValue(key, out var before))
                return before;
        }
        var found = ask();
        if (found is IReadOnlyCollection<object> { Count: > RowsOfOneMax })
            return found;
        lock (gate)
        {
            if (known.Count >= PagesMax)
                known.Clear();
            known[key] = found;
        }
        return found;
    }

    private static string Key(CostQuery query, StarFiles star)
    {
        var parts = new List<string>
        {
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
