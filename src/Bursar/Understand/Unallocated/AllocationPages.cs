using Bursar.Understand.Unallocated.Coverage;
using Bursar.Understand.Unallocated.Values;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary>Gives the pages and the API their use cases.</summary>
internal static class AllocationPages
{
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton<ReadUnallocated>(
            (asOf, field, period, cancel) =>
                Task.Run(
                    () =>
                        view(asOf) is { Deliveries.Count: > 0 } books
                            ? new FindUnallocated(books, QueueColumns.Field(field)).Of(period, cancel)
                            : null,
                    cancel
                )
        );
        services.AddSingleton<ReadCoverage>(
            (question, field, period, cancel) =>
                Task.Run(
                    () =>
                        view(question.AsOf).Through(new Lens(question.Query.Conversion, question.Query.Structure))
                            is { Deliveries.Count: > 0 } books
                            ? new MeasureCoverage(books, QueueColumns.Field(field)).Of(period, cancel)
                            : null,
                    cancel
                )
        );
        services.AddSingleton<ReadValues>(
            (question, key, field, period, cancel) =>
                Task.Run(
                    () =>
                        view(question.AsOf).Through(new Lens(question.Query.Conversion, question.Query.Structure))
                            is { Deliveries.Count: > 0 } books
                            ? new ExploreValues(books, QueueColumns.Field(field)).Of(key, period, cancel)
                            : null,
                    cancel
                )
        );
    }
}
