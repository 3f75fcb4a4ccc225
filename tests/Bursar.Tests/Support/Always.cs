using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Support;

/// <summary>
/// States something that holds for every input, and tries many. The seed is fixed; a failure prints the shrunk input.
/// </summary>
internal static class Always
{
    private const ulong Seed = 20261011;

    public static void Holds<T>(Gen<T> inputs, Func<T, bool> statement, int cases = 500) =>
        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(cases).WithReplay(Seed, 1),
            Prop.ForAll(inputs.ToArbitrary(), statement)
        );
}
