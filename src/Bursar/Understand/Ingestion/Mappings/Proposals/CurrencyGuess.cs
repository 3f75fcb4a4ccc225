using System.Text.RegularExpressions;

namespace Bursar.Understand.Ingestion.Mappings.Proposals;

/// <summary>In which currency costs are, by the name of their column and by their first cells.</summary>
internal static partial class CurrencyGuess
{
    /// <summary>The code; null when nothing says it.</summary>
    public static string? Of(ColumnSample? cost)
    {
        if (cost is null)
            return null;
        var texts = cost.Values.Take(20).Prepend(cost.Header).ToList();
        foreach (
            var (mark, code) in new[]
            {
                ("€", "EUR"),
                ("£", "GBP"),
                ("$", "USD"),
                ("円", "JPY"),
                ("元", "CNY"),
                ("¥", "JPY"),
                ("CHF", "CHF"),
            }
        )
        {
            if (texts.Exists(text => text.Contains(mark, StringComparison.Ordinal)))
                return code;
        }
        return texts
            .SelectMany(text => CodeInText.Matches(text).Select(found => found.Value))
            .Concat(Words(cost.Header).Select(word => word.ToUpperInvariant()))
            .FirstOrDefault(code =>
                code
                    is "USD"
                        or "EUR"
                        or "GBP"
                        or "CAD"
                        or "AUD"
                        or "SEK"
                        or "NOK"
                        or "DKK"
                        or "PLN"
                        or "INR"
                        or "JPY"
                        or "CHF"
                        or "CNY"
                        or "CZK"
                        or "BRL"
                        or "SGD"
                        or "NZD"
                        or "ZAR"
                        or "MXN"
                        or "HUF"
                        or "KRW"
            );
    }

    /// <summary>unit, price of "Unit price", "unitPrice" and "UNIT_PRICE".</summary>
    public static HashSet<string> Words(string header) =>
        [.. WordForm.Matches(header).Select(word => word.Value.ToLowerInvariant())];

    [GeneratedRegex(@"\b[A-Z]{3}\b")]
    private static partial Regex CodeInText { get; }

    [GeneratedRegex(@"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\p{Ll}+")]
    private static partial Regex WordForm { get; }
}
