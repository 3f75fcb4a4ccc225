using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>Shows what was delivered, as the books stood at one moment.</summary>
internal sealed class ShowDeliveries(BooksView view)
{
    /// <summary>As many quarantined records are shown; all of them are in the file.</summary>
    public const int RecordsShown = 20;

    /// <summary>
    /// Deliveries in the order of booking; without <paramref name="all"/> only those that count or wait.
    /// </summary>
    public IReadOnlyList<BookedDelivery> List(string? source, bool all) =>
        [
            .. view.State.Deliveries.Where(booked =>
                (all || booked.IsLive || booked.IsHeld) && (source is null || booked.Delivery.Source == source)
            ),
        ];

    /// <summary>One delivery, by its id or the beginning of it.</summary>
    /// <exception cref="RefusedException">There is none, or there are several.</exception>
    public BookedDelivery Find(string id)
    {
        if (view.State.Find(id) is { } exact)
            return exact;
        var near = view.State.Deliveries.Where(booked => booked.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        return near switch
        {
            [var only] => only,
            [] => view.State.Require(id),
            _ => throw new RefusedException(
                "deliveries/ambiguous-id",
                $"{near.Count} deliveries begin with \"{id}\": {string.Join(", ", near.Take(5).Select(booked => booked.Id))}.",
                "Write more of the id.",
                exitCode: 2
            ),
        };
    }

    /// <summary>The first quarantined records of a delivery.</summary>
    /// <exception cref="RefusedException">The file of them is damaged.</exception>
    public IReadOnlyList<KeptRecord> Quarantined(BookedDelivery booked, int most, CancellationToken cancel)
    {
        var path = BooksFolder.QuarantinePath(booked.Id, QuarantineFile.Name);
        var file = BooksFiles.Of(booked).FirstOrDefault(file => file.Path == path);
        if (file is null)
            return [];
        view.Books.Trust.Require(file, cancel);
        return QuarantineFile.Read(view.Books.Folder.FullPath(path), most);
    }
}
