package personas.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The parts of the REST interface of Amazon S3 that Beam's file system uses, on loopback: find and
 * list objects, read a range, upload in parts, copy and delete. It accepts any bucket, does not
 * check signatures, and lists two objects per page.
 */
final class FakeS3 implements AutoCloseable {
  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final int PAGE = 2;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
  private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger uploads = new AtomicInteger();

  /** Bucket and key, such as {@code bucket/in/users.csv}, → bytes. */
  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  /** Upload and number of a part → bytes. */
  private final Map<String, byte[]> parts = new ConcurrentSkipListMap<>();

  private final CopyOnWriteArrayList<String> requests = new CopyOnWriteArrayList<>();

  FakeS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Map<String, byte[]> objects() {
    return objects;
  }

  /** The methods of the requests that arrived, with the parameters that say what they do. */
  Iterable<String> requests() {
    return requests;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      byte[] body = body(exchange);
      requests.add(exchange.getRequestMethod() + " " + query.keySet());
      switch (exchange.getRequestMethod()) {
        case "HEAD", "GET" -> {
          if (query.containsKey("list-type")) {
            list(exchange, name.replaceFirst("/.*", ""), query);
          } else {
            read(exchange, name);
          }
        }
        case "PUT" -> put(exchange, name, query, body);
        case "POST" -> post(exchange, name, query, new String(body, StandardCharsets.UTF_8));
        default -> answer(exchange, 405, "<Error><Code>MethodNotAllowed</Code></Error>");
      }
    }
  }

  /** The body of a request, which the client cuts into signed chunks if it uploads an object. */
  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String digest = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (digest == null || !digest.startsWith("STREAMING-")) {
      return sent;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int chunk = 0;
    while (true) {
      int start = chunk;
      while (sent[start] != '\n') {
        start++;
      }
      String line = new String(sent, chunk, start - chunk, StandardCharsets.UTF_8).strip();
      int length = Integer.parseInt(line.replaceFirst(";.*", ""), 16);
      if (length == 0) {
        return body.toByteArray();
      }
      body.write(sent, start + 1, length);
      chunk = start + 1 + length + "\r\n".length();
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String parameter : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = parameter.split("=", 2);
      query.put(decode(pair[0]), pair.length == 1 ? "" : decode(pair[1]));
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void read(HttpExchange exchange, String name) throws IOException {
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
    exchange.getResponseHeaders().set("ETag", etag(bytes));
    exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + bytes.length);
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    Matcher wanted = RANGE.matcher(range == null ? "bytes=0-" : range);
    int from = wanted.matches() ? Integer.parseInt(wanted.group(1)) : 0;
    if (range != null && from >= bytes.length) {
      answer(exchange, 416, "<Error><Code>InvalidRange</Code></Error>");
      return;
    }
    String last = wanted.group(2);
    int to = last.isEmpty() ? bytes.length : Math.min(bytes.length, Integer.parseInt(last) + 1);
    String sent = "bytes " + from + "-" + (to - 1) + "/" + bytes.length;
    exchange.getResponseHeaders().set("Content-Range", sent);
    send(exchange, range == null ? 200 : 206, Arrays.copyOfRange(bytes, from, to));
  }

  private void list(HttpExchange exchange, String bucket, Map<String, String> query)
      throws IOException {
    String prefix = bucket + "/" + query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", "");
    StringBuilder text = new StringBuilder("<ListBucketResult>");
    int listed = 0;
    String lastName = "";
    boolean more = false;
    for (Map.Entry<String, byte[]> object : objects.entrySet()) {
      if (!object.getKey().startsWith(prefix) || object.getKey().compareTo(after) <= 0) {
        continue;
      }
      if (listed == PAGE) {
        more = true;
        break;
      }
      listed++;
      lastName = object.getKey();
      text.append("<Contents><Key>").append(lastName.substring(bucket.length() + 1));
      text.append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>");
      text.append(etag(object.getValue())).append("</ETag><Size>");
      text.append(object.getValue().length).append("</Size></Contents>");
    }
    text.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      text.append("<NextContinuationToken>").append(lastName).append("</NextContinuationToken>");
    }
    answer(exchange, 200, text + "<KeyCount>" + listed + "</KeyCount></ListBucketResult>");
  }

  private void put(HttpExchange exchange, String name, Map<String, String> query, byte[] body)
      throws IOException {
    String source = exchange.getRequestHeaders().getFirst("x-amz-copy-source");
    if (source != null) {
      byte[] bytes = objects.get(decode(source).replaceFirst("^/", ""));
      objects.put(name, bytes);
      answer(
          exchange, 200, "<CopyObjectResult><ETag>" + etag(bytes) + "</ETag></CopyObjectResult>");
    } else if (query.containsKey("uploadId")) {
      parts.put(part(query.get("uploadId"), query.get("partNumber")), body);
      exchange.getResponseHeaders().set("ETag", etag(body));
      send(exchange, 200, new byte[0]);
    } else {
      objects.put(name, body);
      exchange.getResponseHeaders().set("ETag", etag(body));
      send(exchange, 200, new byte[0]);
    }
  }

  private void post(HttpExchange exchange, String name, Map<String, String> query, String body)
      throws IOException {
    if (query.containsKey("uploads")) {
      String id = "upload-" + uploads.incrementAndGet();
      String result = "<InitiateMultipartUploadResult><UploadId>%s</UploadId>%s";
      answer(exchange, 200, result.formatted(id, "</InitiateMultipartUploadResult>"));
    } else if (query.containsKey("uploadId")) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      Matcher number = PART.matcher(body);
      while (number.find()) {
        whole.writeBytes(parts.remove(part(query.get("uploadId"), number.group(1))));
      }
      objects.put(name, whole.toByteArray());
      String result = "<CompleteMultipartUploadResult><ETag>%s</ETag>%s";
      String tag = etag(whole.toByteArray());
      answer(exchange, 200, result.formatted(tag, "</CompleteMultipartUploadResult>"));
    } else {
      Matcher key = KEY.matcher(body);
      while (key.find()) {
        objects.remove(name.replaceFirst("/.*", "") + "/" + key.group(1));
      }
      answer(exchange, 200, "<DeleteResult></DeleteResult>");
    }
  }

  private static String part(String upload, String number) {
    return upload + "/" + number;
  }

  private static String etag(byte[] bytes) {
    return "\"" + DigestUtils.md5Hex(bytes) + "\"";
  }

  private static void answer(HttpExchange exchange, int code, String xml) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    send(exchange, code, (XML + xml).getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int code, byte[] bytes) throws IOException {
    boolean hasNoBody = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, hasNoBody ? -1 : bytes.length);
    if (!hasNoBody) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
