using System.Text.RegularExpressions;

namespace Bursar.Manage.Briefs;

/// <summary>
/// The words of a brief: abbreviations every leader knows, and words of the trade that have a plainer form.
/// </summary>
/// <remarks>Names (of services, accounts, priorities, roles) are left as their owners write them.</remarks>
internal static partial class BriefTerms
{
    /// <summary>Abbreviations that need no explanation.</summary>
    private static readonly HashSet<string> Allowed =
    [
        "AI",
        "IT",
        "HR",
        "TV",
        "ID",
        "OK",
        "UTC",
        "VAT",
        "EU",
        "UK",
        "US",
        "USA",
        "UN",
        "CEO",
        "CFO",
        "COO",
        "CIO",
        "CTO",
        "CISO",
        "CRO",
        "CMO",
        "CHRO",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "H1",
        "H2",
        "USD",
        "EUR",
        "GBP",
        "CHF",
        "JPY",
        "INR",
        "CRM",
        "ERP",
        "DRAFT",
        "PC",
        "FAQ",
        "PDF",
    ];

    /// <summary>Words of the trade, and what to write instead.</summary>
    private static readonly Dictionary<string, string> Plainer = new(StringComparer.OrdinalIgnoreCase)
    {
        ["amortised"] = "spread over the days it serves",
        ["amortized"] = "spread over the days it serves",
        ["burn rate"] = "spend a month",
        ["capex"] = "investment",
        ["chargeback"] = "charged to the team",
        ["cloud sprawl"] = "things nobody uses",
        ["commitment discount"] = "discount for a promised amount",
        ["egress"] = "data sent out",
        ["finops"] = "managing technology spend",
        ["on-demand"] = "at full price",
        ["opex"] = "running cost",
        ["reserved instance"] = "discount for a promised amount",
        ["right-sizing"] = "fitting size to use",
        ["rightsizing"] = "fitting size to use",
        ["run rate"] = "cost at today's pace",
        ["savings plan"] = "discount for a promised amount",
        ["showback"] = "shown to the team",
        ["spot instance"] = "spare capacity",
        ["tagging"] = "labelling",
        ["unblended"] = "as invoiced",
        ["unit economics"] = "cost per piece of work",
        ["untagged"] = "without a label",
    };

    /// <summary>
    /// Abbreviations and words of the trade that the text does not explain, each once, with what to do.
    /// </summary>
    public static IEnumerable<(string Term, string Remedy)> Undefined(Brief brief)
    {
        var words = string.Join(
            "\n",
            brief
                .Texts.Append(BriefText.Plain(brief.Byline))
                .Select(text =>
                    string.Concat(
                        text.Pieces.Where(piece => piece is { IsName: false, Figure: null }).Select(piece => piece.Text)
                    )
                )
        );
        foreach (
            var term in Abbreviation()
                .Matches(words)
                .Select(match => match.Value)
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            if (!Allowed.Contains(term) && !IsExplained(term, words))
                yield return (
                    term,
                    $"Write it out, or explain it where it stands first: \"effective savings rate ({term})\"."
                );
        }
        foreach (var (term, plain) in Plainer.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (
                Regex.IsMatch(words, $@"\b{Regex.Escape(term)}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))
                && !IsExplained(term, words)
            )
                yield return (term, $"Write \"{plain}\" instead.");
        }
    }

    /// <summary>"effective savings rate (ESR)" and "ESR (effective savings rate)" both explain.</summary>
    private static bool IsExplained(string term, string words) =>
        words.Contains($"({term})", StringComparison.OrdinalIgnoreCase)
        || words.Contains($"{term} (", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{N}]{1,}(?![\p{L}\p{N}])")]
    private static partial Regex Abbreviation();
}
