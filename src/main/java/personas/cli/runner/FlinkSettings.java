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

/**
 * The settings of Flink. They are in a separate class, so that other runners do not load the
 * libraries of Flink.
 */
public final class FlinkSettings {
  /**
   * The longest wait for the end of a canceled job. A canceled task ends only when the task reaches
   * a step that can be interrupted.
   */
  private static final int CANCEL_SECONDS = 30;

  private static final int CANCEL_POLL_MILLIS = 50;

  /**
   * A cluster needs up to 50 seconds to notice the loss of a task manager. The results of earlier
   * passes that the task manager held are lost. The job starts again for each step that needs a
   * lost result: 8 times in a job of 20 passes.
   */
  private static final int CLUSTER_RETRIES = 30;

  private static final long CLUSTER_RETRY_DELAY_MILLIS = 3_000;

  private static final int STREAM_RETRIES = 3;
  private static final long STREAM_RETRY_DELAY_MILLIS = 5_000;
  private static final long CHECKPOINT_MILLIS = 10_000;

  /**
   * The number of messages in a bundle of a stream. A bundle ends when the broker has all results
   * of the bundle, so a fast stream waits often with Beam's default of 1,000 messages.
   */
  private static final long STREAM_BUNDLE = 10_000;

  /** The execution target of jobs that a job manager submits to itself. */
  private static final String IN_JOB_MANAGER = "embedded";

  /** The configuration key that {@code --job-id} of Flink's application mode sets. */
  private static final String FIXED_JOB_ID = "$internal.pipeline.job-id";

  /** The configuration of embedded Flink, which all jobs of this process share. */
  private static Path embeddedConfiguration;

  private FlinkSettings() {}

  static void apply(PipelineOptions options, String[] args) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    // Faster copies are safe, because no function changes its input; tests on the direct runner
    // check this. In a stream, combine functions do not change accumulators either, because
    // checkpoints are written from accumulators.
    flink.setFasterCopy(!Arrays.asList(args).contains("--fasterCopy=false"));
    if (flink.getFlinkConfDir() == null
        && System.getenv("FLINK_CONF_DIR") == null
        && isEmbedded(options)) {
      flink.setFlinkConfDir(embeddedConfiguration().toString());
    }
    // Only the DataStream translation uses the options of retries. Otherwise the cluster's
    // configuration decides. Embedded Flink cannot lose a task manager, and another attempt would
    // only delay the message of an error.
    if (!isEmbedded(options)) {
      setRetries(flink, CLUSTER_RETRIES, CLUSTER_RETRY_DELAY_MILLIS);
    }
  }

  /** Sets how often a job starts again if no flag sets it. */
  private static void setRetries(FlinkPipelineOptions flink, int retries, long delayMillis) {
    if (flink.getNumberOfExecutionRetries() < 0) {
      flink.setNumberOfExecutionRetries(retries);
      flink.setExecutionRetryDelay(delayMillis);
    }
  }

  /**
   * Returns a temporary folder with the configuration and the files of embedded Flink. The process
   * deletes the folder when it ends, because Flink may leave files. The folder also holds
   * checkpoints: in memory, which is Flink's default, a checkpoint fails if the state of one task
   * is larger than 5 MB.
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
      System.err.println(
          folder
              + ": could not be deleted, because Flink was still writing; delete the folder: "
              + stillWritten);
    }
  }

  /**
   * Turns on checkpoints for a stream, because Flink commits offsets only with checkpoints. Also
   * makes the stream start again after a failure, and sets the size of its bundles. A flag of the
   * command line wins.
   */
  public static void applyToStream(PipelineOptions options, String[] args) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    setRetries(flink, STREAM_RETRIES, STREAM_RETRY_DELAY_MILLIS);
    if (flink.getCheckpointingInterval() < 0) {
      flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    }
    if (Arrays.stream(args).noneMatch(arg -> arg.startsWith("--maxBundleSize="))) {
      flink.setMaxBundleSize(STREAM_BUNDLE);
    }
  }

  /**
   * Asks the cluster to cancel the job of these options, and waits until the job has ended.
   * Embedded Flink ends with the process.
   *
   * @param options the options of the job
   * @param submitted returns whether the submission has finished; until then, the job may still
   *     arrive at the cluster
   * @throws IOException if the cluster does not answer, or if the job does not end in time
   */
  static void cancel(PipelineOptions options, BooleanSupplier submitted) throws IOException {
    String cluster = cluster(options);
    if (cluster == null) {
      return;
    }
    String jobsUrl = "http://" + cluster + "/jobs/";
    String name = options.getJobName();
    Set<String> canceledJobs = new HashSet<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CANCEL_SECONDS);
    IOException failure = null;
    while (System.nanoTime() < end) {
      try {
        if (hasEnded(jobsUrl, name, submitted.getAsBoolean(), canceledJobs)) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(CANCEL_POLL_MILLIS);
      } catch (IOException e) {
        // A busy cluster may answer the next request.
        failure = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the job was canceled", e);
      }
    }
    throw new IOException("the job has not ended after " + CANCEL_SECONDS + " s", failure);
  }

  /** Cancels the running jobs that are not canceled yet; returns whether all jobs have ended. */
  private static boolean hasEnded(
      String jobsUrl, String name, boolean isSubmitted, Set<String> canceledJobs)
      throws IOException {
    List<String> runningJobs = runningJobs(jobsUrl, name);
    for (String job : runningJobs) {
      if (!canceledJobs.contains(job)) {
        send("PATCH", jobsUrl + job + "?mode=cancel");
        canceledJobs.add(job);
      }
    }
    return isSubmitted && runningJobs.isEmpty();
  }

  /** Returns the ids of the jobs with a name that have not ended. */
  private static List<String> runningJobs(String jobsUrl, String name) throws IOException {
    List<String> runningJobs = new ArrayList<>();
    for (JsonNode job :
        new ObjectMapper().readTree(send("GET", jobsUrl + "overview")).path("jobs")) {
      if (job.path("name").asText().equals(name)
          && !job.path("state").asText().matches("FINISHED|CANCELED|FAILED")) {
        runningJobs.add(job.path("jid").asText());
      }
    }
    return runningJobs;
  }

  /**
   * Returns whether the job runs on embedded Flink, within this process, by the rules of Beam's
   * runner: the flag says so, or there is neither a flag nor a {@code flink run} that started this
   * process.
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
    return IN_JOB_MANAGER.equals(configuration().get(DeploymentOptions.TARGET));
  }

  /**
   * Returns whether {@code main} can submit only one job. This is the case if Flink has fixed the
   * id of the job, for high availability or for the Kubernetes operator, because a second job would
   * have the same id.
   */
  static boolean takesOneJob() {
    return isWithinCluster() && configuration().toMap().containsKey(FIXED_JOB_ID);
  }

  /** Refuses a job manager that would not let {@code main} wait for its job. */
  static void checkAttached() throws UsageException {
    if (isWithinCluster() && !configuration().get(DeploymentOptions.ATTACHED)) {
      throw new UsageException(
          "Flink's configuration: execution.attached is false; set it to true, so that the program"
              + " can wait for its jobs and remove their staged files");
    }
  }

  /**
   * Returns the configuration that a command of Flink gave to this process; a default configuration
   * if no command of Flink started this process.
   */
  private static Configuration configuration() {
    return (Configuration) StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
  }

  /**
   * Returns the host and port of the cluster's REST interface, from {@code --flinkMaster} or from
   * {@code flink run}.
   *
   * @return null if Flink is embedded
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
      throw new IOException("interrupted while the job was canceled", e);
    }
  }
}
