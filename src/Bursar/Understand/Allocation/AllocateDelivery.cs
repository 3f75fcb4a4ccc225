using System.Globalization;
using System.Runtime.ExceptionServices;
using Bursar.Core.Time;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>What is needed of a delivery to sum it by day and to allocate it.</summary>
/// <param name="Key">Its number in the daily and allocation files.</param>
/// <param name="Source">The source it came from.</param>
/// <param name="Category">The technology category of that source.</param>
/// <param name="Period">Its billing period.</param>
/// <param name="ChargeFiles">Full paths of its charges.</param>
/// <param name="StoredIds">The columns that all of them, or some of them, have.</param>
/// <param name="ProfileColumns">The columns that make up its profiles.</param>
internal sealed record ChargesOfDelivery(
    ulong Key,
    string Source,
    string? Category,
    BillingPeriod Period,
    IReadOnlyList<string> ChargeFiles,
    IReadOnlySet<string> StoredIds,
    IReadOnlyList<string> ProfileColumns
);

/// <summary>
/// Sums a delivery's charges by profile and day, and gives each profile its shared fields by the rules.
/// </summary>
internal static class AllocateDelivery
{
    /// <summary>Each keeps its profiles in memory while it is worked on.</summary>
    private const int AtOnceMax = 4;

    /// <summary>Works on several deliveries at once, each with a session of its own.</summary>
    /// <param name="count">How many.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="work">What to do with the delivery at a place, from 0.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static void Several(
        int count,
        DuckDbEngine engine,
        Action<int, DuckDbSession> work,
        CancellationToken cancel
    )
    {
        var options = new ParallelOptions
        {
            CancellationToken = cancel,
            MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, AtOnceMax),
        };
        try
        {
            Parallel.For(0, count, options, engine.Connect, Work, session => session.Dispose());
        }
        catch (AggregateException several)
        {
            // As if they had been done one after the other: the first that went wrong tells.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        DuckDbSession Work(int place, ParallelLoopState state, DuckDbSession session)
        {
            work(place, session);
            return session;
        }
    }

    /// <summary>Writes the daily file: deterministic, so that the same charges give the same bytes.</summary>
    public static void WriteDaily(
        ChargesOfDelivery delivery,
        IReadOnlyList<DateOnly> breakpoints,
        DuckDbSession session,
        string path,
        CancellationToken cancel
    )
    {
        var sql = new DailySql(delivery.ChargeFiles, delivery.StoredIds, delivery.Period.Start, breakpoints);
        var rows = Count(session, sql.CountIrregular, cancel) == 0 ? sql.Regular : sql.General;
        session.Execute(
            $"COPY (SELECT {delivery.Key}::UBIGINT AS x_DeliveryKey, * FROM ({rows})) TO {SqlText.Literal(path)} {ParquetOptions.OfCaches}",
            cancel: cancel
        );
    }

    /// <summary>Writes the allocation file of a delivery whose daily file is there.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="session">The engine.</param>
    /// <param name="dailyPath">Its daily file.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="known">Its allocation file under other rules; null when its profiles are to be found.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static void WriteAllocation(
        ChargesOfDelivery delivery,
        CompiledAllocation rules,
        DuckDbSession session,
        string dailyPath,
        string path,
        string? known,
        CancellationToken cancel
    )
    {
        var sql = new AllocationSql(delivery.ChargeFiles, delivery.Period.Start, [.. delivery.ProfileColumns]);
        if (known is null)
        {
            session.Execute(sql.MakeFirsts, cancel: cancel);
            session.Execute(sql.MakeProfiles(AskRows.ColumnsOf(delivery.ChargeFiles, session, cancel)), cancel: cancel);
            session.Execute("DROP TABLE firsts", cancel: cancel);
        }
        else
        {
            session.Execute(sql.CopyProfiles(known), cancel: cancel);
        }
        session.Execute(
            rules.Breakpoints.Count == 0 ? AllocationSql.OneInterval : AllocationSql.MakeIntervals(dailyPath),
            cancel: cancel
        );
        session.Execute(AllocationSql.MakeOutcomeTable, cancel: cancel);
        var outcomes = new OutcomeNumbers(rules);
        session.RowFunction = outcomes.NumberOf;
        session.Execute(AllocationSql.MakeOutcomes(rules.Columns, delivery.ProfileColumns.ToHashSet()), cancel: cancel);
        session.Execute(AllocationSql.InsertOutcomes, outcomes.Columns(), cancel);
        session.Execute(
            $"COPY ({sql.Allocated(delivery.Key, delivery.Source, delivery.Category)}) TO {SqlText.Literal(path)} {ParquetOptions.OfCaches}",
            cancel: cancel
        );
        session.Execute(
            "DROP TABLE profiles; DROP TABLE intervals; DROP TABLE mapped; DROP TABLE outcomes",
            cancel: cancel
        );
    }

    private static long Count(DuckDbSession session, string query, CancellationToken cancel)
    {
        using var reader = session.Query(query, cancel: cancel);
        reader.Read();
        return reader.GetInt64(0);
    }

    /// <summary>
    /// Numbers the distinct outcomes of the rules while the engine asks for one profile after the other, on several
    /// threads.
    /// </summary>
    private sealed class OutcomeNumbers(CompiledAllocation rules)
    {
        private readonly Lock gate = new();
        private readonly Dictionary<string, int> numbers = [];
        private readonly List<AllocationOutcome> outcomes = [];

        public int NumberOf(IReadOnlyList<string?> arguments)
        {
            var interval = int.Parse(arguments[0]!, CultureInfo.InvariantCulture);
            var day = interval == 0 ? FirstDay : rules.Breakpoints[interval - 1];
            var outcome = rules.Allocate([.. arguments.Skip(1)], day);
            var text = string.Join(
                '\u0001',
                outcome.Values.Concat(outcome.Rules).Append(outcome.SharedCost).Select(value => value ?? "\u0000")
            );
            lock (gate)
            {
                if (numbers.TryGetValue(text, out var number))
                    return number;
                outcomes.Add(outcome);
                return numbers[text] = outcomes.Count - 1;
            }
        }

        /// <summary>Value and rule of each shared field, over the outcomes in their order.</summary>
        public IReadOnlyList<object?> Columns() =>
            [
                .. Enumerable
                    .Range(0, SharedFields.Count)
                    .SelectMany(field =>
                        new object?[]
                        {
                            outcomes.ConvertAll(outcome => outcome.Values[field]),
                            outcomes.ConvertAll(outcome => outcome.Rules[field]),
                        }
                    ),
                outcomes.ConvertAll(outcome => outcome.SharedCost),
                outcomes.ConvertAll(_ => (string?)null),
                outcomes.ConvertAll(outcome => outcome.Type),
            ];

        /// <summary>Any day before the first breakpoint stands for the first interval.</summary>
        private DateOnly FirstDay =>
            rules.Breakpoints.Count > 0 ? rules.Breakpoints[0].AddDays(-1) : new DateOnly(2000, 1, 1);
    }
}
