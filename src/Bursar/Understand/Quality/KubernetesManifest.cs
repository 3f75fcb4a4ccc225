namespace Bursar.Understand.Quality;

/// <summary>Kubernetes manifests: the labels that cost of pods, volumes and load balancers is divided by.</summary>
internal static class KubernetesManifest
{
    /// <summary>Kinds that cause cost; the others (roles, config, policies) cause none.</summary>
    private static readonly HashSet<string> Costly =
    [
        "CronJob",
        "DaemonSet",
        "Deployment",
        "Job",
        "Namespace",
        "PersistentVolume",
        "PersistentVolumeClaim",
        "Pod",
        "ReplicaSet",
        "ReplicationController",
        "Service",
        "StatefulSet",
    ];

    public static IEnumerable<DeclaredResource> Resources(ResourceNode document)
    {
        if (document.Text("kind") is not { } kind)
            return [];
        if (kind.EndsWith("List", StringComparison.Ordinal) && document.Child("items") is { } items)
            return items.Items.SelectMany(Resources);
        var name = document.At("metadata")?.Text("name") ?? document.At("metadata")?.Text("generateName") ?? "?";
        var space = document.At("metadata")?.Text("namespace");
        return
        [
            new DeclaredResource(
                space is null ? $"{kind}/{name}" : $"{space}/{kind}/{name}",
                kind,
                null,
                Labels(document),
                Costly.Contains(kind)
            ),
        ];
    }

    /// <summary>A workload's pods carry the labels of its template; these count, not its own.</summary>
    private static Dictionary<string, string> Labels(ResourceNode document)
    {
        var template = document.At("spec", "template") ?? document.At("spec", "jobTemplate", "spec", "template");
        var labels = new Dictionary<string, string>(
            document.At("metadata", "labels")?.Tags() ?? new Dictionary<string, string>()
        );
        if (template is null)
            return labels;
        var ofPods = template.At("metadata", "labels")?.Tags() ?? new Dictionary<string, string>();
        return new Dictionary<string, string>(ofPods);
    }
}
