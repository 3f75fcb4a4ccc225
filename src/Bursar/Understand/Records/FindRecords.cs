using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Records;

/// <summary>Finds the business records that count at a moment: of each key the one that came last.</summary>
internal sealed class FindRecords(BooksView view)
{
    /// <summary>Files never change, so what was read for a state of the books holds for it for ever.</summary>
    private static readonly ConditionalWeakTable<
        BooksState,
        ConcurrentDictionary<string, IReadOnlyList<BusinessRecord>>
    > Known = [];

    /// <summary>The live deliveries of a kind, oldest first.</summary>
    public IReadOnlyList<BookedDelivery> Deliveries(RecordKind kind) =>
        [.. view.State.LiveDeliveries.Where(booked => booked.Delivery.Dataset == kind.Dataset)];

    /// <summary>The records of a kind, in the order in which they came.</summary>
    public IReadOnlyList<BusinessRecord> Of(string kind, CancellationToken cancel) =>
        Known.GetOrCreateValue(view.State).GetOrAdd(kind, name => Read(RecordKinds.Named(name), cancel));

    private IReadOnlyList<BusinessRecord> Read(RecordKind kind, CancellationToken cancel)
    {
        var deliveries = Deliveries(kind);
        view.Books.Trust.Require(deliveries, cancel);
        var latest = new Dictionary<string, (BusinessRecord Record, int Place)>();
        var place = 0;
        foreach (var booked in deliveries)
        {
            var path = view.Books.Folder.FullPath(booked.Delivery.Files[0].Path);
            foreach (var record in RecordFile.Read(path, booked.Id, booked.Delivery.SourceFiles[0].Name))
                latest[record.KeyIn(kind)] = (record, place++);
        }
        return [.. latest.Values.OrderBy(one => one.Place).Select(one => one.Record)];
    }
}
