using System.Collections.Concurrent;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Workspaces;

/// <summary>
/// What every use case works with: the books, the rules, the engine and the clock of one command or one server.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private const long EngineMemoryBytes = 1_200_000_000;

    private readonly Lazy<DuckDbEngine> engine;
    private readonly ConcurrentDictionary<string, RulesInTurn> rulebooks = new();

    private StagingArea? spill;
    private DirectoryInfo? elsewhere;
    private bool isServer;

    private Workspace(BooksOfRecord books, string rulebookFolder, TimeProvider clock)
    {
        Books = books;
        RulebookFolder = rulebookFolder;
        Clock = clock;
        engine = new(OpenEngine);
    }

    public BooksOfRecord Books { get; }

    /// <summary>The folder of the working copy of the rules.</summary>
    public string RulebookFolder { get; }

    public TimeProvider Clock { get; }

    public DuckDbEngine Engine => engine.Value;

    /// <summary>The tables of a workspace that answers many questions; null for a single command.</summary>
    public StarTables? Tables { get; private set; }

    /// <summary>What was answered before.</summary>
    public AnswerMemory Answers { get; } = new();

    /// <summary>
    /// Keeps what is asked about at hand from now on. Before the first question, for the engine to be small.
    /// </summary>
    public void KeepAtHand()
    {
        isServer = true;
        Tables ??= new StarTables(Engine, Scratch);
    }

    /// <summary>Opens books that are there.</summary>
    public static Workspace Open(string books, string rulebookFolder, TimeProvider clock) =>
        new(BooksOfRecord.Open(books, clock), rulebookFolder, clock);

    /// <summary>Opens books, making them where there are none.</summary>
    public static Workspace Create(string books, string rulebookFolder, TimeProvider clock) =>
        new(BooksOfRecord.Create(books, clock), rulebookFolder, clock);

    /// <summary>The books and rules of a moment.</summary>
    /// <param name="asOf">The moment; null is now.</param>
    /// <param name="draft">True to use the working copy of the rules although it is not published.</param>
    /// <exception cref="RefusedException">The rules have mistakes, or the books are damaged.</exception>
    public BooksView View(AsOf? asOf = null, bool draft = false)
    {
        var state = StateOf(asOf);
        if (state.RulebooksInForce is { Count: > 0 } turns && !draft)
            return ViewBy(new(() => Published(turns)), BooksView.Rules.Published, state, asOf);
        var working = Working();
        var rules = working.Turns[0].Rulebook.Declarations.Count == 0 ? BooksView.Rules.None : BooksView.Rules.Draft;
        return ViewBy(new(working), rules, state, asOf);
    }

    /// <summary>The same books under other rules: a draft.</summary>
    public BooksView ViewBy(RulesInTurn rules, AsOf? asOf) =>
        ViewBy(new(rules), BooksView.Rules.Draft, StateOf(asOf), asOf);

    private BooksView ViewBy(Lazy<RulesInTurn> inForce, BooksView.Rules rules, BooksState state, AsOf? asOf)
    {
        var moment = asOf?.Until ?? (asOf is null ? null : state.HeadAt) ?? Clock.GetUtcNow();
        return new BooksView(this, state, inForce, rules) { Today = DateOnly.FromDateTime(moment.UtcDateTime) };
    }

    private BooksState StateOf(AsOf? asOf) =>
        asOf switch
        {
            { Sequence: { } entry } => Books.AsOf(entry),
            { Until: { } time } => Books.AsOf(time),
            _ => Books.Current(),
        };

    /// <summary>The working copy of the rules.</summary>
    /// <exception cref="RefusedException">It has mistakes; the first is told.</exception>
    public RulesInTurn Working() => InFolder(RulebookFolder, null);

    /// <summary>The rules in a folder.</summary>
    /// <param name="folder">The folder; one that is not there has no rules.</param>
    /// <param name="shownAs">How messages call it; null for the working copy.</param>
    /// <exception cref="RefusedException">They have mistakes; the first is told.</exception>
    public RulesInTurn InFolder(string folder, string? shownAs)
    {
        var (rulebook, diagnostics) = Rulebook.LoadFolder(folder, shownAs);
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).ToList();
        if (errors.Count > 0)
        {
            var check = shownAs is null ? "bursar check" : $"bursar check --rulebook {shownAs}";
            throw new RefusedException(
                errors[0] with
                {
                    Remedy =
                        $"{errors[0].Remedy}\n`{check}` shows {(errors.Count == 1 ? "it again" : $"all {errors.Count} mistakes")}.".TrimStart(
                            '\n'
                        ),
                }
            );
        }
        return rulebooks.GetOrAdd(rulebook.Hash, _ => new RulesInTurn(rulebook, AllocationRules.Compile(rulebook)));
    }

    /// <summary>Published rulebooks that hold one after the other.</summary>
    public RulesInTurn Published(IReadOnlyList<RulebookTurn> turns)
    {
        var rules = turns
            .Select(turn => (turn.From, Rules: Published(turn.Rulebook.Hash)))
            .Select(turn => (turn.From, turn.Rules.Turns[0].Rulebook, turn.Rules.Allocation))
            .ToList();
        if (rules.Count == 1 && rules[0].From == DateOnly.MinValue)
            return Published(turns[0].Rulebook.Hash);
        if (rules[0].From > DateOnly.MinValue)
            rules.Insert(0, (DateOnly.MinValue, Rulebook.Empty, AllocationRules.Compile(Rulebook.Empty)));
        return rulebooks.GetOrAdd(
            string.Join(' ', turns.Select(turn => $"{turn.Rulebook.Hash}:{turn.From:yyyy-MM-dd}")),
            _ => new RulesInTurn(
                [.. rules.Select(turn => new RulesTurn(turn.From, turn.Rulebook))],
                CompiledAllocation.InTurn([.. rules.Select(turn => (turn.From, turn.Allocation))])
            )
        );
    }

    /// <summary>A rulebook that was published, for the charges of all days.</summary>
    public RulesInTurn Published(string hash) =>
        rulebooks.GetOrAdd(
            hash,
            _ =>
            {
                var rulebook = RulebookPublication.Read(Books.Folder.FullPath("rulebooks"), hash);
                return new RulesInTurn(rulebook, AllocationRules.Compile(rulebook));
            }
        );

    public void Dispose()
    {
        if (engine.IsValueCreated)
            engine.Value.Dispose();
        Answers.Dispose();
        spill?.Dispose();
        elsewhere?.Delete(recursive: true);
    }

    private DuckDbEngine OpenEngine() =>
        DuckDbEngine.Open(
            new DuckDbOptions
            {
                MemoryLimitBytes = EngineMemoryBytes,
                TempDirectory = Path.Combine(Scratch, "engine"),
                ReturnsMemory = isServer,
                RemembersFiles = !isServer,
            }
        );

    /// <summary>
    /// The engine works beside its limits of memory in a folder of its own: one that other commands share would be
    /// swept under it.
    /// </summary>
    private string Scratch => spill?.Folder ?? elsewhere?.FullName ?? MakeScratch();

    private string MakeScratch()
    {
        try
        {
            spill = Books.Stage();
            return spill.Folder;
        }
        catch (RefusedException)
        {
            // Books that cannot be written can be asked all the same.
            elsewhere = Directory.CreateTempSubdirectory("bursar-");
            return elsewhere.FullName;
        }
    }
}
