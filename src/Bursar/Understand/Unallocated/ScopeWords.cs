using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Understand.Unallocated;

/// <summary>A piece of work in words: "Amazon Web Services, account claims-prod: names that begin with web-".</summary>
internal static class ScopeWords
{
    /// <param name="scope">The charges.</param>
    /// <param name="accountName">The name of the account, where it has one.</param>
    /// <param name="isRest">Parts of the account are pieces of work of their own.</param>
    public static string Of(WorkScope scope, string? accountName, bool isRest)
    {
        var account = scope.Account is null ? "no account named" : $"account {accountName ?? scope.Account}";
        var whole = $"{scope.Provider ?? "Unnamed provider"}, {account}";
        return Part(scope) is { } part ? $"{whole}: {part}"
            : isRest ? whole + ": the rest"
            : whole;
    }

    /// <summary>"names that begin with web-"; null for a whole account.</summary>
    public static string? Part(WorkScope scope) =>
        scope.Column switch
        {
            null => null,
            CostColumns.NameBeginning => $"names that begin with {scope.Value}",
            "ServiceName" => $"service {scope.Value}",
            var column when column.Contains("ResourceGroup", StringComparison.OrdinalIgnoreCase) =>
                $"resource group {scope.Value}",
            var column => $"{Display.Column(column)} {scope.Value}",
        };
}
