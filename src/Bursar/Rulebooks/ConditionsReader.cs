using System.Text.RegularExpressions;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>Reads <c>when:</c> and <c>where:</c>: column → value, list, pattern, null, or a map of not, startsWith,
/// endsWith, contains, matches.</summary>
internal static class ConditionsReader
{
    public static readonly IReadOnlyList<string> Operators = ["not", "startsWith", "endsWith", "contains", "matches"];

    public static Conditions? Read(YamlNode node, bool asFilter, Findings findings, bool ofRules = false)
    {
        if (node is not YamlMap map)
        {
            findings.Error(
                node,
                "wrong-type",
                $"Conditions are a map of columns to values; this is {node.What}.",
                "Write column: value lines, or {} for every charge."
            );
            return null;
        }
        var conditions = new List<Condition>();
        foreach (var (key, value) in map.Entries)
        {
            if (ColumnNames.Resolve(key.Text, key, findings, ofRules) is { } column)
                ReadTest(column, value, negated: false, asFilter, conditions, findings);
        }
        return new Conditions(conditions);
    }

    /// <summary>A regular expression that reads a text once, however it is written, and must fit all of it.</summary>
    public static Regex Compile(string expression, bool ignoreCase)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        if (ignoreCase)
            options |= RegexOptions.IgnoreCase;
        return new Regex(@"\A(?:" + expression + @")\z", options, TimeSpan.FromSeconds(10));
    }

    private static void ReadTest(
        string column,
        YamlNode node,
        bool negated,
        bool asFilter,
        List<Condition> conditions,
        Findings findings
    )
    {
        if (node is not YamlMap map)
        {
            var values = Values(node, allowNull: true, findings);
            if (values.Count > 0)
                conditions.Add(new Condition(column, ConditionOperator.Is, values, negated));
            return;
        }
        if (map.Entries.Count == 0)
            findings.Error(
                map,
                "empty-condition",
                "This condition compares with nothing.",
                "Give a value, or one of " + string.Join(", ", Operators) + "."
            );
        foreach (var (key, value) in map.Entries)
        {
            if (key.Text == "not")
            {
                if (negated)
                    findings.Error(key, "double-negation", "not inside not is not read.", "Say it positively.");
                else if (value is YamlMap { Entries.Count: > 1 })
                    findings.Error(
                        value,
                        "wrong-type",
                        "not takes one test.",
                        "Write one not for each column, or a list of values."
                    );
                else
                    ReadTest(column, value, negated: true, asFilter, conditions, findings);
            }
            else if (Operator(key, asFilter, findings) is { } comparison)
            {
                var values = Values(value, allowNull: false, findings);
                if (comparison == ConditionOperator.Matches && !AllCompile(value, values, findings))
                    continue;
                if (values.Count > 0)
                    conditions.Add(new Condition(column, comparison, values, negated));
            }
        }
    }

    private static ConditionOperator? Operator(YamlScalar key, bool asFilter, Findings findings)
    {
        switch (key.Text)
        {
            case "startsWith":
                return ConditionOperator.StartsWith;
            case "endsWith":
                return ConditionOperator.EndsWith;
            case "contains":
                return ConditionOperator.Contains;
            case "matches" when !asFilter:
                return ConditionOperator.Matches;
            case "matches":
                findings.Error(
                    key,
                    "no-expression-here",
                    "A filter has no regular expressions.",
                    "Use startsWith, endsWith, contains, or a pattern with *."
                );
                return null;
            default:
                findings.Error(
                    key,
                    "unknown-operator",
                    $"No comparison is called \"{key.Text}\".{DidYouMean.Question(key.Text, Operators)}",
                    "Comparisons are " + string.Join(", ", Operators) + "."
                );
                return null;
        }
    }

    private static List<string?> Values(YamlNode node, bool allowNull, Findings findings)
    {
        var values = new List<string?>();
        foreach (var item in node is YamlList list ? list.Items : [node])
        {
            switch (item)
            {
                case YamlScalar { IsNull: true } when allowNull:
                    values.Add(null);
                    break;
                case YamlScalar scalar when scalar.Text.Length > 0 && !scalar.IsNull:
                    values.Add(scalar.Text);
                    break;
                case YamlScalar scalar:
                    findings.Error(
                        scalar,
                        "empty-condition",
                        "An empty value matches nothing: the books keep no empty text.",
                        allowNull ? "Write null for \"has no value\"." : "Give the text to compare with."
                    );
                    break;
                default:
                    findings.Error(
                        item,
                        "wrong-type",
                        $"A value to compare with is expected; this is {item.What}.",
                        "Write a value or a list of values."
                    );
                    break;
            }
        }
        if (node is YamlList { Items.Count: 0 })
            findings.Error(node, "empty-condition", "An empty list matches nothing.", "Give at least one value.");
        return values;
    }

    private static bool AllCompile(YamlNode node, List<string?> values, Findings findings)
    {
        foreach (var value in values)
        {
            try
            {
                Compile(value!, ignoreCase: false);
            }
            catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
            {
                findings.Error(
                    node,
                    "bad-expression",
                    $"\"{value}\" is not a regular expression that can be used here.",
                    "Look for unbalanced brackets; look-arounds and back-references are not available."
                );
                return false;
            }
        }
        return true;
    }
}
