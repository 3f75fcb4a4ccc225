using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>A converted file with the part of it that belongs to one month.</summary>
internal readonly record struct MonthPart(ConvertedFile File, ConvertedPart Part)
{
    public DeliveredHalf? Half => File.Half;
}

/// <summary>
/// Makes one bill of the two files that Azure delivers for a month: BilledCost is the cost in the actual file,
/// EffectiveCost the cost in the amortised one, and a charge that stands in both is one charge.
/// </summary>
/// <remarks>
/// The sums are therefore those of the two files, whatever rows they have in common. Quantities and list costs come
/// from the amortised file, where each use stands once.
/// </remarks>
/// <param name="session">The engine.</param>
/// <param name="newPath">Names files in the staging folder.</param>
internal sealed class CombineHalves(DuckDbSession session, Func<string> newPath)
{
    private static readonly string[] Costs = ["EffectiveCost", "ListCost", "ContractedCost"];

    private static readonly string[] Quantities = ["PricingQuantity", "ConsumedQuantity"];

    /// <summary>The parts of one month and set of accounts, each pair among them as one bill.</summary>
    /// <exception cref="RefusedException">Two files hold the same charges and nothing tells which is which.</exception>
    public IReadOnlyList<MonthPart> In(IReadOnlyList<MonthPart> parts, CancellationToken cancel)
    {
        if (parts.Count(part => part.Half is not null) < 2)
            return parts;
        var told = Told(parts, cancel);
        var billed = told.Where(part => part.Half == DeliveredHalf.Billed).ToList();
        var effective = told.Where(part => part.Half == DeliveredHalf.Effective).ToList();
        if (billed.Count == 0 || effective.Count == 0)
            return parts;
        var twins = Twins(billed, effective, cancel);
        return
        [
            .. told.Select(part =>
                part.Half switch
                {
                    DeliveredHalf.Billed => Rewritten(part, BilledRows(part, twins, cancel), cancel),
                    DeliveredHalf.Effective => Rewritten(part, EffectiveRows(part, twins, cancel), cancel),
                    _ => part,
                }
            ),
        ];
    }

    /// <summary>Whether two of these are halves of one bill.</summary>
    public bool ArePair(IReadOnlyList<MonthPart> parts, CancellationToken cancel)
    {
        var halves = Told(parts, cancel).Select(part => part.Half).ToList();
        return halves.Contains(DeliveredHalf.Billed) && halves.Contains(DeliveredHalf.Effective);
    }

    /// <summary>
    /// A file that does not say what it is becomes the other half of the file that has the same charges.
    /// </summary>
    private List<MonthPart> Told(IReadOnlyList<MonthPart> parts, CancellationToken cancel)
    {
        var told = parts.ToList();
        for (var i = 0; i < told.Count; i++)
        {
            if (told[i].Half != DeliveredHalf.Unknown)
                continue;
            for (var j = 0; j < told.Count; j++)
            {
                if (j == i || told[j].Half is null || Shared(told[i], told[j], cancel) is not { } shared)
                    continue;
                if (told[j].Half == DeliveredHalf.Unknown)
                    told[j] = Be(told[j], WhenAllAreShared(told[i], told[j], shared));
                told[i] = Be(
                    told[i],
                    told[j].Half == DeliveredHalf.Billed ? DeliveredHalf.Effective : DeliveredHalf.Billed
                );
                break;
            }
        }
        return told;
    }

    private static MonthPart Be(MonthPart part, DeliveredHalf half) =>
        part with
        {
            File = part.File with { Half = half },
        };

