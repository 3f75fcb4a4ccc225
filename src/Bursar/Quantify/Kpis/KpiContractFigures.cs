using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Contracts;
using Bursar.Quantify.Forecasts.Commitments;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>What is promised to suppliers, as it stood at the end of a month.</summary>
internal sealed class KpiContractFigures(
    BooksView view,
    BillingPeriod month,
    Currency currency,
    CancellationToken cancel
)
{
    private readonly DateOnly last = month.End.AddDays(-1);

    private readonly Lazy<List<ReviewedYear>> years = new(() =>
        [
            .. ReviewContracts
                .AtEndOf(view, month.End.AddDays(-1), cancel)
                .Where(contract => contract.Currency == currency && (contract.Start ?? DateOnly.MinValue) < month.End)
                .SelectMany(contract => contract.Years),
        ]
    );

    private readonly Lazy<List<ProjectedCommitment>> commitments = new(() =>
        [
            .. ProjectCommitments
                .PacesOf(view, month.End.AddDays(-1), cancel)
                .Where(one => one.Contract.Currency == currency),
        ]
    );

    /// <summary>The figure, or why it is not known.</summary>
    public (Amount? Value, string? Why) Of(string word) =>
        word.StartsWith("commitments-", StringComparison.Ordinal) ? Commitments(word)
        : years.Value.Count == 0 ? (null, $"no contract in {currency} had begun by {month}")
        : word.StartsWith("contracts-capped-", StringComparison.Ordinal) ? Capped(word)
        : Contracts(word);

    private (Amount?, string?) Contracts(string word)
    {
        var open = years
            .Value.Where(year => year.To > last)
            .Select(year =>
                (
                    Left: Left(year),
                    Months: Math.Max(0, ((year.To.Year - month.End.Year) * 12) + year.To.Month - month.End.Month)
                )
            )
            .ToList();
        var outstanding = Sum(open.Select(year => year.Left));
        return word switch
        {
            "contracts-outstanding" => (outstanding, null),
            "contracts-shortfall" => (
                Sum(
                    years
                        .Value.Where(year =>
                            year.From <= last && year.To > last.AddYears(-1) && year.Settled is not null
                        )
                        .Select(year => year.Settled!.Shortfall)
                ),
                null
            ),
            _ => outstanding.IsZero
                ? (null, $"nothing was promised any more at the end of {month}")
                : (Amount.From(Sum(open.Select(year => year.Left.Times(year.Months))).ShareOf(outstanding) ?? 0), null),
        };
    }

    /// <summary>Charges that count up to a part of the promise, such as purchases on a marketplace.</summary>
    private (Amount?, string?) Capped(string word)
    {
        var running = years
            .Value.Where(year => year.From <= last && year.To > last)
            .SelectMany(year =>
                year.Parts.Where(part => part.MaxPercent is not null)
                    .Select(part => (part.Billed, Cap: year.Committed.Times(part.MaxPercent!.Value / 100)))
            )
            .ToList();
        return running.Count == 0
            ? (null, $"no contract that runs in {month} counts charges up to a part of its promise")
            : (
                Sum(
                    running.Select(one => word == "contracts-capped-cap" || one.Billed > one.Cap ? one.Cap : one.Billed)
                ),
                null
            );
    }

    /// <summary>What goes beyond one promise makes up for no other.</summary>
    private (Amount?, string?) Commitments(string word) =>
        commitments.Value.Count == 0
            ? (null, $"no promise that charges count towards runs in {month}")
            : (
                Sum(
                    commitments.Value.Select(one =>
                        word switch
                        {
                            "commitments-promised" => one.Committed,
                            "commitments-used" => one.Used,
                            // The even part of the promise for the time that has passed.
                            "commitments-due" => Amount.From(one.Committed.ToDecimal() * one.Elapsed / one.Months),
                            _ => Amount.From(Math.Min(one.Pace.Projected, one.Committed.ToDecimal())),
                        }
                    )
                ),
                null
            );

    private static Amount Left(ReviewedYear year)
    {
        var left = year.Committed - (year.Settled?.Counted ?? Amount.Zero);
        return left > Amount.Zero ? left : Amount.Zero;
    }

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
