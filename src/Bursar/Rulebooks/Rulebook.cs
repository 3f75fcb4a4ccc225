using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks.Terms;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Rulebooks;

/// <summary>A file of a rulebook: its path inside the folder, with forward slashes, and its text.</summary>
internal sealed record RulebookFile(string Path, string Text);

/// <summary>The rules by which the books are read, as people wrote them: everything that was understood, in the order
/// of its files.</summary>
internal sealed class Rulebook
{
    private readonly Dictionary<(Type, string), Declaration> _byName = [];

    internal Rulebook(IReadOnlyList<Declaration> declarations, IReadOnlyList<RulebookFile> files)
    {
        Declarations = declarations;
        Files = files;
        Hash = HashOf(files);
        foreach (var declaration in declarations)
            _byName.TryAdd((declaration.GetType(), declaration.Name), declaration);
    }

    /// <summary>The rulebook of an organisation that has not written any rule.</summary>
    public static Rulebook Empty { get; } = new([], []);

    /// <summary>By file (ordinal) and place in it: the order in which things count as declared.</summary>
    public IReadOnlyList<Declaration> Declarations { get; }

    /// <summary>Its files by path, ordinal, with plain line ends and no byte order mark.</summary>
    public IReadOnlyList<RulebookFile> Files { get; }

    /// <summary>SHA-256 over paths and texts: the same rulebook has the same hash on every machine.</summary>
    public string Hash { get; }

    public IEnumerable<T> All<T>()
        where T : Declaration => Declarations.OfType<T>();

    public T? Find<T>(string name)
        where T : Declaration => (T?)_byName.GetValueOrDefault((typeof(T), name));

    /// <summary>The organisation's name, or null when it has not given one.</summary>
    public string? OrganisationName =>
        All<Organisation>().Select(organisation => organisation.DisplayName).FirstOrDefault(name => name is not null);

    /// <summary>The currency of reports, or null when none is declared.</summary>
    public string? ReportingCurrency =>
        All<Organisation>()
            .Select(organisation => organisation.ReportingCurrency)
            .FirstOrDefault(code => code is not null);

    /// <summary>In whose words reports speak, or null when nothing is said.</summary>
    public Vocabulary? Vocabulary =>
        All<Organisation>().Select(organisation => organisation.Vocabulary).FirstOrDefault(one => one is not null);

    /// <summary>The month in which the fiscal year starts; January unless declared.</summary>
    public int FiscalYearStart =>
        All<Organisation>()
            .Select(organisation => organisation.FiscalYearStart)
            .FirstOrDefault(month => month is not null)
        ?? 1;

    /// <summary>Reads files given as path and text, in any order.</summary>
    public static (Rulebook Rulebook, IReadOnlyList<Diagnostic> Diagnostics) Load(IEnumerable<RulebookFile> files) =>
        RulebookReader.Read(files, []);

    /// <summary>Reads every *.yaml and *.yml below a folder. A folder that does not exist is an empty
    /// rulebook.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shownAs">How messages call it ("rulebook"); the paths inside follow after a slash. Null for the
    /// paths alone.</param>
    public static (Rulebook Rulebook, IReadOnlyList<Diagnostic> Diagnostics) LoadFolder(
        string folder,
        string? shownAs = null
    ) => RulebookFolder.Load(folder, shownAs);

    private static string HashOf(IReadOnlyList<RulebookFile> files) =>
        RulebookHash.Of(
            files.Select(file => new PublishedFile(file.Path, Checksum.Of(Encoding.UTF8.GetBytes(file.Text))))
        );
}
