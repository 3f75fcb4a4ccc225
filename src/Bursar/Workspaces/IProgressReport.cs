namespace Bursar.Workspaces;

/// <summary>Tells whoever waits what is being done. Use cases take it; they never print.</summary>
internal interface IProgressReport
{
    /// <summary>Begins a step. Dispose it when it is done.</summary>
    /// <param name="title">What is being done: "Reading 12 files".</param>
    /// <param name="total">How much there is of it (bytes, rows, files), when known.</param>
    IProgressStep Begin(string title, long? total = null);
}

/// <summary>One step of long work.</summary>
internal interface IProgressStep : IDisposable
{
    /// <summary>So much more of the total is done. May be called from any thread.</summary>
    void Advance(long done);
}
