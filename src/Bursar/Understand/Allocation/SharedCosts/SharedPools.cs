using Bursar.Rulebooks;
using Bursar.Understand.Ingestion.Prices;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>All pools of a rulebook, those that commitment policies make among them.</summary>
internal static class SharedPools
{
    extension(Rulebook rulebook)
    {
        /// <summary>By order, then by name.</summary>
        public IReadOnlyList<SharedCost> Pools() =>
            [
                .. rulebook
                    .All<SharedCost>()
                    .Select(pool =>
                        pool.Prices is null
                            ? pool
                            : pool with
                            {
                                Book = rulebook.All<PriceBook>().FirstOrDefault(book => book.Name == pool.Prices),
                            }
                    )
                    .Concat(rulebook.All<CommitmentPolicy>().SelectMany(CommitmentPools.Of))
                    .OrderBy(pool => pool.Order)
                    .ThenBy(pool => pool.Name, StringComparer.Ordinal),
            ];
    }
}
