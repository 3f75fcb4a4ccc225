using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Bursar.Tests.Support;

namespace Bursar.Tests.Sources;

/// <summary>A real S3-compatible server of this machine, with one bucket: <c>billing</c>.</summary>
internal sealed class S3Server : IDisposable
{
    public const string Bucket = "billing";

    private readonly ServerProgram server;
    private readonly TempFolder data;
    private readonly AmazonS3Client client;

    private S3Server(ServerProgram server, TempFolder data)
    {
        (this.server, this.data) = (server, data);
        client = new AmazonS3Client(
            new BasicAWSCredentials("S3RVER", "S3RVER"),
            new AmazonS3Config
            {
                ServiceURL = server.Address,
                ForcePathStyle = true,
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            }
        );
    }

    public string Address => server.Address;

    /// <summary>Starts it; without node or the package the test is skipped, loudly.</summary>
    public static async Task<S3Server> StartAsync()
    {
        var node = NeededProgram.Path("node");
        var script = RepositoryRoot.File("node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(script))
            NeededProgram.Path("s3rver");
        var folder = new TempFolder();
        var started = await ServerProgram.StartAsync(
            node,
            port => [script, "-s", "-d", folder.Path, "-a", "127.0.0.1", "-p", $"{port}", "--configure-bucket", Bucket],
            "/"
        );
        return new S3Server(started, folder);
    }

    public Task PutAsync(string key, string content) =>
        client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = key,
                ContentBody = content,
                UseChunkEncoding = false,
            },
            TestContext.Current.CancellationToken
        );

    /// <summary>The lines of a rulebook that say it is here.</summary>
    public string From(string prefix) =>
        $"""
            from:
              s3: s3://{Bucket}/{prefix}
              endpoint: {Address}
              pathStyle: true
              accessKeyVariable: STORE_KEY
              secretKeyVariable: STORE_SECRET

            """;

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        data.Dispose();
    }
}