    /// <summary>
    /// Without commitments both halves are the same to the last row, and it is all one which is which.
    /// </summary>
    private static DeliveredHalf WhenAllAreShared(MonthPart one, MonthPart other, long shared)
    {
        if (shared == one.Part.Rows && shared == other.Part.Rows)
            return DeliveredHalf.Effective;
        throw new RefusedException(
            "ingestion/which-half",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{one.File.File.File.Name} and {other.File.File.File.Name} have {shared} charges in common, and nothing tells "
            ) + "which of them is the amortised export: added up, those would count twice.",
            "Put \"actual\" and \"amortized\" into their names (or folders), or deliver only one of them."
        );
    }

    /// <summary>How many charges two files have in common; null when it is less than half of the shorter one.</summary>
    private long? Shared(MonthPart one, MonthPart other, CancellationToken cancel)
    {
        using var reader = session.Query(
            $"SELECT count(*) FROM {Numbered([one], [one, other])} a JOIN {Numbered([other], [one, other])} b USING (h, g, k)",
            cancel: cancel
        );
        reader.Read();
        var shared = reader.GetInt64(0);
        return shared > 0 && shared * 2 >= Math.Min(one.Part.Rows, other.Part.Rows) ? shared : null;
    }

    /// <summary>A table of the rows that stand in both halves, each with its twin.</summary>
    private string Twins(List<MonthPart> billed, List<MonthPart> effective, CancellationToken cancel)
    {
        var table = "twins_" + Guid.NewGuid().ToString("n");
        List<MonthPart> all = [.. billed, .. effective];
        session.Execute(
            $"""
            CREATE TEMP TABLE {table} AS
            SELECT a.f AS billed_file, a.n AS billed_row, b.f AS effective_file, b.n AS effective_row
            FROM {Numbered(billed, all)} a JOIN {Numbered(effective, all)} b USING (h, g, k)
            """,
            cancel: cancel
        );
        return table;
    }

    /// <summary>
    /// The rows with two hashes of all their cells, and a count among equal ones: ten equal rows have ten twins.
    /// </summary>
    private static string Numbered(IReadOnlyList<MonthPart> parts, IReadOnlyList<MonthPart> all)
    {
        var names = all.SelectMany(part => part.Part.StoredIds).Distinct().Order(StringComparer.Ordinal).ToList();
        var files = parts.Select(part =>
        {
            var cells = string.Join(
                ", ",
                names.Select(name => part.Part.StoredIds.Contains(name) ? SqlText.Name(name) : "NULL")
            );
            var path = SqlText.Literal(part.Part.ParquetPath);
            return $"SELECT {path} AS f, file_row_number AS n, hash({cells}) AS h, hash('again', {cells}) AS g FROM {Rows(part)}";
        });
        return $"(SELECT *, row_number() OVER (PARTITION BY h, g ORDER BY f, n) AS k FROM ({string.Join(" UNION ALL ", files)}))";
    }

    /// <summary>
    /// What stands in the file of billed costs alone, commitments above all: billed, and spread elsewhere.
    /// </summary>
    private string BilledRows(MonthPart part, string twins, CancellationToken cancel)
    {
        var ids = part.Part.StoredIds;
        var replaced = Costs
            .Where(ids.Contains)
            .Select(id => $"CAST(0 AS DECIMAL(38,18)) AS {id}")
            .Concat(Quantities.Where(ids.Contains).Select(id => $"CAST(NULL AS DECIMAL(38,18)) AS {id}"));
        return $"""
            SELECT {Columns(part, cancel)} REPLACE ({string.Join(", ", replaced)}), {SourceRow(
                part,
                cancel
            )} AS x_SourceRow
            FROM {Rows(part)} WHERE file_row_number NOT IN
              (SELECT billed_row FROM {twins} WHERE billed_file = {SqlText.Literal(part.Part.ParquetPath)})
            """;
    }

    /// <summary>
    /// All rows of the file of effective costs; what does not stand in the other is not billed by itself.
    /// </summary>
    private string EffectiveRows(MonthPart part, string twins, CancellationToken cancel) =>
        $"""
            SELECT {Columns(part, cancel)} REPLACE (
              CASE WHEN file_row_number IN
                (SELECT effective_row FROM {twins} WHERE effective_file = {SqlText.Literal(part.Part.ParquetPath)})
              THEN BilledCost ELSE CAST(0 AS DECIMAL(38,18)) END AS BilledCost), {SourceRow(
                part,
                cancel
            )} AS x_SourceRow
            FROM {Rows(part)}
            """;

    private string Columns(MonthPart part, CancellationToken cancel) =>
        HasSourceRow(part, cancel) ? "* EXCLUDE (file_row_number, x_SourceRow)" : "* EXCLUDE (file_row_number)";

    private string SourceRow(MonthPart part, CancellationToken cancel) =>
        HasSourceRow(part, cancel) ? "coalesce(x_SourceRow, file_row_number + 1)" : "file_row_number + 1";

    private bool HasSourceRow(MonthPart part, CancellationToken cancel)
    {
        using var reader = session.Query(
            $"SELECT count(*) FROM (DESCRIBE SELECT * FROM read_parquet({SqlText.Literal(part.Part.ParquetPath)})) "
                + "WHERE column_name = 'x_SourceRow'",
            cancel: cancel
        );
        reader.Read();
        return reader.GetInt64(0) > 0;
    }

    /// <summary>A converted file may hold other months too.</summary>
    private static string Rows(MonthPart part) =>
        $"(SELECT * FROM read_parquet({SqlText.Literal(part.Part.ParquetPath)}, file_row_number=true) "
        + $"WHERE x_BillingPeriod = DATE '{part.Part.Period.Start:yyyy-MM-dd}')";

    private MonthPart Rewritten(MonthPart part, string query, CancellationToken cancel)
    {
        var path = newPath();
        var rows = session.Execute(
            $"COPY ({query}) TO {SqlText.Literal(path)} {ParquetOptions.OfCharges}",
            cancel: cancel
        );
        string[] notes =
        [
            .. part.Part.Notes,
            part.Half == DeliveredHalf.Billed
                ? $"{part.File.File.File.Name} is the actual half of a pair: its costs are BilledCost."
                : $"{part.File.File.File.Name} is the amortised half of a pair: its costs are EffectiveCost.",
        ];
        if (rows == 0)
            return part with
            {
                Part = part.Part with
                {
                    ParquetPath = path,
                    Rows = 0,
                    Totals = [.. part.Part.Totals.Select(Zero)],
                    Notes = notes,
                },
            };
        var split = new SplitByPeriod(session, path, part.Part.StoredIds, newPath).Run(
            part.Part.Quarantined,
            notes,
            cancel
        );
        return part with { Part = split[0] };
    }

    private static DeliveryTotals Zero(DeliveryTotals totals) =>
        totals with
        {
            BilledCost = Amount.Zero,
            EffectiveCost = Amount.Zero,
            ListCost = Amount.Zero,
            ContractedCost = Amount.Zero,
        };
}
