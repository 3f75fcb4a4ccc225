namespace Bursar.Understand.Quality;

/// <summary>A Terraform plan as JSON: what will be there when it is applied.</summary>
internal static class TerraformPlan
{
    private static readonly string[] TagNames = ["tags_all", "tags", "labels", "effective_labels"];

    public static IEnumerable<DeclaredResource> Resources(ResourceNode plan) =>
        plan.Child("resource_changes") is { } changes ? changes.Items.Where(IsMade).Select(OfChange)
        : plan.At("planned_values", "root_module") is { } module ? OfModule(module)
        : [];

    /// <summary>What is deleted, only read or left alone is not checked.</summary>
    private static bool IsMade(ResourceNode change) =>
        change.Text("mode") != "data"
        && change.At("change", "actions") is { } actions
        && actions.Items.Any(action => action.Is("create") || action.Is("update"));

    private static DeclaredResource OfChange(ResourceNode change) =>
        Of(change, change.At("change", "after"), change.At("change", "after_unknown"));

    private static IEnumerable<DeclaredResource> OfModule(ResourceNode module) =>
        (module.Child("resources")?.Items ?? [])
            .Where(resource => resource.Text("mode") != "data")
            .Select(resource => Of(resource, resource.Child("values"), null))
            .Concat((module.Child("child_modules")?.Items ?? []).SelectMany(OfModule));

    /// <summary>A resource takes tags when its schema has them: the plan then names them, if only as null.</summary>
    private static DeclaredResource Of(ResourceNode resource, ResourceNode? after, ResourceNode? unknown)
    {
        var tags = new Dictionary<string, string>();
        foreach (var name in TagNames.Reverse())
        {
            foreach (var (key, value) in after?.Child(name)?.Tags() ?? new Dictionary<string, string>())
                tags[key] = value;
            foreach (var (key, value) in unknown?.Child(name)?.Entries ?? [])
                if (value.Is("true"))
                    tags[key] = DeclaredResource.Unknown;
        }
        var type = resource.Text("type") ?? "";
        return new DeclaredResource(
            resource.Text("address") ?? type,
            type,
            Provider(type),
            tags,
            TagNames.Any(name => after?.Child(name) is not null || unknown?.Child(name) is not null)
        );
    }

    private static string? Provider(string type) =>
        type.Split('_')[0] switch
        {
            "aws" => "AWS",
            "azurerm" or "azapi" => "Microsoft",
            "google" => "Google Cloud",
            "oci" => "Oracle",
            "alicloud" => "Alibaba Cloud",
            _ => null,
        };
}
