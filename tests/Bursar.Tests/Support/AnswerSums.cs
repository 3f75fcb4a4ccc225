using System.Text.Json;
using Bursar.Core.Amounts;

namespace Bursar.Tests.Support;

/// <summary>Adds up what <c>bursar costs --format json</c> printed.</summary>
internal static class AnswerSums
{
    /// <summary>The sum of every figure by currency; what was split off is part of it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="measure">Its first column of figures.</param>
    /// <param name="currencyColumn">Where the currency stands, in answers of several.</param>
    /// <param name="onlyCurrency">What stands for it in answers of one.</param>
    public static Dictionary<string, Amount> ByCurrency(
        JsonElement answer,
        string measure,
        string currencyColumn,
        string onlyCurrency
    )
    {
        var columns = answer.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList();
        var (place, first) = (columns.IndexOf(currencyColumn), columns.IndexOf(measure));
        var sums = new Dictionary<string, Amount>();
        foreach (var row in answer.GetProperty("rows").EnumerateArray())
        {
            var currency = place >= 0 ? row[place].GetString()! : onlyCurrency;
            for (var i = first; i < columns.Count; i++)
                sums[currency] = sums.GetValueOrDefault(currency) + Amount.Parse(row[i].GetRawText());
        }
        return sums;
    }
}
