using Bursar.Core.Focus;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Understand.Ingestion;

/// <summary>How a delivered file is stored.</summary>
internal enum FileFormat
{
    Csv,
    GzippedCsv,

    /// <summary>A zip archive with one table in it.</summary>
    ZippedCsv,
    Parquet,

    /// <summary>An Excel workbook.</summary>
    Workbook,
}

/// <summary>A file that somebody wants to deliver, before it is read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">How it is called in reports: its path below the folder that was named, with forward
/// slashes.</param>
internal sealed record IncomingFile(string Path, string Name)
{
    /// <summary>True for one that Bursar fetched itself: its path is gone when the command is over.</summary>
    public bool IsFetched { get; init; }

    /// <summary>How a command names it: as it was typed, in quotes where a shell needs them.</summary>
    public string Quoted => Typed.Any(IsOdd) ? "\"" + Typed + "\"" : Typed;

    private string Typed => IsFetched ? Name : Path;

    private static bool IsOdd(char letter) => !char.IsLetterOrDigit(letter) && !"/\\._-:+=@,~".Contains(letter);
}

/// <summary>A file that was proved whole and is ready for the engine.</summary>
/// <param name="File">The file as delivered.</param>
/// <param name="Format">How it is stored.</param>
/// <param name="KnownSha256">Hex SHA-256 of the delivered bytes where it was asked for; otherwise it is taken while
/// they
/// are copied (<see cref="KeptFile"/>).</param>
/// <param name="Bytes">Size of the delivered bytes.</param>
/// <param name="ReadablePath">What the engine reads: the file itself, or its decompressed or re-encoded copy in the
/// staging folder.</param>
/// <param name="KeptPath">Where the bytes as they came (text compressed) go in the staging folder.</param>
internal sealed record PreparedFile(
    IncomingFile File,
    FileFormat Format,
    string? KnownSha256,
    long Bytes,
    string ReadablePath,
    string KeptPath
)
{
    /// <summary>What the delivered file looked like before it was read.</summary>
    public FileStamp? Stamp { get; init; }

    /// <summary>True for a table that was made of JSON: its columns are the fields of its objects.</summary>
    public bool IsJson { get; init; }

    /// <summary>Lines above the header that are no records.</summary>
    public int TitleLines { get; init; }

    /// <summary>Columns that were months, each cell of which became a row; 0 for most files.</summary>
    public int MonthColumns { get; init; }

    /// <summary>True when somebody wrote to the file while it was read: what was read is of no file.</summary>
    public bool HasChanged => FileStamp.Of(File.Path) != Stamp;
}

/// <summary>One column of a delivered file.</summary>
/// <param name="Position">From 0.</param>
/// <param name="Header">The name as delivered, trimmed.</param>
/// <param name="Id">The column id under which it is stored; empty until that is decided.</param>
/// <param name="EngineName">What the engine calls it when reading the file.</param>
/// <param name="EngineType">The engine's type: VARCHAR for text files, the parquet type otherwise.</param>
internal sealed record FileColumn(int Position, string Header, string Id, string EngineName, string EngineType)
{
    /// <summary>How FOCUS types it; columns that are not FOCUS stay text.</summary>
    public FocusType Type => FocusColumns.CostAndUsage.TryGetValue(Id, out var column) ? column.Type : FocusType.String;

    /// <summary>True when the engine's name is a path into a structure, quoted already.</summary>
    public bool IsPath { get; init; }

    public bool IsFocus => FocusColumns.CostAndUsage.ContainsKey(Id);
}

/// <summary>How a delivered file is to be read: its columns, and for text files the dialect.</summary>
internal sealed record FileLayout(IReadOnlyList<FileColumn> Columns, char Delimiter);
