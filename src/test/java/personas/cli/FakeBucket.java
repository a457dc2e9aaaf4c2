package personas.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.PureJavaCrc32C;

/**
 * A bucket with the JSON interface of Cloud Storage (version 1): upload, read from a position,
 * list, rewrite and delete objects, also in a batch.
 */
final class FakeBucket {
  static final String NAME = "fake-bucket";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/storage/v1/b/" + NAME;
  private static final Pattern REWRITE =
      Pattern.compile(ROOT + "/o/([^/]+)/(?:rewriteTo|copyTo)/b/" + NAME + "/o/([^/]+)");
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(GET|POST|DELETE) (\\S+)(?: HTTP/1.1)?\r?\n");

  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentSkipListMap<>();
  private final AtomicLong generation = new AtomicLong(1);

  /** Name → what happens after the next answer that no object has this name. */
  private final Map<String, Runnable> afterMissing = new ConcurrentHashMap<>();

  /** What a request is answered with. */
  static final class Answer {
    private final int code;
    private final String contentType;
    private final byte[] body;

    Answer(int code, String contentType, byte[] body) {
      this.code = code;
      this.contentType = contentType;
      this.body = body;
    }

    static Answer json(int code, Object node) {
      return new Answer(code, "application/json", node.toString().getBytes(StandardCharsets.UTF_8));
    }

    int code() {
      return code;
    }

    String contentType() {
      return contentType;
    }

    byte[] body() {
      return body;
    }
  }

  void put(String name, byte[] bytes) {
    objects.put(name, bytes);
  }

  /** Lets another writer act as soon as a client was told that no object has this name. */
  void afterMissing(String name, Runnable action) {
    afterMissing.put(name, action);
  }

  /** Name → bytes, in order of names. */
  Map<String, byte[]> objects() {
    return objects;
  }

  /**
   * Adds bytes to an upload, which becomes an object when it is whole.
   *
   * @param range the {@code Content-Range} of the bytes, null for all at once
   * @param onlyIfAbsent whether an existing object of this name is kept, as with {@code
   *     ifGenerationMatch=0}
   * @return null while more is to come
   */
  synchronized Answer upload(String name, String range, byte[] bytes, boolean onlyIfAbsent) {
    ByteArrayOutputStream upload = uploads.computeIfAbsent(name, n -> new ByteArrayOutputStream());
    upload.writeBytes(bytes);
    if (range != null && range.endsWith("/*")) {
      return null;
    }
    uploads.remove(name);
    if (onlyIfAbsent && objects.containsKey(name)) {
      return Answer.json(412, error(412, "conditionNotMet", "exists: " + name));
    }
    put(name, upload.toByteArray());
    generation.incrementAndGet();
    return Answer.json(200, describe(name));
  }

  int uploaded(String name) {
    return uploads.get(name).size();
  }

