using System.Text;

namespace Bursar.Understand.Ingestion.Mappings.Proposals;

/// <summary>Writes a proposed source and its mapping as a file of the rulebook.</summary>
internal static class MappingYaml
{
    /// <param name="proposal">The mapping.</param>
    /// <param name="madeFrom">The name of the file that it was made from.</param>
    /// <param name="pattern">Which files belong to the source.</param>
    public static string Write(ProposedMapping proposal, string madeFrom, string pattern)
    {
        var yaml = new StringBuilder();
        yaml.Append($"# Made from {madeFrom} by `bursar source add`. Look through it: from now on it is yours.\n");
        yaml.Append($"kind: Source\nname: {proposal.Name}\nfiles: [{Quoted(pattern)}]\n");
        yaml.Append(
            "delivery: append          # overwrite: a new file of the same month takes the place of the last\n---\n"
        );
        yaml.Append($"kind: Mapping\nname: {proposal.Name}\n");
        if (proposal.Like is not null)
            yaml.Append($"like: {proposal.Like}\n");
        yaml.Append(proposal.Recognise.Count > 0 ? "recognise:\n" : $"files: [{Quoted(pattern)}]\n");
        foreach (var header in proposal.Recognise)
            yaml.Append($"  - {Quoted(header)}\n");
        if (proposal.Where is not null)
            yaml.Append($"where: {Quoted(proposal.Where)}\n");
        yaml.Append("columns:\n");
        foreach (var (id, expression, assumed) in proposal.Columns)
            yaml.Append($"  {id}: {Quoted(expression)}{(assumed is null ? "" : $"   # {assumed}")}\n");
        return yaml.ToString();
    }

    private static string Quoted(string text) =>
        "\""
        + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        + "\"";
}
