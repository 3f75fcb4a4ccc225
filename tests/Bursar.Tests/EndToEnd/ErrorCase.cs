using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>One error of the catalogue, and what a user does to meet it.</summary>
/// <param name="Code">The code of docs/errors.md.</param>
/// <param name="SeenWith">What brings it about, as docs/errors.md says it.</param>
/// <param name="Says">What the message names besides: the file, the record, the other delivery.</param>
/// <param name="Remedy">Words of what to do.</param>
/// <param name="Run">Does it, with books of its own.</param>
internal sealed record ErrorCase(
    string Code,
    string SeenWith,
    string Says,
    string Remedy,
    Func<BooksTest, Task<BursarResult>> Run
)
{
    public override string ToString() => Code;
}
