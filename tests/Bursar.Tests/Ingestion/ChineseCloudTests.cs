namespace Bursar.Tests.Ingestion;

/// <summary>Bills of Alibaba Cloud and Tencent Cloud load, in English and in Chinese (DAT-02).</summary>
public sealed class ChineseCloudTests
{
    private const string Alibaba = """
        BillingCycle,AccountID,OwnerID,SubscriptionType,ProductCode,ProductName,ProductDetail,BillingDate,Item,InstanceID,Tag,Region,Zone,PretaxGrossAmount,InvoiceDiscount,PretaxAmount,PaymentAmount,Currency
        2026-09,100,200,PayAsYouGo,ecs,Elastic Compute Service,ECS,2026-09-03,PayAsYouGoBill,i-1,key:team value:web; key:env value:prod,cn-hangzhou,cn-hangzhou-b,12.50,2.50,10.00,10.00,USD
        2026-09,100,200,Subscription,oss,Object Storage Service,OSS,2026-09-04,SubscriptionOrder,cn-shanghai;standard,,cn-shanghai,,30,0,30.123456789012345678,30,USD
        2026-09,100,200,PayAsYouGo,ecs,Elastic Compute Service,ECS,2026-09-05,Refund,i-1,,cn-hangzhou,,-1,0,-1.00,-1,USD

        """;

    private const string AlibabaChinese = """
        账期,账号,消费类型,产品Code,产品,商品详情,账单日期,账单类型,实例ID,地域,原价,优惠金额,应付金额,现金支付
        202609,100,后付费,ecs,云服务器 ECS,云服务器,2026-09-03,云资源按量付费账单,i-1,华东1（杭州）,12.50,2.50,10.00,10.00
        202609,100,预付费,rds,云数据库 RDS,云数据库,2026-09-04,预付费订单,rm-1,华东1（杭州）,29.123,0,29.123456789012345678,29

        """;

    private const string Tencent = """
        Payer Account ID,Owner Account ID,Operator Account ID,Product Name,Subproduct Name,Billing Mode,Project Name,Region,Availability Zone,Instance ID,Instance Name,Transaction Type,Transaction ID,Transaction Time,Usage Start Time,Usage End Time,Component Type,Component Name,Component List Price,Component Usage,Component Usage Unit,Original Cost,Total Amount After Discount,Currency
        1,2,2,Cloud Virtual Machine(CVM),CVM - Standard S5,Pay-as-you-go,Default,Hong Kong,Hong Kong 2,ins-1,web,Hourly settlement,t1,2026-09-03 02:00:00,2026-09-03 01:00:00,2026-09-03 01:59:59,CPU,CPU - Standard S5,0.05,2,Core,0.10,0.10,USD
        1,2,2,Cloud Object Storage(COS),COS,Pay-as-you-go,Default,Hong Kong,,b-1,bucket,Refund,t2,2026-09-04 02:00:00,2026-09-03 00:00:00,2026-09-03 23:59:59,Storage,Standard,0.02,1,GB,-0.02,-0.02,USD

        """;

    private const string TencentChinese = """
        支付者 UIN,使用者 UIN,产品名称,子产品名称,计费模式,项目名称,地域,可用区,资源 ID,资源别名,交易类型,扣费时间,开始使用时间,结束使用时间,组件类型,组件名称,组件刊例价,组件用量,组件用量单位,原价,优惠后总价
        1,2,云服务器CVM,云服务器CVM-标准型S5,按量计费,默认项目,华南地区（广州）,广州三区,ins-1,web,按量计费小时结,2026-09-03 02:00:00,2026-09-03 01:00:00,2026-09-03 01:59:59,CPU,CPU-标准型S5,0.05,2,核,0.10,0.10
        1,2,云服务器CVM,云服务器CVM-标准型S5,包年包月,默认项目,华南地区（广州）,广州三区,ins-2,db,包年包月新购,2026-09-04 02:00:00,2026-09-04 02:00:00,2026-10-04 01:59:59,CPU,CPU-标准型S5,100,1,核,100,88.5

        """;

    [Theory]
    [InlineData("alibaba.csv", Alibaba, "39.123456789012345678", "USD", "Alibaba Cloud")]
    [InlineData("alibaba-zh.csv", AlibabaChinese, "39.123456789012345678", "CNY", "Alibaba Cloud")]
    [InlineData("tencent.csv", Tencent, "0.08", "USD", "Tencent Cloud")]
    [InlineData("tencent-zh.csv", TencentChinese, "88.6", "CNY", "Tencent Cloud")]
    public async Task A_bill_loads_to_what_is_charged(
        string name,
        string content,
        string total,
        string currency,
        string provider
    )
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(test.Write(name, content));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(0, outcome.Quarantined);
        var row = Assert.Single(
            await test.RowsAsync("--by", "ServiceProviderName,BillingCurrency", "--measure", "BilledCost")
        );
        Assert.Equal([provider, currency, total], [row[0], row[1], row[^1]]);
        Assert.Equal(
            ["2026-09"],
            (await test.RowsAsync("--over", "month", "--time", "billing", "--measure", "BilledCost")).Select(month =>
                month[0]
            )
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Tags_of_alibaba_keep_their_keys()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("alibaba.csv", Alibaba));
        Assert.Equal("10", await test.TotalAsync("--where", "Tags/team=web", "--where", "Tags/env=prod"));
    }
}
