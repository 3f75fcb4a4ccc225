namespace Bursar.Understand.Quality;

/// <summary>A resource that a file declares, before there is any cost of it.</summary>
/// <param name="Name">Its address in the file: "aws_instance.web", "Deployment/shop".</param>
/// <param name="Type">Its type, as the file names it.</param>
/// <param name="Provider">The provider as FOCUS names it; null when the file does not say.</param>
/// <param name="Tags">Its tags, or labels; a value that is known later only is <see cref="Unknown"/>.</param>
/// <param name="TakesTags">False for a resource that cannot have any.</param>
internal sealed record DeclaredResource(
    string Name,
    string Type,
    string? Provider,
    IReadOnlyDictionary<string, string> Tags,
    bool TakesTags = true
)
{
    /// <summary>Stands for a value that is computed when the resource is made.</summary>
    public const string Unknown = "(known later)";

    /// <summary>The columns of FOCUS that a file can tell before the resource is made.</summary>
    public string? Column(string id) =>
        id switch
        {
            "ResourceType" => Type,
            "ResourceName" or "ResourceId" => Name,
            "ServiceProviderName" => Provider,
            _ => null,
        };

    public bool Knows(string id) =>
        id is "ResourceType" or "ResourceName" || (id == "ServiceProviderName" && Provider is not null);
}
