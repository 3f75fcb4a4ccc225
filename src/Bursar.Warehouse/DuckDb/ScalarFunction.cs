namespace Bursar.Warehouse.DuckDb;

/// <summary>Types that a function written in C# may take and give.</summary>
public enum ScalarType
{
    Varchar,
    Integer,
    BigInt,
    Boolean,

    /// <summary>DECIMAL(38,18), as units of 10⁻¹⁸.</summary>
    Amount,

    /// <summary>TIMESTAMP, as microseconds since 1970-01-01.</summary>
    Timestamp,
}

/// <summary>
/// A function that SQL can call and C# computes: a calculation that the engine does not do exactly enough.
/// </summary>
/// <remarks>
/// It runs on the engine's threads, several at once, a few thousand rows per call. An exception fails the query with
/// its message.
/// </remarks>
public abstract class ScalarFunction
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<ScalarType> Parameters { get; }

    public abstract ScalarType Returns { get; }

    /// <summary>The type of any number of further arguments; null for none.</summary>
    public virtual ScalarType? Varargs => null;

    /// <summary>True when the engine may neither fold calls away nor share one call between two places.</summary>
    public virtual bool IsVolatile => false;

    /// <summary>
    /// True when a constant null argument is the function's business; otherwise the result is null without a call.
    /// </summary>
    public virtual bool SeesNull => false;

    /// <summary>Computes the rows of one call. Arguments may be null in any row, and every row must be set.</summary>
    public abstract void Run(ScalarCall call);
}
