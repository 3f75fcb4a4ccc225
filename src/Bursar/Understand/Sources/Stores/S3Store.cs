using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources.Stores;

/// <summary>A bucket of Amazon S3, or of a store that speaks as S3 does.</summary>
internal sealed class S3Store : IFileStore, IDisposable
{
    private readonly AmazonS3Client client;
    private readonly string place;
    private readonly string bucket;
    private readonly string prefix;

    public S3Store(SourceLocation from, Environs environs)
    {
        place = from.S3!;
        var path = place["s3://".Length..].Split('/', 2);
        (bucket, prefix) = (path[0], path.Length > 1 ? path[1] : "");
        var config = Config(from, environs);
        client = from.AccessKeyVariable is { } key
            ? new AmazonS3Client(Credentials(from, key, environs), config)
            : new AmazonS3Client(config);
    }

    public async Task<IReadOnlyList<OfferedFile>> ListAsync(CancellationToken cancel)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        var files = new List<OfferedFile>();
        ListObjectsV2Response answer;
        do
        {
            answer = await AskAsync(place, () => client.ListObjectsV2Async(request, cancel)).ConfigureAwait(false);
            files.AddRange((answer.S3Objects ?? []).Where(found => !found.Key.EndsWith('/')).Select(Offered));
            request.ContinuationToken = answer.NextContinuationToken;
        } while (answer.IsTruncated == true);
        return files;
    }

    public async Task<FetchedFile?> FetchAsync(
        OfferedFile file,
        KnownVersion? known,
        string path,
        CancellationToken cancel
    )
    {
        // Of another version than was listed, this would be another set of files.
        var request = new GetObjectRequest
        {
            BucketName = bucket,
            Key = file.Address,
            EtagToMatch = file.Version,
        };
        var what = $"s3://{bucket}/{file.Address}";
        using var answer = await AskAsync(what, () => client.GetObjectAsync(request, cancel)).ConfigureAwait(false);
        var (bytes, sha256) = await WholeCopy
            .ToAsync(answer.ResponseStream, file.Bytes, what, path, cancel)
            .ConfigureAwait(false);
        return new FetchedFile(path, file.Version, bytes, sha256);
    }

    public void Dispose() => client.Dispose();

    private OfferedFile Offered(S3Object found) =>
        new(
            found.Key,
            found.Key,
            found.ETag,
            found.Size,
            found.LastModified is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null
        );

    /// <summary>Trying again is left to whoever asks: it is the same for every kind of place.</summary>
    private static AmazonS3Config Config(SourceLocation from, Environs environs)
    {
        var config = new AmazonS3Config
        {
            MaxErrorRetry = 0,
            ForcePathStyle = from.PathStyle,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = TimeSpan.FromSeconds(100),
        };
        if (from.Endpoint is { } endpoint)
        {
            config.ServiceURL = environs.Filled(endpoint);
            config.AuthenticationRegion = from.Region ?? "us-east-1";
        }
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(
                from.Region ?? environs.Variable("AWS_REGION") ?? environs.Variable("AWS_DEFAULT_REGION") ?? "us-east-1"
            );
        return config;
    }

    private static AWSCredentials Credentials(SourceLocation from, string key, Environs environs)
    {
        var (access, secret) = (environs.Need(key), environs.Need(from.SecretKeyVariable!));
        return from.SessionTokenVariable is { } token
            ? new SessionAWSCredentials(access, secret, environs.Need(token))
            : new BasicAWSCredentials(access, secret);
    }

    private static async Task<T> AskAsync<T>(string what, Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (AmazonS3Exception changed) when (changed.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            throw FetchException.CutShort(what, "it was written anew after it was listed");
        }
        catch (AmazonServiceException refused) when ((int)refused.StatusCode != 0)
        {
            throw FetchException.Answered(what, refused.StatusCode, refused.ErrorCode, retryAfter: null);
        }
        catch (AmazonClientException failure) when (Innermost(failure) is AmazonClientException)
        {
            throw FetchException.Of(
                "sources/no-credentials",
                $"Nobody is signed in to read {what}: {failure.Message.TrimEnd('.')}.",
                "Give accessKeyVariable: and secretKeyVariable:, or sign in as the AWS SDK expects it (environment, profile, role)."
            );
        }
        catch (Exception failure)
            when (failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException)
        {
            throw FetchException.Unreachable(what, Innermost(failure).Message);
        }
    }

    private static Exception Innermost(Exception failure) =>
        failure.InnerException is { } inner ? Innermost(inner) : failure;
}
