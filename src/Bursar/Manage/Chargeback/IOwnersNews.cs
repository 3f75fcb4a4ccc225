using Bursar.Manage.Chargeback.Digests;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>What capabilities that stand below have to say to an owner.</summary>
internal interface IOwnersNews
{
    /// <summary>Where the budgets of a digest stand, a sentence each.</summary>
    IReadOnlyList<string> Budgets(BooksView view, Digest digest, CancellationToken cancel);

    /// <summary>What cannot wait, and the question that opens it: an anomaly, a budget; null when all can.</summary>
    (string Says, CostQuery? Behind)? Urgent(BooksView view, string owner, CancellationToken cancel);
}
