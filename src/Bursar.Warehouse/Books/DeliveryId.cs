using System.Globalization;
using Bursar.Core.Time;

namespace Bursar.Warehouse.Books;

/// <summary>
/// Names deliveries: source, billing period and the first eight digits of the content, "aws-2026-03-7f3a9c21".
/// </summary>
public static class DeliveryId
{
    /// <summary>
    /// The name that a delivery gets in these books; the same content booked again after a withdrawal gets "-2".
    /// </summary>
    /// <remarks>
    /// Call it where the books are locked (inside <see cref="BooksOfRecord.Commit(string, Func{BooksState, Publication,
    /// NewEntry}, CancellationToken)"/>).
    /// </remarks>
    public static string Next(BooksState state, string source, BillingPeriod period, string contentHash)
    {
        var name = $"{BooksFolder.CheckedName(source)}-{period}-{contentHash[..8]}";
        var id = name;
        for (var n = 2; state.Find(id) is not null; n++)
            id = string.Create(CultureInfo.InvariantCulture, $"{name}-{n}");
        return id;
    }
}
