package personas.cli.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import personas.cli.exit.UsageException;
import personas.connector.storage.Folder;

/** Kept apart, so that nothing of Flink is loaded where another runner runs. */
public final class FlinkSettings {
  /** A task ends when its user's code comes to a step that can be stopped. */
  private static final int CANCEL_SECONDS = 30;

  private static final int CANCEL_LOOK_MILLIS = 50;

  /**
   * A cluster needs up to 50 seconds to notice the loss of a task manager. The results of earlier
   * passes are lost with it, and the job starts again for each step that misses one: 8 times in a
   * job of 20 passes.
   */
  private static final int CLUSTER_RETRIES = 30;

  private static final long CLUSTER_RETRY_DELAY_MILLIS = 3_000;

  private static final int STREAM_RETRIES = 3;
  private static final long STREAM_RETRY_DELAY_MILLIS = 5_000;
  private static final long CHECKPOINT_MILLIS = 10_000;

  /** The target of jobs that a job manager submits to itself. */
  private static final String IN_JOB_MANAGER = "embedded";

  /** What {@code --job-id} of Flink's application mode sets. */
  private static final String FIXED_JOB_ID = "$internal.pipeline.job-id";

  /** The configuration of embedded Flink, which all jobs of this process share. */
  private static Path embeddedConfiguration;

  private FlinkSettings() {}

