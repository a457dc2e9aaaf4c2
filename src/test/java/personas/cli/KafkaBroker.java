package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real Kafka broker with a controller, from Maven artifacts, on loopback in this process. */
final class KafkaBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private final int port;
  private final KafkaConfig configuration;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private KafkaRaftServer server;

  KafkaBroker(Path folder) throws Exception {
    port = FlinkCluster.freePort();
    int controllerPort = FlinkCluster.freePort();
    String logs = folder.resolve("kafka").toString();
    Map<String, String> config = new TreeMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", "1");
    config.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    config.put("controller.listener.names", "CONTROLLER");
    config.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    config.put("advertised.listeners", "PLAINTEXT://" + servers());
    config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("log.dirs", logs);
    config.put("offsets.topic.replication.factor", "1");
    config.put("offsets.topic.num.partitions", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("auto.create.topics.enable", "false");
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(logs)
        .addDirectory(logs)
        .run();
    configuration = new KafkaConfig(config, false);
    startServer();
    admin = Admin.create(Map.of("bootstrap.servers", servers()));
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers(),
                "compression.type",
                "lz4",
                // A new topic can refuse its first batch because its leader is not ready yet. With
                // several batches on the way, the next one is then out of order until the timeout.
                "max.in.flight.requests.per.connection",
                "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private void startServer() {
    server = new KafkaRaftServer(configuration, Time.SYSTEM);
    server.startup();
  }

  private void stopServer() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** The broker goes away and comes back under the same address with the same messages. */
  void restart() {
    stopServer();
    startServer();
  }

  String servers() {
    return "127.0.0.1:" + port;
  }

  String address(String topic) {
    return "kafka://" + servers() + "/" + topic;
  }

  void create(int partitions, String... topics) throws ExecutionException, InterruptedException {
    List<NewTopic> all = new ArrayList<>();
    for (String topic : topics) {
      all.add(new NewTopic(topic, partitions, (short) 1));
    }
    admin.createTopics(all).all().get();
  }

  /** Sends a message; returns when the broker has it. */
  void send(String topic, byte[] key, byte[] value)
      throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(topic, key, value)).get();
  }

  /**
   * Sends messages without keys, in this order where the topic has one partition. Returns when the
   * broker has them; fails if it does not take one, as on a machine that is busy for minutes.
   */
  void send(String topic, List<String> values) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (String value : values) {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, value.getBytes(UTF_8)),
              (sent, problem) -> {
                if (problem != null) {
                  failure.compareAndSet(null, problem);
                }
              });
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException(topic + ": a message was not taken", failure.get());
    }
  }

  /** The offsets that a group has committed, by partition. */
  Map<String, Long> committed(String group) throws ExecutionException, InterruptedException {
    Map<String, Long> offsets = new TreeMap<>();
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((place, offset) -> offsets.put(place.toString(), offset.offset()));
    return offsets;
  }

  /** How many messages a topic has taken. */
  long size(String topic) {
    return ends(topic).values().stream().mapToLong(Long::longValue).sum();
  }

  /** The offsets after the last message of each partition of a topic. */
  Map<TopicPartition, Long> ends(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(partitions(consumer, topic));
    }
  }

  /** The last message of a topic that has one partition and at least one message. */
  String last(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, consumer.endOffsets(List.of(partition)).get(partition) - 1);
      ConsumerRecords<byte[], byte[]> found = consumer.poll(POLL);
      while (found.isEmpty()) {
        found = consumer.poll(POLL);
      }
      return value(found.iterator().next());
    }
  }

  /**
   * Waits until a topic has taken so many messages; fails after two minutes without another one.
   */
  void awaitSize(String topic, long least) throws InterruptedException {
    long size = size(topic);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (size < least) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(topic + ": " + size + " of " + least + " messages");
      }
      TimeUnit.MILLISECONDS.sleep(100);
      long now = size(topic);
      end = now > size ? System.nanoTime() + PATIENCE.toNanos() : end;
      size = now;
    }
  }

  /** Waits until a group has committed any offset; fails after two minutes. */
  void awaitCommit(String group) throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (committed(group).values().stream().allMatch(offset -> offset == 0)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(group + ": nothing committed after " + PATIENCE);
      }
    }
  }

  /** All values of a topic as soon as what there is passes; fails after two minutes. */
  List<String> await(String topic, Predicate<List<String>> enough) {
    return awaitRecords(topic, records -> enough.test(values(records))).stream()
        .map(KafkaBroker::value)
        .toList();
  }

  private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(KafkaBroker::value).collect(Collectors.toList());
  }

  static String value(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  /** All values that a topic has now. */
  List<String> all(String topic) {
    return values(records(topic, Map.of()));
  }

  /** All messages that a topic has now, from the given offsets on. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic, Map<TopicPartition, Long> from) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = atBeginning(topic)) {
      from.forEach(consumer::seek);
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  List<ConsumerRecord<byte[], byte[]>> awaitRecords(
      String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    try (KafkaConsumer<byte[], byte[]> consumer = atBeginning(topic)) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!enough.test(records)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              topic + ": not enough after " + PATIENCE + ": " + records.size() + " messages");
        }
        consumer.poll(POLL).forEach(records::add);
      }
      return records;
    }
  }

  private KafkaConsumer<byte[], byte[]> atBeginning(String topic) {
    KafkaConsumer<byte[], byte[]> consumer = consumer();
    List<TopicPartition> partitions = partitions(consumer, topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", servers()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** The partitions of a topic; a broker at work knows a new topic a little later. */
  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    while (found == null || found.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(topic + ": no such topic after " + PATIENCE);
      }
      found = consumer.partitionsFor(topic);
    }
    return found.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    stopServer();
  }
}
