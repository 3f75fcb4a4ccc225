using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated.Values;

/// <summary>
/// Shows the values of accounts or of a tag with their cost, and which of them leave cost without an owner.
/// </summary>
internal sealed class ExploreValues(BooksView view, string field)
{
    private const string Tag = "Tags/";

    private readonly AskCosts ask = new(view);

    /// <param name="asked">"SubAccount", "team" or "Tags/team"; null is accounts.</param>
    /// <param name="period">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="RefusedException">No charge of the month has such a tag.</exception>
    public ValueReview Of(string? asked, BillingPeriod? period, CancellationToken cancel)
    {
        var month = period ?? ReportSubject.NewestWholeMonth(view);
        var question = view.Lens.Over(
            new CostQuery
            {
                Measure = ReportSubject.Measure(view),
                From = month.Start,
                To = month.End,
            }
        );
        var keys = Keys(question, cancel);
        var key = Key(asked, keys, month);
        string[] columns = key == ValueReview.SubAccount ? ["SubAccountId", "SubAccountName"] : [key, key];
        var rows = ask.Answer(
            question with
            {
                By = [.. columns.Distinct(), CostColumns.AllocationType, field],
            },
            cancel
        );
        var main = ReportSubject.MainCurrency(view, rows.Rows);
        return new ValueReview(
            key,
            keys,
            field,
            month,
            main,
            Values([.. rows.Rows.Where(row => row.Currency == main)], key == ValueReview.SubAccount),
            question,
            rows.Draft
        );
    }

    /// <summary>The tag keys of the month, those on most cost first.</summary>
    private IReadOnlyList<string> Keys(CostQuery question, CancellationToken cancel)
    {
        var costs = new Dictionary<string, Amount>();
        foreach (var row in ask.Answer(question with { By = ["Tags"] }, cancel).Rows)
        foreach (var key in TagLookalikes.Read(row.Keys[0]).Keys)
            costs[key] = costs.GetValueOrDefault(key) + row.Total.Abs();
        return
        [
            .. costs
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => Tag + pair.Key),
        ];
    }

    private static string Key(string? asked, IReadOnlyList<string> keys, BillingPeriod month)
    {
        if (asked is null || asked.StartsWith(ValueReview.SubAccount, StringComparison.OrdinalIgnoreCase))
            return ValueReview.SubAccount;
        var name = asked.StartsWith(Tag, StringComparison.OrdinalIgnoreCase) ? asked[Tag.Length..] : asked;
        return keys.FirstOrDefault(key => key == Tag + name)
            ?? keys.FirstOrDefault(key => key.Equals(Tag + name, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusedException(
                "allocation/unknown-key",
                $"No charge of {month} has a tag \"{name}\".{DidYouMean.Question(name, keys.Select(key => key[Tag.Length..]))}",
                "Write SubAccount, or a tag key; `bursar allocation values` lists the accounts.",
                exitCode: 2
            );
    }

    private static List<ValueCost> Values(IReadOnlyList<CostRow> rows, bool isAccount)
    {
        var charges = rows.Where(row => row.Keys[0] is not null)
            .GroupBy(row => row.Keys[0]!)
            .ToDictionary(same => same.Key, same => same.Sum(row => row.Charges));
        // Ids of accounts that differ by a digit are two accounts.
        var alike = isAccount
            ? []
            : TagKeys
                .LikelySame(charges)
                .SelectMany(same => same.Others.Select(other => (Other: other, same.Keep)))
                .ToDictionary(pair => pair.Other, pair => pair.Keep);
        return
        [
            .. rows.GroupBy(row => row.Keys[0])
                .Select(same => new ValueCost(
                    same.Key,
                    same.Key is null ? Display.NoValue
                        : isAccount
                            ? same.Select(row => row.Keys[1]).FirstOrDefault(name => name is not null) ?? same.Key
                        : same.Key,
                    QueueMath.Sum(same.Select(row => row.Total)),
                    QueueMath.Sum(same.Where(IsNobodys).Select(row => row.Total)),
                    same.Key is null ? null : alike.GetValueOrDefault(same.Key)
                ))
                .OrderByDescending(value => value.Cost)
                .ThenBy(value => value.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>What is in a pool is divided or kept, and not left over.</summary>
    private static bool IsNobodys(CostRow row) => row.Keys[^1] is null && row.Keys[^2] is null or "Direct";
}