  /** Any request but an upload or a batch. */
  Answer request(String method, URI uri, String range) {
    String path = uri.getRawPath().replaceFirst("^/download", "");
    Matcher rewrite = REWRITE.matcher(path);
    if (rewrite.matches()) {
      return rewrite(decode(rewrite.group(1)), decode(rewrite.group(2)));
    }
    if (path.equals(ROOT)) {
      return Answer.json(200, JSON.createObjectNode().put("name", NAME).put("projectNumber", "1"));
    }
    if (path.equals(ROOT + "/o")) {
      return list(parameter(uri, "prefix"), parameter(uri, "delimiter"));
    }
    String name = path.startsWith(ROOT + "/o/") ? decode(path.substring(ROOT.length() + 3)) : "";
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      Optional.ofNullable(afterMissing.remove(name)).ifPresent(Runnable::run);
      return missing(path);
    }
    if (method.equals("DELETE")) {
      objects.remove(name);
      return new Answer(204, "application/json", new byte[0]);
    }
    return "media".equals(parameter(uri, "alt"))
        ? media(bytes, range)
        : Answer.json(200, describe(name));
  }

  /** Several requests as the parts of one body, answered part by part. */
  Answer batch(String body) {
    String boundary = body.substring(0, body.indexOf('\n')).strip();
    StringBuilder answers = new StringBuilder();
    for (String part : body.split(Pattern.quote(boundary), -1)) {
      Matcher request = REQUEST_LINE.matcher(part);
      if (!request.find()) {
        continue;
      }
      Answer answer = request(request.group(1), URI.create(request.group(2)), null);
      String id = part.replaceAll("(?is).*content-id:\\s*<?([^\\s>]+).*", "$1");
      answers.append("--answers\r\nContent-Type: application/http\r\n");
      answers.append("Content-ID: <response-").append(id).append(">\r\n\r\n");
      answers.append("HTTP/1.1 ").append(answer.code()).append(" -\r\n");
      answers.append("Content-Type: application/json; charset=UTF-8\r\n");
      answers.append("Content-Length: ").append(answer.body().length).append("\r\n\r\n");
      answers.append(new String(answer.body(), StandardCharsets.UTF_8)).append("\r\n");
    }
    answers.append("--answers--\r\n");
    return new Answer(
        200,
        "multipart/mixed; boundary=answers",
        answers.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Answer rewrite(String from, String to) {
    byte[] bytes = objects.get(from);
    if (bytes == null) {
      return missing(from);
    }
    objects.put(to, bytes);
    ObjectNode answer = JSON.createObjectNode().put("kind", "storage#rewriteResponse");
    answer.put("done", true).put("objectSize", "" + bytes.length);
    answer.put("totalBytesRewritten", "" + bytes.length);
    answer.set("resource", describe(to));
    return Answer.json(200, answer);
  }

  private Answer list(String prefix, String delimiter) {
    ObjectNode answer = JSON.createObjectNode().put("kind", "storage#objects");
    ArrayNode items = answer.putArray("items");
    String start = prefix == null ? "" : prefix;
    for (String name : objects.keySet()) {
      boolean below = delimiter != null && name.indexOf(delimiter, start.length()) >= 0;
      if (name.startsWith(start) && !below) {
        items.add(describe(name));
      }
    }
    return Answer.json(200, answer);
  }

  private static Answer media(byte[] bytes, String range) {
    Matcher part = Pattern.compile("bytes=(\\d+)-(\\d*)").matcher(range == null ? "" : range);
    if (!part.matches()) {
      return new Answer(200, "application/octet-stream", bytes);
    }
    int from = Integer.parseInt(part.group(1));
    int to = part.group(2).isEmpty() ? bytes.length : Integer.parseInt(part.group(2)) + 1;
    if (from >= bytes.length) {
      return new Answer(416, "application/json", new byte[0]);
    }
    byte[] wanted = Arrays.copyOfRange(bytes, from, Math.min(to, bytes.length));
    return new Answer(206, "application/octet-stream", wanted);
  }

  private ObjectNode describe(String name) {
    byte[] bytes = objects.get(name);
    PureJavaCrc32C crc = new PureJavaCrc32C();
    crc.update(bytes, 0, bytes.length);
    byte[] crcBytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return JSON.createObjectNode()
        .put("kind", "storage#object")
        .put("id", NAME + "/" + name + "/1")
        .put("name", name)
        .put("bucket", NAME)
        .put("generation", "" + generation.get())
        .put("metageneration", "1")
        .put("contentType", "application/octet-stream")
        .put("storageClass", "STANDARD")
        .put("size", "" + bytes.length)
        .put("md5Hash", Base64.getEncoder().encodeToString(DigestUtils.md5(bytes)))
        .put("crc32c", Base64.getEncoder().encodeToString(crcBytes))
        .put("timeCreated", "2026-01-01T00:00:00.000Z")
        .put("updated", "2026-01-01T00:00:00.000Z");
  }

  private static Answer missing(String what) {
    return Answer.json(404, error(404, "notFound", "none: " + what));
  }

  private static ObjectNode error(int code, String reason, String message) {
    ObjectNode error = JSON.createObjectNode().put("code", code).put("message", message);
    error.putArray("errors").addObject().put("domain", "global").put("reason", reason);
    return JSON.createObjectNode().set("error", error);
  }

  private static String parameter(URI uri, String name) {
    Matcher matcher =
        Pattern.compile("(?:^|&)" + name + "=([^&]*)")
            .matcher(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    return matcher.find() ? decode(matcher.group(1)) : null;
  }

  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
