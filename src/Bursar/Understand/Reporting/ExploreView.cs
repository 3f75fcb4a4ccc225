using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Asks the books one question about cost, as of a moment (null is now).</summary>
public delegate Task<CostAnswer> AnswerCost(CostQuery query, string? asOf, CancellationToken cancellationToken);

/// <summary>The currencies that an answer can be asked for in, as of a moment.</summary>
public delegate Task<IReadOnlyList<string>> ListCurrencies(string? asOf, CancellationToken cancellationToken);

/// <summary>What the Explore page shows: an answer, and the answer for the period that it is compared with.</summary>
/// <param name="Question">The question as asked.</param>
/// <param name="Answer">Its answer.</param>
/// <param name="ComparedPeriod">The earlier period, when one was asked for and the question has a period.</param>
/// <param name="Compared">The same groups in the earlier period, or as they were; without a grain of time.</param>
public sealed record ExploreView(
    CostQuestion Question,
    CostAnswer Answer,
    DateRange? ComparedPeriod,
    CostAnswer? Compared
);
