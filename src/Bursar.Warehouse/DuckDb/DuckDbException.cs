namespace Bursar.Warehouse.DuckDb;

/// <summary>The engine refused or failed; the message is its own.</summary>
public sealed class DuckDbException(string message, DuckDbErrorType errorType = DuckDbErrorType.Unknown)
    : Exception(message)
{
    /// <summary>What kind of failure it is, as the engine tells it.</summary>
    public DuckDbErrorType ErrorType { get; } = errorType;

    /// <summary>
    /// Reads the kind from the engine's message ("Binder Error: …"), for not every call of the C API gives it apart.
    /// </summary>
    internal static DuckDbException Of(string? message)
    {
        var text = string.IsNullOrEmpty(message) ? "The engine failed without a message." : message;
        var mark = text.IndexOf(" Error: ", StringComparison.Ordinal);
        var kind = mark < 0 ? "" : text[..mark].Replace(" ", "", StringComparison.Ordinal);
        return new DuckDbException(
            text,
            Enum.TryParse<DuckDbErrorType>(kind, ignoreCase: true, out var type) ? type : default
        );
    }
}

/// <summary>Kinds of failure, named as in the engine's messages.</summary>
public enum DuckDbErrorType
{
    /// <summary>A kind that Bursar has no use for telling apart.</summary>
    Unknown,
    Binder,
    Catalog,
    Connection,
    Constraint,
    Conversion,
    Dependency,
    DivideByZero,
    Executor,
    Expression,
    Fatal,
    Http,
    Interrupt,
    Internal,
    InvalidConfiguration,
    InvalidInput,
    InvalidType,
    Io,
    MismatchType,
    MissingExtension,
    NotImplemented,
    OutOfMemory,
    OutOfRange,
    Parser,
    Permission,
    Serialization,
    Syntax,
    Transaction,
}
