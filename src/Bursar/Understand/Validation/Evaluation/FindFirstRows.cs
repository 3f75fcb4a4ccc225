using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>A rule that rows break, and how many rows of it are to be shown.</summary>
/// <param name="Broken">True for a row that breaks it.</param>
/// <param name="Columns">The columns whose cells are shown.</param>
/// <param name="Wanted">How many rows, at most as many as there are.</param>
internal sealed record WantedRows(Formula Broken, IReadOnlyList<string> Columns, int Wanted);

/// <summary>
/// Fetches the first rows that break each failing rule. Most are near the beginning: only for the others is the file
/// read on.
/// </summary>
/// <param name="session">The engine.</param>
/// <param name="scan">How the file is read.</param>
/// <param name="checks">What the rules ask.</param>
internal sealed class FindFirstRows(DuckDbSession session, ScanFile scan, CompileChecks checks)
{
    private const long NearRows = 20_000;
    private const int ValueMax = 200;

    public IReadOnlyList<IReadOnlyList<FoundRow>> Of(IReadOnlyList<WantedRows> rules, CancellationToken cancel)
    {
        var found = rules.Select(_ => new List<FoundRow>()).ToList();
        foreach (var rowsMax in new long?[] { NearRows, null })
        {
            var open = Enumerable.Range(0, rules.Count).Where(i => found[i].Count < rules[i].Wanted).ToList();
            if (open.Count == 0)
                break;
            foreach (var rule in open)
                found[rule].Clear();
            Read(rules, open, found, rowsMax, cancel);
        }
        return found;
    }

    private void Read(
        IReadOnlyList<WantedRows> rules,
        List<int> open,
        List<List<FoundRow>> found,
        long? rowsMax,
        CancellationToken cancel
    )
    {
        var columns = open.SelectMany(i => rules[i].Columns)
            .Where(id => checks.Cell(id) is not null)
            .Distinct()
            .ToList();
        var tests = open.Select(i => rules[i].Broken.Sql(atom => $"a{atom}")).ToList();
        var cells = columns.Select(id => $", coalesce(left({checks.Cell(id)}, {ValueMax}), '')");
        var left = open.Count;
        using var reader = session.Query(
            $"""
            SELECT n, {string.Join(", ", tests)}{string.Concat(cells)}
            FROM ({scan.Facts(numbered: true, rowsMax)}) WHERE {string.Join(" OR ", tests)}
            """,
            cancel: cancel
        );
        while (left > 0 && reader.Read())
        {
            for (var i = 0; i < open.Count; i++)
            {
                var (rule, rows) = (rules[open[i]], found[open[i]]);
                if (rows.Count == rule.Wanted || !reader.GetBoolean(1 + i))
                    continue;
                var values = rule
                    .Columns.Where(columns.Contains)
                    .Select(id => KeyValuePair.Create(id, reader.GetString(1 + open.Count + columns.IndexOf(id))));
                rows.Add(new FoundRow(reader.GetInt64(0), [.. values]));
                if (rows.Count == rule.Wanted)
                    left--;
            }
        }
    }
}
