using Bursar.Core.Amounts;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>Rows that are alike in every fact that any rule asks for, and in their currency.</summary>
/// <param name="Bits">Their facts.</param>
/// <param name="Currency">Their billing currency; empty without one.</param>
/// <param name="Rows">How many.</param>
/// <param name="BilledCost">Their billed cost; null when there is none to read.</param>
/// <param name="EffectiveCost">Their effective cost; null when there is none to read.</param>
internal sealed record AlikeRows(long[] Bits, string Currency, long Rows, Amount? BilledCost, Amount? EffectiveCost);

/// <summary>
/// Reads a file once: finds the facts of every row, and gathers the rows that are alike. There are some hundreds of
/// such kinds of row, whatever the number of rows; all rules are then decided on them.
/// </summary>
/// <param name="session">The engine, with cell_is and same_entity.</param>
/// <param name="subject">The file.</param>
/// <param name="checks">What the rules ask.</param>
/// <param name="groups">Rules about values that go together; each gets a grouping of its own in the same pass.</param>
internal sealed class ScanFile(
    DuckDbSession session,
    Subject subject,
    CompileChecks checks,
    IReadOnlyList<CompiledCheck.Groups> groups
)
{
    private readonly string table = "scan_" + Guid.NewGuid().ToString("n");
    private readonly string rejects = "rejects_" + Guid.NewGuid().ToString("n");

    private IEnumerable<int> Words => Enumerable.Range(0, checks.Atoms.Words);

    /// <summary>Reads the file.</summary>
    /// <param name="cancel">Interrupts the engine.</param>
    public void Read(CancellationToken cancel)
    {
        var words = string.Join(", ", Words.Select(word => $"s{word}"));
        var sets = groups.Select((group, i) => group.Value is null ? $"(k{i})" : $"(k{i}, v{i})");
        var keys = groups.SelectMany((group, i) => group.Value is null ? [$"k{i}"] : new[] { $"k{i}", $"v{i}" });
        var marks = groups.Select((_, i) => $", grouping(k{i}) AS g{i}");
        session.Execute(
            $"""
            CREATE TEMP TABLE {table} AS
            SELECT {string.Join(", ", keys.Prepend(words))}, currency, grouping(currency) AS g{string.Concat(marks)},
              count(*) AS n, sum(billed) AS billed, sum(effective) AS effective
            FROM ({Packed()})
            GROUP BY GROUPING SETS ({string.Join(", ", sets.Prepend($"({words}, currency)"))})
            """,
            cancel: cancel
        );
    }

    /// <summary>The kinds of row.</summary>
    public IReadOnlyList<AlikeRows> Alike(CancellationToken cancel)
    {
        var found = new List<AlikeRows>();
        var words = checks.Atoms.Words;
        using var reader = session.Query(
            $"SELECT {string.Join(", ", Words.Select(word => $"s{word}"))}, currency, n, billed, effective FROM {table} WHERE g = 0",
            cancel: cancel
        );
        while (reader.Read())
            found.Add(
                new AlikeRows(
                    [.. Words.Select(reader.GetInt64)],
                    reader.GetString(words),
                    reader.GetInt64(words + 1),
                    Sum(words + 2),
                    Sum(words + 3)
                )
            );
        return found;

        Amount? Sum(int column) => reader.IsNull(column) ? null : reader.GetAmount(column);
    }

    /// <summary>How many values break the rule of a grouping, and the first of them with what they go with.</summary>
    public (long Broken, IReadOnlyList<FoundRow> First) Broken(
        int group,
        bool asPublished,
        int top,
        CancellationToken cancel
    )
    {
        var alone = groups[group].Value is null;
        var test =
            alone ? "sum(n) > 1"
            : asPublished ? $"count(DISTINCT v{group}) <> 1"
            : $"count(DISTINCT v{group}) > 1";
        var partners = alone ? "''" : $"string_agg(v{group}, '; ' ORDER BY v{group})";
        var given = asPublished ? "" : $"AND k{group} IS NOT NULL";
        var broken =
            $"SELECT k{group} AS k, {partners} AS v FROM {table} WHERE g{group} = 0 {given} GROUP BY k{group} HAVING {test}";
        var count = 0L;
        var first = new List<FoundRow>();
        using var reader = session.Query(
            $"SELECT k, left(v, 200), count(*) OVER () FROM ({broken}) ORDER BY k LIMIT {top}",
            cancel: cancel
        );
        while (reader.Read())
        {
            count = reader.GetInt64(2);
            var columns = groups[group].Columns;
            var values = new List<KeyValuePair<string, string>>
            {
                new(columns[0], reader.IsNull(0) ? "" : reader.GetString(0)),
            };
            if (!alone)
                values.Add(new(columns[1], reader.IsNull(1) ? "" : reader.GetString(1)));
            first.Add(new FoundRow(null, values));
        }
        return (count, first);
    }

    /// <summary>Records that the engine could not read; 0 for parquet.</summary>
    public long Unreadable(CancellationToken cancel)
    {
        if (subject.File.Format == FileFormat.Parquet)
            return 0;
        using var reader = session.Query($"SELECT count(DISTINCT line) FROM {rejects}", cancel: cancel);
        reader.Read();
        return reader.GetInt64(0);
    }

    /// <summary>Each row with its facts as a0, a1, … and its cells as c0, c1, …; numbered as n if asked for.</summary>
    public string Facts(bool numbered, long? rowsMax)
    {
        var number = numbered ? ["row_number() OVER () AS n"] : Array.Empty<string>();
        var (source, cells) = CellsSql.Of(subject, Cells(), numbered ? $"{rejects}_again{rowsMax}" : rejects);
        var limit = rowsMax is { } rows ? $" LIMIT {rows}" : "";
        var list = string.Join(", ", number.Concat(cells).DefaultIfEmpty("0 AS nothing"));
        // The packing takes null for false; a formula in SQL would not.
        var atoms = checks.Atoms.Expressions.Select(
            (expression, i) => numbered ? $"coalesce({expression}, false) AS a{i}" : $"({expression}) AS a{i}"
        );
        return $"SELECT {string.Join(", ", atoms.Prepend("*"))} FROM (SELECT {list} FROM {source}{limit})";
    }

    /// <summary>How many values inside a list of JSON go with several others, and the first of them.</summary>
    public (long Broken, IReadOnlyList<FoundRow> First) WithParents(
        CompiledCheck.Elements elements,
        int top,
        CancellationToken cancel
    )
    {
        var (source, cells) = CellsSql.Of(subject, Cells(), $"{rejects}_in_json");
        var (child, parent) = (JsonList.KeyOf(elements.Child), JsonList.KeyOf(elements.Parent));
        var first = new List<FoundRow>();
        var count = 0L;
        using var reader = session.Query(
            $"""
            SELECT child, left(string_agg(DISTINCT parent, '; ' ORDER BY parent), 200), count(*) OVER ()
            FROM ({JsonList.Pairs(
                $"SELECT {elements.Cell} AS cell FROM (SELECT {string.Join(", ", cells)} FROM {source})",
                elements.Child,
                elements.Parent
            )})
            WHERE child IS NOT NULL GROUP BY child HAVING count(DISTINCT parent) > 1 ORDER BY child LIMIT {top}
            """,
            cancel: cancel
        );
        while (reader.Read())
        {
            count = reader.GetInt64(2);
            first.Add(new FoundRow(null, [new(child, reader.GetString(0)), new(parent, reader.GetString(1))]));
        }
        return (count, first);
    }

    private IEnumerable<FileColumn> Cells() =>
        checks
            .Used.Concat(
                new[] { "BillingCurrency", "BilledCost", "EffectiveCost" }.Select(subject.Find).OfType<FileColumn>()
            )
            .DistinctBy(column => column.Position)
            .OrderBy(column => column.Position);

    private string Packed()
    {
        var words = Words.Select(word => $"{checks.Atoms.Packed(word)} AS s{word}");
        var keys = groups.SelectMany(
            (group, i) =>
                group.Value is null
                    ? [$"{group.Key} AS k{i}"]
                    : new[] { $"{group.Key} AS k{i}", $"{group.Value} AS v{i}" }
        );
        var currency = subject.Find("BillingCurrency") is { } column
            ? $"coalesce(left(c{column.Position}, 20), '')"
            : "''";
        return $"""
            SELECT {string.Join(", ", words.Concat(keys))}, {currency} AS currency,
              {Sum("BilledCost")} AS billed, {Sum("EffectiveCost")} AS effective
            FROM ({Facts(numbered: false, null)})
            """;
    }

    private string Sum(string id) =>
        subject.Find(id) is { } column ? $"focus_amount(c{column.Position}, 0)" : "NULL::DECIMAL(38,18)";
}

/// <summary>One row, or one value, that breaks a rule.</summary>
/// <param name="Row">Which record of the file, from 1; null for a value that stands in many.</param>
/// <param name="Values">The cells that matter, by column.</param>
public sealed record FoundRow(long? Row, IReadOnlyList<KeyValuePair<string, string>> Values);
