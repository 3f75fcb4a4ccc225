using System.CommandLine;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>How people say by whose structure an answer is to be: the option and its text.</summary>
internal static class StructureText
{
    public const string Usual =
        "as-was: by the rules and organisation of each charge's day; today or a day: by those of that day (default: as-was)";

    private const int WrongUsage = 2;

    public static Option<string?> Option(string description, string name = "--structure") =>
        new(name) { Description = description, HelpName = "WHEN" };

    /// <exception cref="RefusedException">The text is no structure.</exception>
    public static Structure? Read(string? text, string option) =>
        text is null ? null
        : Structure.TryRead(text, out var structure) ? structure
        : throw new RefusedException(
            "costs/bad-structure",
            $"\"{text}\" is no structure for {option}.",
            $"Write {Structure.Forms}.",
            WrongUsage
        );
}
