using Bursar.Rulebooks;

namespace Bursar.Understand.Quality;

/// <summary>CloudFormation and ARM (Bicep) templates.</summary>
internal static class CloudTemplates
{
    /// <summary>Types that cannot have tags, so that nobody can be asked to tag them.</summary>
    private static readonly Wildcard[] Untaggable =
    [
        .. new[]
        {
            "AWS::*::*Policy",
            "AWS::*::*Permission",
            "AWS::*::*Association",
            "AWS::*::*Attachment",
            "AWS::ApiGateway::Deployment",
            "AWS::ApiGateway::Method",
            "AWS::ApiGateway::Resource",
            "AWS::CloudFormation::*",
            "AWS::CDK::*",
            "AWS::EC2::Route",
            "AWS::EC2::*Ingress",
            "AWS::EC2::*Egress",
            "AWS::IAM::AccessKey",
            "AWS::IAM::Group",
            "AWS::IAM::InstanceProfile",
            "AWS::Lambda::EventSourceMapping",
            "AWS::Lambda::Version",
            "AWS::Lambda::Alias",
            "AWS::Route53::RecordSet*",
            "AWS::SNS::Subscription",
            "Custom::*",
            "Microsoft.Authorization/*",
            "Microsoft.Resources/deployments",
            "*/diagnosticSettings",
            "Microsoft.Network/*/subnets",
            "Microsoft.Network/*/securityRules",
        }.Select(pattern => new Wildcard(pattern)),
    ];

    public static IEnumerable<DeclaredResource> CloudFormation(ResourceNode template) =>
        template
            .Child("Resources")!
            .Entries.Where(entry => entry.Value.Text("Type") is not null)
            .Select(entry =>
            {
                var type = entry.Value.Text("Type")!;
                var properties = entry.Value.Child("Properties");
                var tags = properties?.Child("Tags") ?? properties?.Child("TagSpecifications");
                return new DeclaredResource(
                    entry.Key,
                    type,
                    "AWS",
                    tags?.Tags() ?? new Dictionary<string, string>(),
                    tags is not null || TakesTags(type)
                );
            });

    /// <param name="resources">A list, or (newer templates) a map of them.</param>
    /// <param name="parent">The name of the resource that holds them.</param>
    public static IEnumerable<DeclaredResource> Arm(ResourceNode resources, string parent) =>
        resources
            .Items.Concat(resources.Entries.Select(entry => entry.Value))
            .SelectMany(resource => Arm(resource, parent, resource.Text("type") ?? ""));

    private static IEnumerable<DeclaredResource> Arm(ResourceNode resource, string parent, string type)
    {
        var name = parent + (resource.Text("name") ?? type);
        var tags = resource.Child("tags");
        yield return new DeclaredResource(
            name,
            type,
            "Microsoft",
            tags?.Tags() ?? new Dictionary<string, string>(),
            tags is not null || TakesTags(type)
        );
        foreach (var inner in resource.Child("resources") is { } children ? Arm(children, name + "/") : [])
            yield return inner;
        foreach (var inner in resource.At("properties", "template", "resources") is { } nested ? Arm(nested, "") : [])
            yield return inner;
    }

    private static bool TakesTags(string type) => !Untaggable.Any(pattern => pattern.Matches(type));
}
