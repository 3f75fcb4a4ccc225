using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Unallocated;

/// <summary>
/// One piece of work: an account of a provider, or a part of it (a resource group, names that begin alike, a service).
/// </summary>
/// <param name="Provider">ServiceProviderName.</param>
/// <param name="AccountColumn">Which column names the account; null where no charge of the provider names one.</param>
/// <param name="Account">The account.</param>
/// <param name="Column">The column that narrows it; null for all of the account that no other line has.</param>
/// <param name="Value">Its value.</param>
internal sealed record WorkScope(
    string? Provider,
    string? AccountColumn,
    string? Account,
    string? Column = null,
    string? Value = null
)
{
    /// <summary>The whole account that it is a part of.</summary>
    [JsonIgnore]
    public WorkScope Whole => this with { Column = null, Value = null };

    /// <summary>The same for the same scope, field and currency, whatever the books hold: for tickets.</summary>
    public string IdIn(string field, Currency currency) =>
        IdOf([field, currency.Code, Provider ?? "", AccountColumn ?? "", Account ?? "", Column ?? "", Value ?? ""]);

    /// <summary>A short name for a list of texts.</summary>
    public static string IdOf(IEnumerable<string> parts) =>
        "u" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u0001', parts))))[..8];

    /// <summary>The charges, as conditions of a question: those that nobody owns.</summary>
    /// <param name="field">The shared field that is empty.</param>
    /// <param name="carved">Pieces of work of the same account, which are no part of its rest.</param>
    public IReadOnlyList<CostFilter> Filters(string field, IEnumerable<WorkScope> carved)
    {
        List<CostFilter> filters = [new(field, [null]), new(CostColumns.AllocationType, ["Direct"]), .. Place];
        if (Column is null)
            filters.AddRange(
                carved
                    .GroupBy(one => one.Column!)
                    .Select(same => new CostFilter(same.Key, [.. same.Select(one => one.Value)], Negated: true))
            );
        return filters;
    }

    /// <summary>Where it is, owned or not.</summary>
    [JsonIgnore]
    public IEnumerable<CostFilter> Place
    {
        get
        {
            yield return new CostFilter("ServiceProviderName", [Provider]);
            if (AccountColumn != "SubAccountId")
                yield return new CostFilter("SubAccountId", [null]);
            if (AccountColumn is null)
                yield return new CostFilter("BillingAccountId", [null]);
            else
                yield return new CostFilter(AccountColumn, [Account]);
            if (Column is not null)
                yield return new CostFilter(Column, [Value]);
        }
    }
}
