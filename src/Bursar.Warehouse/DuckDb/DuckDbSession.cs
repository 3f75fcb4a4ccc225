using Bursar.Warehouse.DuckDb.Functions;
using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>One conversation with the engine: a statement at a time, and a stream of rows at a time.</summary>
public sealed class DuckDbSession : IDisposable
{
    private readonly DuckDbEngine engine;
    private readonly ConnectionHandle connection;
    private DuckDbReader? openReader;

    internal DuckDbSession(DuckDbEngine engine, ConnectionHandle connection)
    {
        this.engine = engine;
        this.connection = connection;
        NativeMethods.ConnectionGetClientContext(connection, out var context);
        Id = NativeMethods.ClientContextGetConnectionId(context);
        NativeMethods.DestroyClientContext(ref context);
    }

    /// <summary>The engine's own number of this connection, which functions written in C# are told.</summary>
    internal ulong Id { get; }

    /// <summary>The log that this session's cell-reading functions write to, or null.</summary>
    internal CellLog? CellLog
    {
        get => engine.CellLogs.Of(Id);
        set => engine.CellLogs.Set(Id, value);
    }

    /// <summary>
    /// What <c>row_function(text, …)</c> computes in this session: texts of a row in, a number out. Called on several
    /// threads.
    /// </summary>
    public Func<IReadOnlyList<string?>, int>? RowFunction
    {
        set => engine.RowFunctions.Set(Id, value);
    }

    /// <summary>
    /// What <c>row_text(text, …)</c> computes in this session: texts of a row in, a text out. Called on several
    /// threads.
    /// </summary>
    public Func<IReadOnlyList<string?>, string?>? RowText
    {
        set => engine.RowTexts.Set(Id, value);
    }

    /// <summary>Runs statements to their end; several, divided by semicolons, only without parameters.</summary>
    /// <param name="sql">The statements; <c>?</c> or <c>$1</c> stand for parameters.</param>
    /// <param name="parameters">Null, string, bool, int, long, decimal, Amount, DateOnly, DateTime (UTC) or a list of
    /// strings.</param>
    /// <param name="cancel">Interrupts the engine.</param>
    /// <returns>Rows that the last statement changed, inserted or copied.</returns>
    /// <exception cref="DuckDbException">The engine's message.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public long Execute(string sql, IReadOnlyList<object?>? parameters = null, CancellationToken cancel = default)
    {
        RefuseWhileReading();
        cancel.ThrowIfCancellationRequested();
        using var stop = cancel.Register(Interrupt);
        using var statements = Extract(sql, out var count);
        if (count > 1 && parameters is { Count: > 0 })
            throw new ArgumentException("Parameters go with a single statement.", nameof(parameters));
        var changed = 0L;
        for (var i = 0UL; i < count; i++)
        {
            using var prepared = Prepare(statements, i, parameters, cancel);
            using var result = Run(prepared, streams: false, cancel);
            changed = RowsChanged(result);
        }
        return changed;
    }

    /// <summary>Asks a question and streams the answer: rows are computed as they are read.</summary>
    /// <inheritdoc cref="Execute" path="/param|/exception"/>
    public DuckDbReader Query(string sql, IReadOnlyList<object?>? parameters = null, CancellationToken cancel = default)
    {
        RefuseWhileReading();
        cancel.ThrowIfCancellationRequested();
        var stop = cancel.Register(Interrupt);
        try
        {
            using var statements = Extract(sql, out var count);
            if (count != 1)
                throw new ArgumentException($"A query is one statement, not {count}.", nameof(sql));
            using var prepared = Prepare(statements, 0, parameters, cancel);
            openReader = new DuckDbReader(this, Run(prepared, streams: true, cancel), stop, cancel);
            return openReader;
        }
        catch
        {
            stop.Dispose();
            throw;
        }
    }

    /// <summary>Gives every session of this engine a function written in C#.</summary>
    /// <exception cref="DuckDbException">The engine refuses it.</exception>
    public void Register(ScalarFunction function) => ScalarFunctionBridge.Register(connection, function);

    /// <summary>
    /// Stops the running statement, which then fails with <see cref="DuckDbErrorType.Interrupt"/>. Any thread may call
    /// it.
    /// </summary>
    public void Interrupt() => NativeMethods.Interrupt(connection);

    /// <summary>Closes the session, and a reader that is still open.</summary>
    public void Dispose()
    {
        openReader?.Dispose();
        if (!connection.IsClosed)
        {
            CellLog = null;
            RowFunction = null;
            RowText = null;
        }
        connection.Dispose();
    }

    internal void Closed(DuckDbReader reader)
    {
        if (openReader == reader)
            openReader = null;
    }

    /// <summary>What the engine's error means to the caller.</summary>
    internal static Exception Failure(string? message, CancellationToken cancel)
    {
        var failure = DuckDbException.Of(message);
        return failure.ErrorType == DuckDbErrorType.Interrupt && cancel.IsCancellationRequested
            ? new OperationCanceledException(failure.Message, failure, cancel)
            : failure;
    }

    private void RefuseWhileReading()
    {
        if (openReader is not null)
            throw new InvalidOperationException(
                "This session is still reading an answer; dispose of that reader, or open another session."
            );
    }

    private StatementsHandle Extract(string sql, out ulong count)
    {
        count = NativeMethods.ExtractStatements(connection, sql, out var statements);
        if (count > 0)
            return statements;
        using (statements)
        {
            var message = NativeText.Borrow(NativeMethods.ExtractStatementsError(statements));
            throw string.IsNullOrEmpty(message)
                ? new ArgumentException("There is no statement in the text.", nameof(sql))
                : DuckDbException.Of(message);
        }
    }

    private PreparedHandle Prepare(
        StatementsHandle statements,
        ulong index,
        IReadOnlyList<object?>? parameters,
        CancellationToken cancel
    )
    {
        var state = NativeMethods.PrepareExtractedStatement(connection, statements, index, out var prepared);
        try
        {
            if (state != NativeState.Success)
                throw Failure(NativeText.Borrow(NativeMethods.PrepareError(prepared)), cancel);
            ParameterBinder.Bind(prepared, parameters ?? []);
            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    private unsafe ResultHandle Run(PreparedHandle prepared, bool streams, CancellationToken cancel)
    {
        var state = streams
            ? NativeMethods.PendingPreparedStreaming(prepared, out var pending)
            : NativeMethods.PendingPrepared(prepared, out pending);
        using (pending)
        {
            if (state != NativeState.Success)
                throw Failure(NativeText.Borrow(NativeMethods.PendingError(pending)), cancel);
            // Starting a statement clears an earlier interrupt, so a token that was cancelled meanwhile has to say it
            // again.
            if (cancel.IsCancellationRequested)
                Interrupt();
            var result = new ResultHandle();
            if (NativeMethods.ExecutePending(pending, result.Pointer) == NativeState.Success)
                return result;
            using (result)
                throw Failure(NativeText.Borrow(NativeMethods.ResultError(result.Pointer)), cancel);
        }
    }

    private static unsafe long RowsChanged(ResultHandle result) =>
        checked((long)NativeMethods.RowsChanged(result.Pointer));
}
