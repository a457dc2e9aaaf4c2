package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import personas.bench.PassThrough;

/**
 * Compares {@code score} of a stream on embedded Flink with a job that only copies the messages, with the same job with the bundles of {@code score}, and with a job that parses and rewrites the messages. The jobs take turns, with a broker in this process. The output is messages per second, processor seconds of the job's process per million messages, and the latency at a steady rate. The arguments are the number of messages, the number of rounds, and the messages per second for the latency.
 */
public final class StreamRates {
  private static final Path FOLDER = Path.of("target/stream-rates").toAbsolutePath();
  private static final int PARTITIONS = 2;
  private static final int LATENCY_SECONDS = 10;

  /**
   * How many times the measured messages a job answers before the measurement starts. A job with
   * more code than a copy needs longer until the JVM has compiled the code.
   */
  private static final int WARM_UP = 2;

  private static final String INPUT = "users";
  private static final String SCORE = "`score`";

  /** The size of bundles that {@code score} sets. Beam's default is 1,000 messages. */
  private static final String BUNDLES = "--maxBundleSize=10000";

  /** The flags of Flink. A job that fails ends the benchmark; a restarted job would answer messages twice. */
  private static final String[] FLINK = {
    "--runner=FlinkRunner",
    "--parallelism=2",
    "--checkpointingInterval=10000",
    "--fasterCopy=true",
    "--numberOfExecutionRetries=0"
  };

  /** A job that reads the input topic in its own consumer group. */
  private interface Job {
    List<String> command(String output);
  }

  /** The figures of one run. 
   * 
   * @param rate messages per second
   * @param processorSeconds processor seconds per million messages
   * @param latencies the latency of each message in milliseconds, ascending */
  private record Figures(double rate, double processorSeconds, long[] latencies) {
    String row(String name) {
      return String.format(
          "| %s | %,.0f | %.1f | %d | %d | %d |",
          name, rate, processorSeconds, percentile(0.5), percentile(0.99), percentile(1));
    }

    private long percentile(double share) {
      return latencies[(int) Math.min(latencies.length - 1L, (long) (share * latencies.length))];
    }
  }

  private final KafkaBroker broker;
  private final List<String> lines;
  private final int messages;
  private final int perSecond;

  private StreamRates(KafkaBroker broker, List<String> lines, int messages, int perSecond) {
    this.broker = broker;
    this.lines = lines;
    this.messages = messages;
    this.perSecond = perSecond;
  }

  public static void main(String[] args) throws Exception {
    int messages = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    int perSecond = Integer.parseInt(args[2]);
    TestFiles.delete(FOLDER);
    Files.createDirectories(FOLDER);
    List<String> lines = Run.simulated(perSecond * LATENCY_SECONDS, 11);
    Path users = Files.write(FOLDER.resolve("users.csv"), lines);
    Run.segment(FOLDER.resolve("trained"), "--input=" + users).succeeded();
    try (KafkaBroker broker = new KafkaBroker(FOLDER)) {
      new StreamRates(broker, lines, messages, perSecond).measure(rounds);
    }
  }

  private Map<String, Job> jobs() {
    Map<String, Job> jobs = new LinkedHashMap<>();
    jobs.put("pass-through", output -> passThrough(output, ""));
    jobs.put("pass-through, larger bundles", output -> passThrough(output, "", BUNDLES));
    jobs.put(
        "parse and rewrite, larger bundles", output -> passThrough(output, lines.get(0), BUNDLES));
    jobs.put(
        SCORE,
        output ->
            List.of(
                Main.class.getName(),
                "score",
                "--group=group-" + output,
                "--columns=" + lines.get(0),
                "--model=" + FOLDER.resolve("trained/model.json"),
                "--input=" + broker.address(INPUT),
                "--output=" + broker.address(output),
                "--deadLetters=" + broker.address("dead")));
    return jobs;
  }

