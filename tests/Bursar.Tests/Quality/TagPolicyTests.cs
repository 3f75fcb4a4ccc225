using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Tests.Rulebooks;
using Bursar.Tests.Support;
using Bursar.Understand.Allocation;
using Bursar.Understand.Quality;

namespace Bursar.Tests.Quality;

/// <summary>Tags against the policy, after the cost (by cost, by resource) and before it (ALC-02, ALC-03).</summary>
public sealed class TagPolicyTests
{
    private const string Policy = """
        kind: TagPolicy
        name: tags
        appliesTo: {ResourceType: {not: [aws_iam_role]}}
        keys:
          - key: cost-centre
            synonyms: [CostCentre]
            required: true
            format: "[0-9]{4}"
          - key: env
            required: true
            ignoreCase: true
            allowed: [prod, test]
            values: {prod: [production]}
        """;

    [Fact]
    public void The_allocation_figures_are_87_13_75_and_25_percent_EX_ALC_6()
    {
        var ratios = AllocationMath.Ratios(Some(250_000), Some(187_500), Some(40_000), Some(30_000));
        Assert.Equal(
            (0.87m, 0.13m, 0.75m, 0.25m),
            (ratios.AllocatedRatio, ratios.UnallocatedRatio, ratios.AccuracyRatio, ratios.UnallocatedSharedRatio)
        );
    }

    [Fact]
    public void Compliance_is_told_by_cost_by_resource_by_key_and_by_account()
    {
        var day = new DateOnly(2026, 3, 31);
        using var books = new BookedCharges(
            Policy,
            new SomeCharge(day, "70") { Resource = "a", Tags = ["cost-centre", "4100", "env", "Production"] },
            new SomeCharge(day, "20")
            {
                Resource = "b",
                Account = "x",
                Tags = ["CostCentre", "41", "env", "prod"],
            },
            new SomeCharge(day, "6")
            {
                Resource = "c",
                Account = "x",
                Tags = ["cost_centre", "4100", "env", "qa"],
            },
            new SomeCharge(day, "4") { Resource = "d", Account = "x" },
            new SomeCharge(day, "900") { Category = "Tax" }
        );
        var report = new ReportTags(books.View).Of("2026-03", TestContext.Current.CancellationToken);
        var all = report.Compliance;
        Assert.Equal(("100 USD", "70", "10"), (all.Cost.ToString(), all.Compliant.ToString(), all.Untagged.ToString()));
        Assert.Equal((0.7m, 0.1m, 0.25m), (all.ByCost, all.UntaggedByCost, all.ByResource));
        var centre = report.Keys.Single(key => key.Key == "cost-centre");
        Assert.Equal(("10", "20", 3), (centre.Missing.ToString(), centre.Wrong.ToString(), centre.FaultyResources));
        var env = report.Keys.Single(key => key.Key == "env");
        Assert.Equal(("4", "6"), (env.Missing.ToString(), env.Wrong.ToString()));
        Assert.Equal(("x", "30"), (report.Worst[0].SubAccountId, report.Worst[0].NotCompliant.ToString()));
        Assert.Equal(
            [("cost-centre", "cost_centre", "6", false), ("cost-centre", "CostCentre", "20", true)],
            report.Spellings.Select(same => (same.Keep, same.Other, same.Cost.ToString(), same.IsKnown))
        );
    }

    [Fact]
    public void A_terraform_plan_passes_or_fails_by_resource()
    {
        var check = Check(
            "plan.json",
            """
            {"format_version": "1.2", "resource_changes": [
              {"address": "aws_instance.good", "mode": "managed", "type": "aws_instance",
               "change": {"actions": ["create"], "after": {"tags": {"cost-centre": "4100"}, "tags_all": {"cost-centre": "4100", "env": "prod"}}}},
              {"address": "aws_instance.bare", "mode": "managed", "type": "aws_instance",
               "change": {"actions": ["update"], "after": {"tags": null, "tags_all": null}}},
              {"address": "aws_instance.later", "mode": "managed", "type": "aws_instance",
               "change": {"actions": ["create"], "after": {"tags": {"env": "test"}}, "after_unknown": {"tags": {"cost-centre": true}}}},
              {"address": "aws_iam_role.r", "mode": "managed", "type": "aws_iam_role",
               "change": {"actions": ["create"], "after": {"tags": null}}},
              {"address": "aws_route.r", "mode": "managed", "type": "aws_route", "change": {"actions": ["create"], "after": {"gateway": "g"}}},
              {"address": "aws_instance.gone", "mode": "managed", "type": "aws_instance", "change": {"actions": ["delete"], "after": null}}
            ]}
            """
        );
        Assert.Equal(
            [
                ("aws_instance.good", "pass"),
                ("aws_instance.bare", "fail"),
                ("aws_instance.later", "pass"),
                ("aws_iam_role.r", "skip"),
                ("aws_route.r", "skip"),
            ],
            check.Resources.Select(one => (one.Resource.Name, one.Result))
        );
        Assert.Equal("cost-centre is missing.", check.Resources[1].Faults[0].Sentence);
    }

