package personas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The parts of the HTTP interfaces of Cloud Storage and Dataflow that a submission needs, on
 * loopback. Tests can read the staged files and the job.
 */
final class FakeGoogleCloud implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOB_ID = "2026-01-01_00_00_00-1";

  private final HttpServer server;
  private volatile String finalState;
  private final List<JsonNode> jobs = new CopyOnWriteArrayList<>();
  private volatile Consumer<JsonNode> workers = job -> {};
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final FakeBucket bucket = new FakeBucket();
  private final List<String> requestedStates = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  /**
   * @param finalState what every submitted job ends as, {@code JOB_STATE_DONE} for one
   */
  FakeGoogleCloud(String finalState) throws IOException {
    this.finalState = finalState;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Flags of a job of Dataflow. */
  List<String> dataflowFlags() {
    List<String> flags = new ArrayList<>(storageFlags());
    flags.addAll(
        List.of(
            "--runner=DataflowRunner",
            "--region=us-central1",
            "--tempLocation=gs://fake-bucket/tmp",
            "--dataflowEndpoint=" + root()));
    return flags;
  }

  /** Flags of a job that only reads and writes objects; without credentials. */
  List<String> storageFlags() {
    return List.of(
        "--project=fake-project",
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
        "--gcsEndpoint=" + root() + "storage/v1/");
  }

  /** The jobs that arrived. */
  List<JsonNode> jobs() {
    return jobs;
  }

  /** Runs what workers do with a job, before the job reaches its final state. */
  void setWorkers(Consumer<JsonNode> work) {
    workers = work;
  }

  FakeBucket bucket() {
    return bucket;
  }

  /** What jobs were asked to become, {@code JOB_STATE_CANCELLED} for one. */
  List<String> requestedStates() {
    return requestedStates;
  }

  /** What came as {@code Authorization}; nothing, without credentials. */
  List<String> authorizations() {
    return authorizations;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> authorization = exchange.getRequestHeaders().get("Authorization");
      if (authorization != null) {
        authorizations.addAll(authorization);
      }
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getRawPath();
      if (path.startsWith("/upload/")) {
        upload(exchange);
      } else if (path.startsWith("/batch/")) {
        answer(exchange, bucket.batch(new String(body(exchange), StandardCharsets.UTF_8)));
      } else if (path.startsWith("/storage/") || path.startsWith("/download/")) {
        body(exchange);
        String range = exchange.getRequestHeaders().getFirst("Range");
        answer(exchange, bucket.request(method, exchange.getRequestURI(), range));
      } else if (path.endsWith("/jobs") && method.equals("POST")) {
        JsonNode job = JSON.readTree(body(exchange));
        jobs.add(job);
        workers.accept(job);
        answer(exchange, 200, job("JOB_STATE_PENDING"));
      } else if (path.endsWith("/messages")) {
        answer(exchange, 200, "{\"jobMessages\":[]}");
      } else if (path.endsWith("/metrics")) {
        answer(exchange, 200, "{\"metrics\":[]}");
      } else if (method.equals("PUT")) {
        requestedStates.add(JSON.readTree(body(exchange)).path("requestedState").asText());
        finalState = "JOB_STATE_CANCELLED";
        answer(exchange, 200, job(finalState));
      } else {
        answer(exchange, 200, job(finalState));
      }
    }
  }

  private static String job(String state) {
    return "{\"id\":\"" + JOB_ID + "\",\"currentState\":\"" + state + "\"}";
  }

  /**
   * A resumable upload: the name comes with the POST, the bytes with PUTs to the address it got.
   */
  private void upload(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String name = FakeBucket.decode(query.replaceAll(".*\\bname=([^&]*).*", "$1"));
    if (exchange.getRequestMethod().equals("POST")) {
      exchange.getRequestBody().readAllBytes();
      exchange
          .getResponseHeaders()
          .add(
              "Location",
              "http://127.0.0.1:" + server.getAddress().getPort() + exchange.getRequestURI());
      answer(exchange, 200, "");
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    boolean onlyIfAbsent = query.contains("ifGenerationMatch=0");
    FakeBucket.Answer answer = bucket.upload(name, range, body(exchange), onlyIfAbsent);
    if (answer == null) {
      exchange.getResponseHeaders().add("Range", "bytes=0-" + (bucket.uploaded(name) - 1));
      answer(exchange, 308, "");
    } else {
      answer(exchange, answer);
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return (zipped ? new GZIPInputStream(in) : in).readAllBytes();
  }

  private static void answer(HttpExchange exchange, int code, String json) throws IOException {
    answer(
        exchange,
        new FakeBucket.Answer(code, "application/json", json.getBytes(StandardCharsets.UTF_8)));
  }

  private static void answer(HttpExchange exchange, FakeBucket.Answer answer) throws IOException {
    byte[] bytes = answer.body();
    exchange.getResponseHeaders().add("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.code(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
