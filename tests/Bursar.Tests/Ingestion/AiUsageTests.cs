using System.IO.Compression;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;

namespace Bursar.Tests.Ingestion;

/// <summary>
/// Logs of AI calls become rows by class of token, priced to the last digit (AIF-02, AIF-03, ALC-09).
/// </summary>
public sealed class AiUsageTests
{
    /// <summary>12 M input, 8 M cached, 4 M output of which 1.5 M reasoning, 8,000 calls.</summary>
    private const string Example = """
        [{"timestamp": "2026-03-02T10:00:00Z", "provider": "Anthropic", "model": "house-model-1", "team": "claims",
          "num_requests": 8000, "usage": {"input_tokens": 12000000, "cache_read_input_tokens": 8000000,
          "cache_creation_input_tokens": 0, "output_tokens": 4000000, "output_tokens_details": {"thinking_tokens": 1500000}}}]
        """;

    private const string Book = """
        kind: PriceBook
        name: house
        provider: Anthropic
        currency: USD
        source: Contract 7, annex B
        retrieved: 2026-01-02
        per: 1000000
        sameAs: {reasoning: output}
        tiers: {batch: 0.5}
        prices:
          - items: [house-model-*]
            to: 2026-03-15
            rates: {input: 3, cached-input: 0.30, cache-write-5m: 3.75, cache-write-1h: 6, output: 15}
          - items: [house-model-*]
            to: 2026-03-15
            above: 200000000
            rates: {input: 6, output: 22.50}
          - items: [house-model-*]
            from: 2026-03-15
            rates: {input: 2, cached-input: 0.20, output: 10}

        """;

