using System.Globalization;
using Bursar.Warehouse.DuckDb.Functions;
using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>One DuckDB in this process, in memory, over the files of the books. Open one and share it.</summary>
/// <remarks>
/// Time zone UTC, no extension is ever fetched, and the configuration is locked: SQL cannot change what the engine may
/// touch or use.
/// </remarks>
public sealed class DuckDbEngine : IDisposable
{
    private readonly DatabaseHandle database;

    private DuckDbEngine(DatabaseHandle database) => this.database = database;

    /// <summary>The logs of the sessions that read cells just now.</summary>
    internal CellLogs CellLogs { get; } = new();

    /// <summary>The functions that sessions have set for their rows.</summary>
    internal RowFunctions<int> RowFunctions { get; } = new();

    /// <summary>The same for functions that give texts.</summary>
    internal RowFunctions<string?> RowTexts { get; } = new();

    /// <summary>Starts an engine.</summary>
    /// <exception cref="DuckDbException">The native library is missing, or an option is refused.</exception>
    public static DuckDbEngine Open(DuckDbOptions options)
    {
        NativeMethods.Load();
        if (NativeMethods.Open(":memory:", out var database) != NativeState.Success)
        {
            database.Dispose();
            throw new DuckDbException("DuckDB could not be opened.", DuckDbErrorType.Fatal);
        }
        var engine = new DuckDbEngine(database);
        try
        {
            using var session = engine.Connect();
            FocusFunctions.Add(session, engine.CellLogs);
            session.Register(new RowNumber(engine.RowFunctions));
            session.Register(new RowText(engine.RowTexts));
            session.Execute(Settings(options));
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Opens a session. Sessions are cheap, run side by side, and each serves one thread at a time.</summary>
    public DuckDbSession Connect()
    {
        if (NativeMethods.Connect(database, out var connection) != NativeState.Success)
        {
            connection.Dispose();
            throw new DuckDbException("DuckDB gave no connection.", DuckDbErrorType.Connection);
        }
        return new DuckDbSession(this, connection);
    }

    /// <summary>Closes the engine as soon as its last session is closed.</summary>
    public void Dispose() => database.Dispose();

    private static string Settings(DuckDbOptions options)
    {
        var settings = new List<string>
        {
            "SET GLOBAL TimeZone = 'UTC'",
            "SET GLOBAL autoinstall_known_extensions = false",
            "SET GLOBAL autoload_known_extensions = false",
            // The operating system keeps files in memory already; a second copy would only make a server large.
            "SET GLOBAL enable_external_file_cache = false",
            "SET GLOBAL custom_extension_repository = 'none'",
            $"SET GLOBAL memory_limit = '{options.MemoryLimitBytes.ToString(CultureInfo.InvariantCulture)}B'",
        };
        if (options.Threads is { } threads)
            settings.Add($"SET GLOBAL threads = {threads.ToString(CultureInfo.InvariantCulture)}");
        if (options.TempDirectory is { } folder)
            settings.Add($"SET GLOBAL temp_directory = '{folder.Replace("'", "''")}'");
        if (options.RemembersFiles)
            settings.Add("SET GLOBAL parquet_metadata_cache = true");
        if (options.ReturnsMemory)
            settings.Add(
                "SET GLOBAL allocator_flush_threshold = '1MB'; SET GLOBAL allocator_bulk_deallocation_flush_threshold = '1MB'"
            );
        settings.Add("SET GLOBAL lock_configuration = true");
        return string.Join(";\n", settings);
    }
}
