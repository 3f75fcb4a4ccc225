using System.Collections.Concurrent;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>Which session writes to which log, so that two files can be loaded at once.</summary>
internal sealed class CellLogs
{
    private readonly ConcurrentDictionary<ulong, CellLog> logs = new();

    public CellLog? Of(ulong sessionId) => logs.GetValueOrDefault(sessionId);

    public void Set(ulong sessionId, CellLog? log)
    {
        if (log is null)
            logs.TryRemove(sessionId, out _);
        else
            logs[sessionId] = log;
    }
}