    [Fact]
    public async Task EX_AIF_4_a_log_is_priced_by_class_of_token()
    {
        using var test = new BooksTest();
        test.Write("rulebook/prices.yaml", Book);
        Assert.Equal(0, (await test.RunAsync("check")).ExitCode);
        var outcome = await test.IngestAsync(test.Write("calls.json", Example));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal("98.4", await test.TotalAsync());
        Assert.Equal("98.4", await test.TotalAsync("--measure", "BilledCost", "--where", "Tags/team=claims"));
        Assert.Equal(
            ["cached-input 2.4", "calls 0", "input 36", "output 37.5", "reasoning 22.5"],
            await CostsAsync(test, "SkuMeter")
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_model_without_a_price_is_a_named_gap_with_its_tokens_and_never_costs_zero()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(test.Write("calls.json", Example));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(
            "No price for house-model-1 of Anthropic: 24000000 Tokens (cached-input, input, output, reasoning) in 1 record "
                + "have no cost. A kind: PriceBook would give them one.",
            outcome.Notes
        );
        var delivery = Assert.Single(outcome.Deliveries);
        Assert.Equal(5, delivery.GetProperty("rows").GetInt32());
        Assert.Equal(0m, delivery.GetProperty("totals")[0].GetProperty("billedCost").GetDecimal());
    }

    [Fact]
    public async Task Providers_without_a_price_book_are_named_and_none_of_their_rows_is_lost()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "calls.json",
                """
                {"created": 1772409600, "provider": "Mistral", "model": "mistral-large-latest", "usage": {"prompt_tokens": 1000, "completion_tokens": 200}}
                {"created": 1772409600, "provider": "Groq", "model": "llama-3.3-70b", "usage": {"prompt_tokens": 10, "completion_tokens": 2}}
                {"created": 1772409600, "provider": "OpenAI", "model": "gpt-5-mini", "usage": {"prompt_tokens": 1000000, "completion_tokens": 0}}

                """
            )
        );
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(
            outcome.Notes,
            note => note.StartsWith("No price for some things of Groq, Mistral:", StringComparison.Ordinal)
        );
        Assert.Contains(
            outcome.Notes,
            note =>
                note.StartsWith("Prices by OpenAI list prices: ", StringComparison.Ordinal)
                && note.EndsWith("confidence low, reviewed by nobody.", StringComparison.Ordinal)
        );
        Assert.Equal("0.25", await test.TotalAsync());
        Assert.Equal(0, outcome.Quarantined);
        Assert.Equal(3, (await test.RowsAsync("--by", "x_Model")).Count);
    }

    [Theory]
    [InlineData("2026-03-14T23:59:59Z", "\"input_tokens\": 1000000", "3")]
    [InlineData("2026-03-15T00:00:00Z", "\"input_tokens\": 1000000", "2")]
    [InlineData("2026-03-01T00:00:00Z", "\"service_tier\": \"batch\", \"input_tokens\": 1000000", "1.5")]
    [InlineData("2026-03-01T00:00:00Z", "\"input_tokens\": 200000000", "600")]
    [InlineData("2026-03-01T00:00:00Z", "\"input_tokens\": 200000001", "1200.000006")]
    [InlineData(
        "2026-03-01T00:00:00Z",
        "\"cache_creation\": {\"ephemeral_5m_input_tokens\": 1000000, \"ephemeral_1h_input_tokens\": 7}",
        "3.750042"
    )]
    public async Task Day_tier_size_and_lifetime_decide_the_rate(string at, string usage, string cost)
    {
        using var test = new BooksTest();
        test.Write("rulebook/prices.yaml", Book);
        const string idle = "{\"usage\": {\"input_tokens\": 0}, \"timestamp\": \"2026-03-01T00:00:00Z\"}";
        var call =
            $"{{\"timestamp\": \"{at}\", \"provider\": \"Anthropic\", \"model\": \"HOUSE-MODEL-2\", "
            + "\"usage\": {\"cache_read_input_tokens\": 0, "
            + usage
            + "}}";
        var outcome = await test.IngestAsync(test.Write("calls.json", $"[{call}, {idle}]"));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(cost, await test.TotalAsync());
    }

    [Fact]
    public async Task What_lies_inside_what_is_each_providers_own_rule()
    {
        using var test = new BooksTest();
        // 1000 tokens of the prompt are 400 cached and 600 not; 200 of the answer are 50 of reasoning and 150 not.
        var outcome = await test.IngestAsync(
            test.Write(
                "calls.json",
                """
                {"created": 1772409600, "model": "gpt-5-mini", "usage": {"prompt_tokens": 1000, "completion_tokens": 200, "prompt_tokens_details": {"cached_tokens": 400, "audio_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 50}}}
                {"created": 1772409600, "model": "claude-haiku-4-5", "usage": {"input_tokens": 600, "cache_read_input_tokens": 400, "cache_creation_input_tokens": 0, "output_tokens": 200}}
                {"created": 1772409600, "modelVersion": "gemini-2.5-flash", "usageMetadata": {"promptTokenCount": 1000, "cachedContentTokenCount": 400, "candidatesTokenCount": 150, "thoughtsTokenCount": 50, "promptTokensDetails": [{"modality": "AUDIO", "tokenCount": 100}], "cacheTokensDetails": [{"modality": "AUDIO", "tokenCount": 40}]}}

                """
            )
        );
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(
            [
                "claude-haiku-4-5 0.00164", // 600 × 1 + 400 × 0.10 + 200 × 5
                "gemini-2.5-flash 0.0007368", // 540 × 0.30 + 60 × 1 + 360 × 0.03 + 40 × 0.10 + 200 × 2.50
                "gpt-5-mini 0.00056", // 600 × 0.25 + 400 × 0.025 + 200 × 2
            ],
            await CostsAsync(test, "x_Model")
        );
    }

    [Fact]
    public async Task The_usage_apis_of_openai_and_anthropic_load_as_they_answer()
    {
        using var test = new BooksTest();
        var openai = test.Write(
            "openai.json",
            """
            {"object": "page", "data": [{"object": "bucket", "start_time": 1772409600, "end_time": 1772496000, "results": [
              {"input_tokens": 3000000, "input_cached_tokens": 1000000, "output_tokens": 100000, "num_model_requests": 12, "project_id": "proj_1", "model": "gpt-5-mini-2025-08-07", "batch": false},
              {"input_tokens": 1000000, "output_tokens": 0, "num_model_requests": 1, "project_id": "proj_2", "model": "gpt-5-mini-2025-08-07", "batch": true}]}], "has_more": false}
            """
        );
        var anthropic = test.Write(
            "anthropic.json",
            """
            {"data": [{"starting_at": "2026-03-02T00:00:00Z", "ending_at": "2026-03-03T00:00:00Z", "results": [
              {"uncached_input_tokens": 1000000, "cache_creation": {"ephemeral_1h_input_tokens": 1000000, "ephemeral_5m_input_tokens": 1000000}, "cache_read_input_tokens": 1000000,
               "output_tokens": 1000000, "server_tool_use": {"web_search_requests": 10}, "api_key_id": "key-1", "workspace_id": "ws-1", "model": "claude-opus-4-5", "service_tier": "standard", "context_window": "0-200k"}]}], "has_more": false}
            """
        );
        var cost = test.Write(
            "anthropic-cost.json",
            """
            {"data": [{"starting_at": "2026-03-02T00:00:00Z", "ending_at": "2026-03-03T00:00:00Z", "results": [
              {"currency": "USD", "amount": "12345.678", "workspace_id": "ws-1", "description": "Output tokens", "token_type": "output_tokens"}]}], "has_more": false}
            """
        );
        var outcome = await test.IngestAsync(openai, anthropic, cost);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(
            [
                "proj_1 0.725", // 2 × 0.25 + 1 × 0.025 + 0.1 × 2
                "proj_2 0.125", // half of 1 × 0.25
                "ws-1 170.30678", // 5 + 10 + 6.25 + 0.50 + 25 + 10 searches at 0.01, and 123.45678 of the cost report
            ],
            await CostsAsync(test, "SubAccountId")
        );
    }

    [Theory]
    [InlineData(
        "litellm.csv",
        "request_id,call_type,spend,total_tokens,prompt_tokens,completion_tokens,startTime,endTime,model,user,team_id,custom_llm_provider\nr1,acompletion,0.0123,30,20,10,2026-03-02 10:00:00,2026-03-02 10:00:02,gpt-4o,u1,team-a,openai\nr2,acompletion,0.0007,3,2,1,2026-03-02 11:00:00,2026-03-02 11:00:02,gpt-4o,u2,team-a,openai\n",
        "0.013"
    )]
    [InlineData(
        "openrouter.csv",
        "date,model,provider_name,usage,byok_usage_inference,requests,prompt_tokens,completion_tokens,reasoning_tokens\n2026-03-02,openai/gpt-4o,OpenAI,1.25,9,3,1000,200,0\n",
        "1.25"
    )]
    [InlineData(
        "langfuse.csv",
        "id,traceId,name,startTime,endTime,model,inputUsage,outputUsage,totalUsage,inputCost,outputCost,totalCost\na,t,gen,2026-03-02T10:00:00Z,2026-03-02T10:00:01Z,gpt-4o,10,5,15,0.1,0.2,0.3\nb,t,span,2026-03-02T10:00:00Z,,,,,,,,\n",
        "0.3"
    )]
    [InlineData(
        "helicone.csv",
        "request_id,request_created_at,request_user_id,response_model,prompt_tokens,completion_tokens,total_tokens,cost_usd,provider\na,2026-03-02T10:00:00Z,u,gpt-4o,10,5,15,0.25,OPENAI\n",
        "0.25"
    )]
    public async Task A_gateway_that_reckons_itself_is_taken_at_its_word(string name, string content, string total)
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(test.Write(name, content));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(total, await test.TotalAsync("--measure", "BilledCost"));
    }

    [Fact]
    public async Task Bedrock_and_azure_logs_are_priced_by_a_book_of_ones_own()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/prices.yaml",
            """
            kind: PriceBook
            name: bedrock
            provider: Amazon Bedrock
            currency: USD
            source: Price list of eu-central-1
            per: 1000
            prices:
              - items: ["*claude-sonnet-4*"]
                rates: {input: 0.003, cached-input: 0.0003, cache-write-5m: 0.00375, output: 0.015}
            ---
            kind: PriceBook
            name: azure-openai
            provider: Azure OpenAI
            currency: EUR
            source: Price sheet of the agreement
            per: 1000000
            prices:
              - items: [gpt-4o]
                rates: {input: 2.4, output: 9.6}

            """
        );
        var bedrock = test.Write(
            "bedrock.json",
            """
            {"schemaType": "ModelInvocationLog", "timestamp": "2026-03-02T10:00:00Z", "accountId": "123", "region": "eu-central-1", "requestId": "r", "operation": "Converse", "modelId": "eu.anthropic.claude-sonnet-4-20250514-v1:0", "input": {"inputTokenCount": 1000, "cacheReadInputTokenCount": 2000, "cacheWriteInputTokenCount": 1000}, "output": {"outputTokenCount": 500}}

            """
        );
        var azure = test.Write(
            "azure.csv",
            "TimeGenerated,OperationName,ModelName,DeploymentName,PromptTokens,CompletionTokens,TotalTokens\n2026-03-02T10:00:00Z,ChatCompletions,gpt-4o,chat-eu,1000000,500000,1500000\n"
        );
        var outcome = await test.IngestAsync(bedrock, azure);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(
            ["Amazon Bedrock 0.01485", "Azure OpenAI 7.2"],
            (await test.RowsAsync("--by", "ServiceProviderName"))
                .Select(row => $"{row[0]} {row[^1]}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Real_answers_of_many_providers_cost_what_an_independent_reckoning_says()
    {
        var path = SharedFolder.Need("inputs", "ai-usage", "llm-usages.json.gz");
        using var test = new BooksTest();
        var refused = await test.IngestAsync(path);
        Assert.Contains("source add", refused.Result.Error);
        var added = await test.RunAsync("source", "add", path, "--set", "ChargePeriodStart='2026-09-01'");
        Assert.True(added.ExitCode == 0, added.ToString());
        var outcome = await test.IngestAsync(path);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(0, outcome.Quarantined);
        var found = (await test.RowsAsync("--by", "x_Model", "--where", "SkuMeter!=web-search")).ToDictionary(
            row => row[0],
            row => Amount.Parse(row[^1])
        );
        var expected = Expected(path);
        string[] models =
        [
            "claude-sonnet-4-5-20250929",
            "claude-haiku-4-5-20251001",
            "claude-sonnet-4-20250514",
            "claude-opus-4-6",
            "gemini-2.5-flash",
            "gemini-2.5-pro",
            "gemini-2.0-flash",
            "gemini-3-flash-preview",
            "gpt-4.1-2025-04-14",
            "gpt-5.2-2025-12-11",
            "gpt-5-pro-2025-10-06",
            "o4-mini-2025-04-16",
        ];
        Assert.All(models, model => Assert.Equal((model, expected[model]), (model, found[model])));
    }

    /// <summary>What the file's own annotations say of each answer, for the provider that gave it.</summary>
    internal static Dictionary<string, Amount> Expected(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(stream);
        var sums = new Dictionary<string, Amount>();
        foreach (var item in json.RootElement.EnumerateArray())
        {
            var body = item.GetProperty("body");
            var isGoogle = body.TryGetProperty("usageMetadata", out _);
            var flavours =
                isGoogle ? ["google default"]
                : body.TryGetProperty("usage", out var usage) && usage.TryGetProperty("cache_read_input_tokens", out _)
                    ? ["anthropic default"]
                : new[] { "openai responses", "openai chat" };
            if (!body.TryGetProperty(isGoogle ? "modelVersion" : "model", out var model))
                continue;
            var prices = item.GetProperty("extracted")
                .EnumerateArray()
                .SelectMany(one => one.GetProperty("extractors").EnumerateArray())
                .Where(one =>
                    flavours.Contains(
                        $"{one.GetProperty("provider_id").GetString()} {one.GetProperty("api_flavor").GetString()}"
                    ) && one.TryGetProperty("input_price", out _)
                )
                .Take(1);
            foreach (var price in prices)
            {
                var name = model.GetString()!;
                var output = price.TryGetProperty("output_price", out var text)
                    ? Amount.Parse(text.GetString()!)
                    : Amount.Zero;
                sums[name] =
                    sums.GetValueOrDefault(name) + Amount.Parse(price.GetProperty("input_price").GetString()!) + output;
            }
        }
        return sums;
    }

    private static async Task<IEnumerable<string>> CostsAsync(BooksTest test, string by) =>
        (await test.RowsAsync("--by", by)).Select(row => $"{row[0]} {row[^1]}").Order(StringComparer.Ordinal);
}
