using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Warehouse;

/// <summary>One engine for the tests of a class, as one process has one.</summary>
public sealed class EngineFixture : IDisposable
{
    public DuckDbEngine Engine { get; } =
        DuckDbEngine.Open(new DuckDbOptions { MemoryLimitBytes = 1L << 30, Threads = 2 });

    public void Dispose() => Engine.Dispose();
}

internal static class EngineAnswers
{
    /// <summary>The single value of a single row.</summary>
    public static object? Ask(this DuckDbSession session, string sql, params object?[] parameters)
    {
        using var reader = session.Query(sql, parameters);
        Assert.True(reader.Read());
        return reader.GetValue(0);
    }
}
