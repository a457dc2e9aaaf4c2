package personas.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Kept apart, so that nothing of Flink is loaded where another runner runs. */
final class FlinkDefaults {
  private static final int RETRIES = 3;
  private static final long RETRY_DELAY_MILLIS = 5_000;
  private static final long CHECKPOINT_MILLIS = 10_000;

  private FlinkDefaults() {}

  static void apply(PipelineOptions options, String[] args) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    // No function changes its input: the tests on the direct runner check it.
    flink.setFasterCopy(!Arrays.asList(args).contains("--fasterCopy=false"));
    // Taken by the DataStream translation only; for the other the cluster's configuration decides.
    if (flink.getNumberOfExecutionRetries() < 0) {
      flink.setNumberOfExecutionRetries(RETRIES);
      flink.setExecutionRetryDelay(RETRY_DELAY_MILLIS);
    }
  }

  /** Offsets are committed with checkpoints only, so a stream takes some. */
  static void applyToStream(PipelineOptions options) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (flink.getCheckpointingInterval() < 0) {
      flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    }
  }

  /** Asks the cluster to cancel the job of these options; an embedded one ends with the process. */
  static void cancel(PipelineOptions options) throws IOException {
    String cluster = cluster(options);
    if (cluster == null) {
      return;
    }
    String jobs = "http://" + cluster + "/jobs/";
    for (JsonNode job : new ObjectMapper().readTree(send("GET", jobs + "overview")).path("jobs")) {
      if (job.path("name").asText().equals(options.getJobName())
          && !job.path("state").asText().matches("FINISHED|CANCELED|FAILED")) {
        send("PATCH", jobs + job.path("jid").asText() + "?mode=cancel");
      }
    }
  }

  /**
   * Host and port of the cluster's REST interface: the flag's, or that of {@code flink run}.
   *
   * @return null where Flink is embedded
   */
  private static String cluster(PipelineOptions options) {
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