    [Fact]
    public void A_cloudformation_template_passes_or_fails_by_resource()
    {
        var check = Check(
            "stack.yaml",
            """
            Resources:
              Good:
                Type: AWS::S3::Bucket
                Properties:
                  Tags:
                    - {Key: cost-centre, Value: !Ref Centre}
                    - {Key: env, Value: prod}
              Wrong:
                Type: AWS::S3::Bucket
                Properties: {Tags: [{Key: cost-centre, Value: 41}, {Key: env, Value: prod}]}
              Policy:
                Type: AWS::S3::BucketPolicy
            """
        );
        Assert.Equal(["pass", "fail", "skip"], check.Resources.Select(one => one.Result));
        Assert.Equal(
            "cost-centre is \"41\", which does not fit [0-9]{4}.",
            check.Resources[1].Faults.Single().Sentence
        );
    }

    [Fact]
    public void An_arm_template_passes_or_fails_by_resource()
    {
        var check = Check(
            "main.json",
            """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [
              {"type": "Microsoft.Storage/storageAccounts", "name": "good", "tags": {"cost-centre": "[parameters('cc')]", "env": "test"}},
              {"type": "Microsoft.Web/sites", "name": "bare", "resources": [
                {"type": "Microsoft.Authorization/locks", "name": "lock"}]}
            ]}
            """
        );
        Assert.Equal(
            [("good", "pass"), ("bare", "fail"), ("bare/lock", "skip")],
            check.Resources.Select(one => (one.Resource.Name, one.Result))
        );
    }

    [Fact]
    public void Kubernetes_manifests_are_judged_by_the_labels_of_their_pods()
    {
        var check = Check(
            "app.yaml",
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop, namespace: web, labels: {cost-centre: "4100", env: prod}}
            spec:
              template:
                metadata: {labels: {env: prod}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, labels: {cost-centre: "4100", env: PROD}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            """
        );
        Assert.Equal(
            [("web/Deployment/shop", "fail"), ("PersistentVolumeClaim/data", "pass"), ("ConfigMap/settings", "skip")],
            check.Resources.Select(one => (one.Resource.Name, one.Result))
        );
    }

    [Theory]
    [InlineData("list.csv", "name,type,tag:cost-centre,Tags/env\nweb,vm,4100,prod\n\"db, old\",vm,,prod\n")]
    [InlineData(
        "list.csv",
        "ResourceId,ResourceType,Tags\nweb,vm,\"{\"\"cost-centre\"\":\"\"4100\"\",\"\"env\"\":\"\"prod\"\"}\"\n\"db, old\",vm,env=prod\n"
    )]
    [InlineData(
        "list.json",
        "[{\"name\":\"web\",\"type\":\"vm\",\"tags\":{\"cost-centre\":\"4100\",\"env\":\"prod\"}},{\"name\":\"db, old\",\"tags\":[{\"Key\":\"env\",\"Value\":\"prod\"}]}]"
    )]
    public void A_plain_list_passes_or_fails_by_resource(string name, string text) =>
        Assert.Equal(
            [("web", "pass"), ("db, old", "fail")],
            Check(name, text).Resources.Select(one => (one.Resource.Name, one.Result))
        );

    [Theory]
    [InlineData("a.json", "")]
    [InlineData("a.json", "{\"a\": ")]
    [InlineData("a.json", "{\"a\": 1}")]
    [InlineData("a.yaml", "a: [")]
    [InlineData("a.csv", "name,tags\n")]
    public void A_file_that_declares_nothing_is_refused_with_what_would_be_read(string name, string text)
    {
        var refused = Assert.Throws<RefusedException>(() => Check(name, text));
        Assert.Equal("tags/not-resources", refused.Diagnostic.Code);
        Assert.Contains("Terraform plan", refused.Diagnostic.Remedy);
    }

    [Fact]
    public async Task A_pipeline_gets_an_exit_code_and_junit_without_any_books()
    {
        using var folder = new TempFolder();
        folder.Write("rulebook/tags.yaml", Policy);
        var file = folder.Write("list.csv", "name,tag:env\nweb,staging\n");
        string[] where = ["--rulebook", folder["rulebook"], "--books", folder["books"]];
        var run = await ShellTest.RunAsync(["tags", "check", file, "--junit", folder["out.xml"], .. where]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cost-centre is missing.", run.Out);
        Assert.Contains("0 of 1 resources pass.", run.Error);
        var xml = File.ReadAllText(folder["out.xml"]);
        Assert.Contains("failures=\"1\"", xml);
        Assert.Contains("<failure message=\"cost-centre is missing.", xml);
        var json = await ShellTest.RunAsync(["tags", "check", file, "--format", "json", .. where]);
        Assert.Contains("\"passed\":false,\"resourcesPassed\":0,\"resourcesFailed\":1", json.Out);
    }

    [Fact]
    public void A_policy_that_asks_for_nothing_passes_nothing()
    {
        var refused = Assert.Throws<RefusedException>(() =>
            new CheckResources(SomeRulebook.Of("kind: TagPolicy\nname: t\nkeys: [{key: a}]\n")).Of("a.csv", "name\nx\n")
        );
        Assert.Equal("tags/no-policy", refused.Diagnostic.Code);
    }

    private static TagCheck Check(string name, string text) =>
        new CheckResources(SomeRulebook.Of(Policy)).Of(name, text);

    private static Amount Some(decimal amount) => Amount.From(amount);
}
