namespace Bursar.Warehouse.Queries;

/// <summary>Names and texts that are written into SQL because the engine takes no parameter there.</summary>
public static class SqlText
{
    /// <summary>A text literal.</summary>
    public static string Literal(string text) => "'" + text.Replace("'", "''") + "'";

    /// <summary>A column or table name.</summary>
    public static string Name(string name) => "\"" + name.Replace("\"", "\"\"") + "\"";

    /// <summary>A list of text literals.</summary>
    public static string List(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(Literal)) + "]";
}
