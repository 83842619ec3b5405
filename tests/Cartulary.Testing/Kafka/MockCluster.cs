using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Cartulary.Testing.Kafka;

/// <summary>
/// Brokers inside this process, as librdkafka brings them for tests; any Kafka client can use them at <see cref="BootstrapServers"/>. They do not
/// de-duplicate, fence, authorise, limit sizes, replicate or forget.
/// </summary>
public sealed class MockCluster : IDisposable
{
    /// <summary>The request that produces records.</summary>
    public const short Produce = 0;

    private readonly IProducer<Null, Null> _owner;
    private readonly int _brokers;
    private readonly nint _library;
    private readonly nint _cluster;

    /// <summary>Starts so many brokers.</summary>
    public MockCluster(int brokers = 3)
    {
        _brokers = brokers;
        var config = new ProducerConfig();
        config.Set("test.mock.num.brokers", brokers.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _owner = new ProducerBuilder<Null, Null>(config).SetLogHandler(static (_, _) => { }).Build();
        _library = NativeLibrary.Load(LoadedLibrary());
        _cluster = Call<PointerCall>("rd_kafka_handle_mock_cluster")(HandleOf(_owner));
        BootstrapServers = Marshal.PtrToStringUTF8(Call<PointerCall>("rd_kafka_mock_cluster_bootstraps")(_cluster))!;
    }

    /// <summary>Where the brokers listen.</summary>
    public string BootstrapServers { get; }

    /// <summary>Makes a topic.</summary>
    public void CreateTopic(string topic, int partitions) =>
        Check(Call<CreateCall>("rd_kafka_mock_topic_create")(_cluster, topic, partitions, _brokers));

    /// <summary>Removes a topic with its records.</summary>
    public void DeleteTopic(string topic) => Check(Call<DeleteCall>("rd_kafka_mock_topic_delete")(_cluster, topic));

    /// <summary>Lets clients be told an error when they ask for a topic; <see cref="ErrorCode.NoError"/> ends it.</summary>
    public void AnswerAbout(string topic, ErrorCode error) => Call<TopicErrorCall>("rd_kafka_mock_topic_set_error")(_cluster, topic, (int)error);

    /// <summary>Lets the next requests of a kind fail.</summary>
    public void Refuse(short request, ErrorCode error, int times) =>
        Call<ErrorsCall>("rd_kafka_mock_push_request_errors_array")(_cluster, request, (nuint)times, [.. Enumerable.Repeat((int)error, times)]);

    /// <summary>Lets requests of a kind succeed again.</summary>
    public void RefuseNoMore(short request) => Call<ClearCall>("rd_kafka_mock_clear_request_errors")(_cluster, request);

    /// <summary>Takes all brokers off the network; what they hold stays.</summary>
    public void GoDown() => ForAll("rd_kafka_mock_broker_set_down");

    /// <summary>Puts all brokers on the network again.</summary>
    public void ComeUp() => ForAll("rd_kafka_mock_broker_set_up");

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();

    private void ForAll(string name)
    {
        var call = Call<BrokerCall>(name);
        for (var broker = 1; broker <= _brokers; broker++)
        {
            Check(call(_cluster, broker));
        }
    }

    private T Call<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new KafkaException((ErrorCode)error);
        }
    }

    // The client ships several builds of the library and loads the one that fits.
    private static string LoadedLibrary() =>
        File.ReadLines("/proc/self/maps").First(static line => line.Contains("librdkafka", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];

    private static nint HandleOf(IClient client)
    {
        var handle = typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(client.Handle);
        return ((SafeHandle)handle!).DangerousGetHandle();
    }

    private delegate nint PointerCall(nint of);

    private delegate int CreateCall(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partitions, int replicas);

    private delegate int DeleteCall(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic);

    private delegate void TopicErrorCall(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int error);

    private delegate void ErrorsCall(nint cluster, short request, nuint count, int[] errors);

    private delegate void ClearCall(nint cluster, short request);

    private delegate int BrokerCall(nint cluster, int broker);
}