  static void apply(PipelineOptions options, String[] args) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    // No function changes its input: the tests on the direct runner check it. In a stream, no
    // combine function changes its accumulator either, which checkpoints are written from.
    flink.setFasterCopy(!Arrays.asList(args).contains("--fasterCopy=false"));
    if (flink.getFlinkConfDir() == null
        && System.getenv("FLINK_CONF_DIR") == null
        && isEmbedded(options)) {
      flink.setFlinkConfDir(embeddedConfiguration().toString());
    }
    // Taken by the DataStream translation only; for the other the cluster's configuration decides.
    // Within this process no task manager is lost, and a second attempt would only delay a message.
    if (!isEmbedded(options)) {
      setRetries(flink, CLUSTER_RETRIES, CLUSTER_RETRY_DELAY_MILLIS);
    }
  }

  /** Sets the restarts of a job if no flag has. */
  private static void setRetries(FlinkPipelineOptions flink, int retries, long delayMillis) {
    if (flink.getNumberOfExecutionRetries() < 0) {
      flink.setNumberOfExecutionRetries(retries);
      flink.setExecutionRetryDelay(delayMillis);
    }
  }

  /**
   * The folder of a configuration that has embedded Flink keep its files there. Flink leaves some
   * if the process ends first, so the process deletes the folder when it ends. Checkpoints are
   * among the files: by default Flink keeps them in memory and fails a checkpoint as soon as the
   * state of one task is larger than 5 MB.
   */
  private static synchronized Path embeddedConfiguration() {
    if (embeddedConfiguration == null) {
      try {
        Path folder = Files.createTempDirectory("personas-flink-");
        Files.writeString(
            folder.resolve("config.yaml"),
            String.format(
                "process.working-dir: '%s'%nstate.checkpoints.dir: '%s'%n",
                folder.resolve("work"), folder.resolve("checkpoints").toUri()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        embeddedConfiguration = folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return embeddedConfiguration;
  }

  private static void delete(Path folder) {
    try {
      new Folder(folder.toString()).deleteTree();
    } catch (IOException | UncheckedIOException stillWritten) {
      System.err.println(folder + ": may be deleted; Flink was still writing: " + stillWritten);
    }
  }

  /** Offsets are committed with checkpoints only, so a stream takes some, and starts again. */
  public static void applyToStream(PipelineOptions options) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    setRetries(flink, STREAM_RETRIES, STREAM_RETRY_DELAY_MILLIS);
    if (flink.getCheckpointingInterval() < 0) {
      flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    }
  }

  /**
   * Has the cluster cancel the job of these options, and waits until its workers have left it; an
   * embedded one ends with the process.
   *
   * @param submitted whether the submission has come back: until then a job may still arrive
   * @throws IOException where the cluster does not answer, or the job has not ended in time
   */
  static void cancel(PipelineOptions options, BooleanSupplier submitted) throws IOException {
    String cluster = cluster(options);
    if (cluster == null) {
      return;
    }
    String jobs = "http://" + cluster + "/jobs/";
    String name = options.getJobName();
    Set<String> asked = new HashSet<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CANCEL_SECONDS);
    IOException failure = null;
    while (System.nanoTime() < end) {
      try {
        if (hasEnded(jobs, name, submitted.getAsBoolean(), asked)) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(CANCEL_LOOK_MILLIS);
      } catch (IOException e) {
        // A busy cluster answers the next time.
        failure = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the job was cancelled", e);
      }
    }
    throw new IOException("it has not ended after " + CANCEL_SECONDS + " s", failure);
  }

  /** Looks once, and has those jobs cancelled that were not asked before. */
  private static boolean hasEnded(String jobs, String name, boolean submitted, Set<String> asked)
      throws IOException {
    List<String> running = running(jobs, name);
    for (String job : running) {
      if (!asked.contains(job)) {
        send("PATCH", jobs + job + "?mode=cancel");
        asked.add(job);
      }
    }
    return submitted && running.isEmpty();
  }

  /** The ids of the jobs of a name that have not ended. */
  private static List<String> running(String jobs, String name) throws IOException {
    List<String> running = new ArrayList<>();
    for (JsonNode job : new ObjectMapper().readTree(send("GET", jobs + "overview")).path("jobs")) {
      if (job.path("name").asText().equals(name)
          && !job.path("state").asText().matches("FINISHED|CANCELED|FAILED")) {
        running.add(job.path("jid").asText());
      }
    }
    return running;
  }

  /**
   * Returns whether the job runs on a Flink within this process, by the rules of Beam's runner: a
   * flag that says so, or no flag and no command of Flink's that has started this process.
   */
  static boolean isEmbedded(PipelineOptions options) {
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    return switch (master) {
      case "[local]", "[collection]" -> true;
      case "[auto]" ->
          StreamExecutionEnvironment.getExecutionEnvironment() instanceof LocalStreamEnvironment;
      default -> false;
    };
  }

  /**
   * Returns whether this process is a job manager of Flink that has called {@code main}: in
   * application mode, or for a jar that was uploaded to the cluster.
   */
  static boolean isWithinCluster() {
    return IN_JOB_MANAGER.equals(context().get(DeploymentOptions.TARGET));
  }

  /**
   * Returns whether Flink takes one job of this {@code main} and no further one: it has fixed the
   * job's id, for high availability or for the Kubernetes operator, and would take a second job of
   * the same id for the first.
   */
  static boolean takesOneJob() {
    return isWithinCluster() && context().toMap().containsKey(FIXED_JOB_ID);
  }

  /** Refuses a job manager that would not let {@code main} wait for its job. */
  static void checkAttached() throws UsageException {
    if (isWithinCluster() && !context().get(DeploymentOptions.ATTACHED)) {
      throw new UsageException(
          "Flink's configuration: execution.attached is false; set it to true, so that the program"
              + " can wait for its jobs and clean up behind them");
    }
  }

  /** The configuration of the command of Flink's that has started this process, if one has. */
  private static Configuration context() {
    return (Configuration) StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
  }

  /**
   * Host and port of the cluster's REST interface: the flag's, or that of {@code flink run}.
   *
   * @return null where Flink is embedded
   */
  static String cluster(PipelineOptions options) {
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    if (master.contains(":")) {
      return master;
    }
    ReadableConfig client = StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
    String host = client.get(RestOptions.ADDRESS);
    return host == null ? null : host + ":" + client.get(RestOptions.PORT);
  }

  private static String send(String method, String uri) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the job was cancelled", e);
    }
  }
}
