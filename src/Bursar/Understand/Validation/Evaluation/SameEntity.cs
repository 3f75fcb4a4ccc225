using System.Text;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary><c>same_entity(a, b)</c>: whether two names mean one company ("AWS" and "Amazon Web Services, Inc.").</summary>
internal sealed class SameEntity : ScalarFunction
{
    private static readonly HashSet<string> LegalForms =
    [
        "inc",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "company",
        "co",
        "gmbh",
        "ag",
        "sa",
        "sarl",
        "sas",
        "bv",
        "plc",
        "pty",
        "pte",
        "emea",
        "international",
        "ireland",
        "operations",
        "the",
    ];

    public override string Name => "same_entity";

    public override IReadOnlyList<ScalarType> Parameters => [ScalarType.Varchar, ScalarType.Varchar];

    public override ScalarType Returns => ScalarType.Boolean;

    public override void Run(ScalarCall call)
    {
        var left = call.Argument(0);
        var right = call.Argument(1);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
            output.SetBoolean(
                row,
                !left.IsNull(row)
                    && !right.IsNull(row)
                    && (
                        left.Utf8(row).SequenceEqual(right.Utf8(row))
                        || Are(Encoding.UTF8.GetString(left.Utf8(row)), Encoding.UTF8.GetString(right.Utf8(row)))
                    )
            );
    }

    /// <summary>Same words but for case, punctuation and legal form; or one begins with the other, or with its initials.</summary>
    public static bool Are(string left, string right)
    {
        var (a, b) = (Words(left), Words(right));
        if (a.Count == 0 || b.Count == 0)
            return a.Count == b.Count;
        return StartsWith(a, b) || StartsWith(b, a) || IsInitials(a, b) || IsInitials(b, a);
    }

    private static bool StartsWith(List<string> whole, List<string> start) =>
        whole.Count >= start.Count && whole.Take(start.Count).SequenceEqual(start);

    private static bool IsInitials(List<string> initials, List<string> words) =>
        initials is [{ Length: > 1 } letters]
        && string.Concat(words.Select(word => word[0])).StartsWith(letters, StringComparison.Ordinal);

    private static List<string> Words(string name) =>
        [
            .. name.ToLowerInvariant()
                .Split([' ', ',', '.', '-', '(', ')', '/', '&'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => !LegalForms.Contains(word)),
        ];
}