  private List<String> passThrough(String output, String header, String... flags) {
    List<String> command =
        new ArrayList<>(
            List.of(
                PassThrough.class.getName(),
                broker.servers(),
                INPUT,
                output,
                "group-" + output,
                header));
    command.addAll(List.of(flags));
    return command;
  }

  private void measure(int rounds) throws Exception {
    broker.create(PARTITIONS, INPUT, "dead");
    int users = lines.size() - 1;
    int all = (1 + WARM_UP) * messages;
    for (int sent = 0; sent < all; sent += users) {
      broker.send(INPUT, lines.subList(1, 1 + Math.min(users, all - sent)));
    }
    int before = all;
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    System.out.println(
        "| job | messages per second | processor s per million | median ms | 99% ms | most ms |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Job> job : jobs().entrySet()) {
        String output = "out-" + round + "-" + job.getKey().replaceAll("[^a-z]", "");
        Figures figures = run(job.getValue(), output, before);
        before += users;
        System.out.println(figures.row(job.getKey()));
        rates.computeIfAbsent(job.getKey(), name -> new ArrayList<>()).add(figures.rate());
      }
    }
    double score = median(rates.get(SCORE));
    System.out.println();
    rates.forEach(
        (name, rate) ->
            System.out.printf(
                "score has %.0f%% of the rate of: %s%n", 100 * score / median(rate), name));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Figures run(Job job, String output, int present) throws Exception {
    broker.create(PARTITIONS, output);
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(job.command(output));
    command.addAll(List.of(FLINK));
    Path log = FOLDER.resolve(output + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      awaitEnd(process, log, output, (long) present - messages);
      long warm = broker.size(output);
      long warmAt = System.nanoTime();
      long processorWarm = processorNanos(process);
      long doneAt = awaitEnd(process, log, output, present);
      double rate = (present - warm) / seconds(doneAt - warmAt);
      double processor = seconds(processorNanos(process) - processorWarm) / (present - warm) * 1e6;
      return new Figures(rate, processor, latencies(process, log, output, present));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }

  private static long processorNanos(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Waits until a topic holds {@code least} messages, and returns the time in nanoseconds. */
  private long awaitEnd(Process process, Path log, String topic, long least)
      throws IOException, InterruptedException {
    while (broker.size(topic) < least) {
      if (!process.isAlive()) {
        throw new IOException("the job ended: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return System.nanoTime();
  }

  /** Sends each user once at a steady rate. Returns the milliseconds from sending each message to the arrival of the answer at the broker, ascending. */
  private long[] latencies(Process process, Path log, String output, int present)
      throws Exception {
    Map<String, Long> sent = new HashMap<>();
    Map<TopicPartition, Long> offsets = broker.ends(output);
    long start = System.nanoTime();
    int steps = 100;
    int perStep = perSecond / steps;
    for (int from = 1; from < lines.size(); from += perStep) {
      List<String> some = lines.subList(from, Math.min(from + perStep, lines.size()));
      long now = System.currentTimeMillis();
      some.forEach(line -> sent.put(id(line), now));
      broker.send(INPUT, some);
      long due = start + (long) (from + perStep) * TimeUnit.SECONDS.toNanos(1) / perSecond;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
    }
    int total = present + lines.size() - 1;
    awaitEnd(process, log, output, total);
    Map<String, Long> answered = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : broker.records(output, offsets)) {
      answered.put(id(KafkaBroker.value(record)), record.timestamp());
    }
    long[] latencies =
        sent.entrySet().stream()
            .mapToLong(entry -> answered.get(entry.getKey()) - entry.getValue())
            .toArray();
    Arrays.sort(latencies);
    return latencies;
  }

  private static final Pattern ID = Pattern.compile("\"user_id\":\"([^\"]*)\"");

  /** Returns the user id in a line of the input or in an answer. */
  private static String id(String message) {
    Matcher answer = ID.matcher(message);
    return answer.find() ? answer.group(1) : message.substring(0, message.indexOf(','));
  }
}
