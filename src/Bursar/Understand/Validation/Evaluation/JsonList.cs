using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>SQL of pairs of values that stand in the elements of a list inside JSON cells.</summary>
internal static class JsonList
{
    /// <summary>"ContractId" of "$.Elements[*].ContractId".</summary>
    public static string KeyOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>child and parent of every element, and the other columns of the cells.</summary>
    /// <param name="cells">SQL with a column cell.</param>
    /// <param name="child">Where the one value stands ("$.Elements[*].ContractCommitmentId").</param>
    /// <param name="parent">Where the other stands, in the same element.</param>
    public static string Pairs(string cells, string child, string parent)
    {
        var list = SqlText.Literal(child[..child.LastIndexOf('.')]);
        return $"""
            SELECT * EXCLUDE (element), {Value(child)} AS child, {Value(parent)} AS parent
            FROM (SELECT * EXCLUDE (cell), unnest(json_extract(cell, {list})) AS element FROM ({cells}) WHERE json_valid(cell))
            """;
    }

    /// <summary>The value of a key, empty taken for none; FOCUS 1.3 spells the id of a commitment both ways.</summary>
    private static string Value(string path)
    {
        var names = new[] { KeyOf(path), KeyOf(path).Replace("ID", "Id", StringComparison.Ordinal) }.Distinct();
        var values = names.Select(name => $"json_extract_string(element, {SqlText.Literal("$." + name)})");
        return $"nullif(coalesce({string.Join(", ", values)}), '')";
    }
}
