using System.Security.Cryptography;
using System.Text;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// Keeps the daily rows and profiles of the books that are asked about most in a file of the engine's own form, for a
/// server that answers many questions: one file to open instead of hundreds, and only the columns that are asked about
/// are in memory. The tables hold the same rows as the files; books that are too large are asked where they are.
/// </summary>
internal sealed class StarTables
{
    private const string Database = "stars";

    /// <summary>Compressed size up to which files are loaded.</summary>
    private const long BytesMax = 32_000_000;

    /// <summary>So many states of the books at once: now, as-of moments, a draft, both sides of a what-if.</summary>
    private const int KeptMax = 6;

    private readonly Lock gate = new();
    private readonly List<string> kept = [];
    private readonly DuckDbEngine engine;

    /// <param name="engine">The engine.</param>
    /// <param name="folder">Where its file may be; it goes with the folder.</param>
    public StarTables(DuckDbEngine engine, string folder)
    {
        this.engine = engine;
        Directory.CreateDirectory(folder);
        using var session = engine.Connect();
        session.Execute($"ATTACH '{Path.Combine(folder, Database + ".duckdb").Replace("'", "''")}' AS {Database}");
    }

    /// <summary>The same star, as tables if it fits.</summary>
    public StarFiles Of(StarFiles files, CancellationToken cancel)
    {
        if (files.Daily.Count == 0)
            return files;
        var name =
            Database
            + ".star_"
            + Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files.Daily.Concat(files.Profiles))))
            )[..16];
        lock (gate)
        {
            if (!kept.Contains(name))
            {
                if (files.Daily.Concat(files.Profiles).Sum(path => new FileInfo(path).Length) > BytesMax)
                    return files;
                Load(files, name, cancel);
            }
            kept.Remove(name);
            kept.Add(name);
        }
        return files with { DailySource = name + "_daily", ProfilesSource = name + "_profiles" };
    }

    private void Load(StarFiles files, string name, CancellationToken cancel)
    {
        using var session = engine.Connect();
        session.Execute($"CREATE OR REPLACE TABLE {name}_daily AS SELECT * FROM {files.DailySource}", cancel: cancel);
        session.Execute(
            $"CREATE OR REPLACE TABLE {name}_profiles AS SELECT * FROM {files.ProfilesSource}",
            cancel: cancel
        );
        Checkpoint(session, cancel);
        if (kept.Count < KeptMax)
            return;
        // A question that still reads the oldest keeps its rows until it is answered: the engine drops them afterwards.
        session.Execute($"DROP TABLE {kept[0]}_daily; DROP TABLE {kept[0]}_profiles", cancel: cancel);
        kept.RemoveAt(0);
    }

    /// <summary>
    /// Lets the tables leave memory. Another state may be in the making just now; then that of the next does it.
    /// </summary>
    private static void Checkpoint(DuckDbSession session, CancellationToken cancel)
    {
        try
        {
            session.Execute($"CHECKPOINT {Database}", cancel: cancel);
        }
        catch (DuckDbException busy) when (busy.Message.Contains("Cannot CHECKPOINT", StringComparison.Ordinal))
        {
            return;
        }
    }
}
