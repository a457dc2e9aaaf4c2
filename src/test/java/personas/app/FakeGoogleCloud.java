package personas.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * The parts of the Cloud Storage and Dataflow HTTP interfaces that a submission talks to, on
 * loopback: staged files and the job that arrives are kept for a test to look at.
 */
final class FakeGoogleCloud implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOB_ID = "2026-01-01_00_00_00-1";

  private final HttpServer server;
  private final String finalState;
  private final List<JsonNode> jobs = new CopyOnWriteArrayList<>();
  private final Map<String, Long> stagedBytes = new ConcurrentHashMap<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  /**
   * @param finalState what every submitted job ends as, {@code JOB_STATE_DONE} for one
   */
  FakeGoogleCloud(String finalState) throws IOException {
    this.finalState = finalState;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String[] flags() {
    String root = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    return new String[] {
      "--runner=DataflowRunner",
      "--project=fake-project",
      "--region=us-central1",
      "--tempLocation=gs://fake-bucket/tmp",
      "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
      "--gcsEndpoint=" + root + "storage/v1/",
      "--dataflowEndpoint=" + root
    };
  }

  /** The jobs that arrived. */
  List<JsonNode> jobs() {
    return jobs;
  }

  /** Object name → bytes, of all that was uploaded. */
  Map<String, Long> stagedBytes() {
    return new TreeMap<>(stagedBytes);
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
      String path = exchange.getRequestURI().getRawPath();
      if (path.startsWith("/upload/")) {
        upload(exchange);
      } else if (path.matches("/storage/v1/b/[^/]+")) {
        answer(exchange, 200, "{\"name\":\"fake-bucket\",\"projectNumber\":\"1\"}");
      } else if (path.matches("/storage/v1/b/[^/]+/o")) {
        answer(exchange, 200, "{\"kind\":\"storage#objects\"}");
      } else if (path.startsWith("/storage/v1/b/")) {
        answer(exchange, 404, "{\"error\":{\"code\":404,\"message\":\"no such object\"}}");
      } else if (path.endsWith("/jobs") && exchange.getRequestMethod().equals("POST")) {
        jobs.add(JSON.readTree(body(exchange)));
        answer(exchange, 200, job("JOB_STATE_PENDING"));
      } else if (path.endsWith("/messages")) {
        answer(exchange, 200, "{\"jobMessages\":[]}");
      } else if (path.endsWith("/metrics")) {
        answer(exchange, 200, "{\"metrics\":[]}");
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
    String name =
        URLDecoder.decode(query.replaceAll(".*\\bname=([^&]*).*", "$1"), StandardCharsets.UTF_8);
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
    long bytes = body(exchange).length;
    stagedBytes.merge(name, bytes, Long::sum);
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    if (range != null && range.endsWith("/*")) {
      exchange.getResponseHeaders().add("Range", "bytes=0-" + (stagedBytes.get(name) - 1));
      answer(exchange, 308, "");
      return;
    }
    answer(
        exchange,
        200,
        "{\"bucket\":\"fake-bucket\",\"name\":\"%s\",\"size\":\"%d\",\"generation\":\"1\"}"
            .formatted(name, stagedBytes.get(name)));
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return (zipped ? new GZIPInputStream(in) : in).readAllBytes();
  }

  private static void answer(HttpExchange exchange, int code, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
