using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Sources;

/// <summary>
/// When each source was last looked at. A cache: without it a server looks once more than it had to.
/// </summary>
internal sealed class LastLooks(BooksFolder books)
{
    private readonly string path = Path.Combine(books.Root, ".looks");

    public IReadOnlyDictionary<string, DateTimeOffset> Read()
    {
        try
        {
            if (File.Exists(path))
                return JsonSerializer.Deserialize(
                        File.ReadAllBytes(path),
                        LooksJson.Default.DictionaryStringDateTimeOffset
                    ) ?? [];
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException or JsonException)
        {
            // As good as none.
        }
        return new Dictionary<string, DateTimeOffset>();
    }

    public void Note(IEnumerable<string> sources, DateTimeOffset at)
    {
        var looks = new Dictionary<string, DateTimeOffset>(Read());
        foreach (var source in sources)
            looks[source] = at;
        try
        {
            var own = $"{path}.{Guid.NewGuid():n}";
            File.WriteAllBytes(
                own,
                JsonSerializer.SerializeToUtf8Bytes(looks, LooksJson.Default.DictionaryStringDateTimeOffset)
            );
            File.Move(own, path, overwrite: true);
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            // Nothing rests on it.
        }
    }
}

/// <summary>How the cache is written.</summary>
[JsonSerializable(typeof(Dictionary<string, DateTimeOffset>))]
internal sealed partial class LooksJson : JsonSerializerContext;
