package personas.table.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import personas.feature.UserSchema;
import personas.table.DirtyFiles;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.Reading;
import personas.table.ledger.BadInputException;
import personas.table.ledger.RejectReason;
import personas.table.ledger.Rejection;

/** Checks that a message is read like a file with one record. */
class MessageReaderTest {
  private static final Path DIRTY = Path.of("src/test/resources/dirty");
  private static final UserSchema SCHEMA = DirtyFiles.schemaOf("any");

  /** Marks of an encoding or of a packed file; a message has none. */
  private static final Pattern BEGINS_A_FILE_ONLY =
      Pattern.compile("\u00ef\u00bb\u00bf|\u00fe\u00ff|\u00ff\u00fe|\u001f\u008b|PK\u0003\u0004");

  private static final String COLUMNS = "user_id,a,b,c,note";

  private static MessageReader.Content read(String columns, String message) throws IOException {
    return new MessageReader(SCHEMA, columns).read("topic/0", 7, message.getBytes(UTF_8));
  }

  private static Rejection refused(String columns, String message) throws IOException {
    MessageReader.Content content = read(columns, message);
    Rejection rejection = ((MessageReader.Rejected) content).rejection();
    assertEquals("topic/0", rejection.place().source());
    assertEquals(7, rejection.place().position());
    return rejection;
  }

  private static MessageReader.User user(String columns, String message) throws IOException {
    return (MessageReader.User) read(columns, message);
  }

  /** Every line of every dirty file: the same user, or rejected for the same reason. */
  @Test
  void linesOfDirtyFilesAreWhatTheyAreInFiles() throws IOException {
    int compared = 0;
    try (Stream<Path> files = Files.list(DIRTY)) {
      for (Path file : files.filter(each -> !each.toString().endsWith(".expected")).toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".gz")) {
          for (String line : Files.readString(file, ISO_8859_1).split("\n", -1)) {
            compared += compare(name, line);
          }
        }
      }
    }
    assertTrue(compared > 250, "lines compared: " + compared);
  }

  /** One where a file of that line holds one record, else 0. Lines are bytes as characters. */
  private static int compare(String name, String line) throws IOException {
    boolean json = name.contains(".jsonl");
    String text = json ? line + "\n" : COLUMNS + "\n" + line + "\n";
    if (json && BEGINS_A_FILE_ONLY.matcher(line).lookingAt()) {
      return 0;
    }
    Reading file;
    try {
      file =
          Reading.whole(
              new MemorySource("topic/0", text.getBytes(ISO_8859_1)),
              SCHEMA,
              json ? InputFormat.JSONL : InputFormat.CSV,
              Reading.Way.DEFAULT);
    } catch (BadInputException e) {
      // A file whose lines end in carriage returns is refused; a message is one record.
      assertTrue(e.getMessage().contains("carriage return"), e.getMessage());
      return 0;
    }
    if (file.users().size() + file.rejections().size() != 1) {
      return 0;
    }
    MessageReader.Content content =
        new MessageReader(SCHEMA, json ? null : COLUMNS)
            .read("topic/0", json ? 0 : COLUMNS.length() + 1, line.getBytes(ISO_8859_1));
    if (content instanceof MessageReader.User user) {
      assertEquals(file.users(), List.of(Reading.user(user.shard(), 0)), name + ": " + line);
    } else {
      // A carriage return is the end of a line to a file, and an end or a space to a message.
      assertEquals(
          file.rejections().get(0).replace("\\u000d", ""),
          ((MessageReader.Rejected) content).rejection().toString().replace("\\u000d", ""),
          name + ": " + line);
    }
    return 1;
  }

  @Test
  void lineBreaksInJsonAreSpaces() throws IOException {
    String pretty = "\r\n{\n  \"user_id\": \"u1\",\n  \"a\": 1,\n  \"b\": 2\n}\n";
    assertEquals("u1|1.0|2.0|0.0|", Reading.user(user(null, pretty).shard(), 0));
  }

  @Test
  void passThroughIsDecoded() throws IOException {
    assertEquals(
        List.of("say \"a, b\""), user(COLUMNS, "u1,1,2,3,\"say \"\"a, b\"\"\"").passThrough());
    assertEquals(
        List.of("say \"a, b\""),
        user(null, "{\"user_id\":\"u1\",\"a\":1,\"note\":\"say \\\"a, b\\\"\"}").passThrough());
    assertEquals(List.of(""), user(null, "{\"user_id\":\"u1\",\"a\":1}").passThrough());
  }

  @Test
  void aMessageMustHoldExactlyOneRecord() throws IOException {
    for (String empty : List.of("", " ", "\n", "\r\n\r\n")) {
      assertEquals(RejectReason.NOT_JSON, refused(null, empty).reason());
    }
    assertEquals(RejectReason.NOT_JSON, refused(null, "{\"user_id\":\"u1\",\"a\":1} {}").reason());
    assertEquals(
        RejectReason.NOT_JSON,
        refused(null, "{\"user_id\":\"u1\",\"a\":1}\n{\"user_id\":\"u2\",\"a\":1}").reason());
    for (String other : List.of("", "\n", "u1,1,2,3,x\nu2,1,2,3,x", "u1,1,2,3,x\nu2")) {
      Rejection rejection = refused(COLUMNS, other);
      assertEquals(RejectReason.FIELD_COUNT, rejection.reason());
    }
    assertEquals(RejectReason.BROKEN_QUOTE, refused(COLUMNS, "u1,\"1,2,3,x\nu2,1,2,3,x").reason());
    assertEquals(
        RejectReason.RECORD_TOO_LONG,
        refused(null, "{\"user_id\":\"" + "u".repeat(1 << 20) + "\"}").reason());
  }

  @Test
  void withoutAnIdColumnTheUserIsKnownByTheMessage() throws IOException {
    UserSchema schema = new UserSchema(null, SCHEMA.features(), List.of());
    assertEquals(
        "topic/0:7",
        ((MessageReader.User)
                new MessageReader(schema, "a,b,c").read("topic/0", 7, "\n1,2,3".getBytes(UTF_8)))
            .shard()
            .id(0));
  }

  @Test
  void columnsThatLackOneAreRefused() {
    assertEquals(
        "--columns: missing column 'c'; nearest is 'a'",
        assertThrows(BadInputException.class, () -> new MessageReader(SCHEMA, "user_id,a,b,note"))
            .getMessage());
  }
}
