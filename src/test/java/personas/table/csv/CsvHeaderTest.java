package personas.table.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.feature.TextSyntax;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.Reading;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.read.FileHeader;

/**
 * Checks that the reader finds the headers of typical exports, and names the format of other files.
 */
class CsvHeaderTest {
  private static final String ROWS = "u1,1,2\nu2,3,4\n";

  private static UserSchema schema(String... columns) {
    return schema(TextSyntax.DEFAULT, columns);
  }

  private static UserSchema schema(TextSyntax syntax, String... columns) {
    List<Feature> features =
        List.of(columns).subList(1, columns.length).stream().map(Feature::of).toList();
    return new UserSchema(columns[0], features, List.of(), syntax);
  }

  private static Reading read(String text, UserSchema schema) throws IOException {
    ByteSource source = new MemorySource("x.csv", text.getBytes(StandardCharsets.UTF_8));
    return Reading.whole(source, schema, InputFormat.CSV, Reading.Way.DEFAULT);
  }

  private static List<String> plainUsers() throws IOException {
    return read("id,a,b\n" + ROWS, schema("id", "a", "b")).users();
  }

  private static void sameUsers(String text) throws IOException {
    Reading reading = read(text, schema("id", "a", "b"));
    assertEquals(List.of(), reading.rejections(), text);
    assertEquals(plainUsers(), reading.users(), text);
  }

  private static String refusal(String file, String text, UserSchema schema) {
    return refusal(file, text.getBytes(StandardCharsets.UTF_8), schema);
  }

  private static String refusal(String file, byte[] bytes, UserSchema schema) {
    ByteSource source = new MemorySource(file, bytes);
    return assertThrows(BadInputException.class, () -> FileHeader.read(source, schema, null))
        .getMessage();
  }

  @Test
  void linesAboveTheHeaderAreSkippedAndCounted() throws IOException {
    sameUsers("\n\nid,a,b\n" + ROWS);
    sameUsers("Users of May\nid,a,b\n" + ROWS);
    sameUsers("# ---\n# Start date: 20260101\n# ---\n\nid,a,b\n" + ROWS);
    sameUsers("A 5\" screen, sold\nid,a,b\n" + ROWS);
    sameUsers("\ufeffsep=,\r\nid,a,b\r\n" + ROWS);
    sameUsers("sep=;\nid;a;b\n" + ROWS.replace(',', ';'));
    sameUsers("\"sep=;\"\nid;a;b\n" + ROWS.replace(',', ';'));
    sameUsers("sep=|\nid|a|b\n" + ROWS.replace(',', '|'));
    Reading reading = read("# x\n\nid,a,b\n" + ROWS, schema("id", "a", "b"));
    assertEquals(2L, reading.ledger().values().recognized().get("lines above the header"));
  }

  @Test
  void theDelimiterIsTheOneThatGivesTheRequiredColumns() throws IOException {
    for (char delimiter : new char[] {',', ';', '\t', '|'}) {
      sameUsers(("id,a,b\n" + ROWS).replace(',', delimiter));
    }
    UserSchema commas = schema("id", "spend, net, EUR", "b");
    for (char delimiter : new char[] {';', '\t', '|'}) {
      String header = "id#spend, net, EUR#b\n".replace('#', delimiter);
      assertEquals(plainUsers(), read(header + ROWS.replace(',', delimiter), commas).users());
    }
    assertEquals(2, read("id;a, EUR\nu1;1\nu2;2\n", schema("id", "a, EUR")).users().size());
  }

  @Test
  void anyOtherDelimiterIsDeclared() throws IOException {
    for (char delimiter : new char[] {' ', '\u0001', '^', 'x'}) {
      UserSchema schema = schema(new TextSyntax(null, null, null, delimiter), "id", "a", "b");
      assertEquals(plainUsers(), read(("id,a,b\n" + ROWS).replace(',', delimiter), schema).users());
    }
    String undeclared = refusal("x.csv", "id^a^b\n", schema("id", "a", "b"));
    assertTrue(undeclared.contains("set input.delimiter"), undeclared);
  }

  @Test
  void findsNamesWithInvisibleCharacters() throws IOException {
    sameUsers("id,a\u00a0, b\n" + ROWS);
    sameUsers("id,\"a\",\" b \"\n" + ROWS);
    UserSchema breaks = schema("id", "Spend (EUR)", "de\u0301penses");
    assertEquals(
        plainUsers(), read("id,\"Spend\r\n(EUR)\",d\u00e9penses\n" + ROWS, breaks).users());
    String twice = refusal("x.csv", "id,a ,\u00a0a,b\n", schema("id", "a", "b"));
    assertTrue(twice.contains("occurs twice"), twice);
    // The exact name wins over one that only looks like it.
    assertEquals(
        plainUsers(), read("id,a,b, a\nu1,1,2,9\nu2,3,4,9\n", schema("id", "a", "b")).users());
  }

  @Test
  void saysThatAFileHasNoHeader() {
    String message = refusal("x.csv", ROWS, schema("id", "a", "b"));
    assertTrue(message.contains("the first line 'u1,1,2' is a record"), message);
  }

  @Test
  void carriageReturnsThatEndLinesAreNamed() {
    for (String text :
        List.of(
            "id,a,b\ru1,1,2\ru2,3,4\r",
            "\"id\",\"a\",\"b\"\r\"u1\",1,2\r",
            "id,a,b\nu1,1,2\ru2,3,4\ru3,5,6\r")) {
      String message = refusal("x.csv", text, schema("id", "a", "b"));
      assertTrue(message.contains("carriage return"), message);
    }
  }

  @Test
  void namesTheFormatOfAFileThatIsNotATable() throws IOException {
    UserSchema schema = schema("id", "a");
    byte[] tar = new byte[600];
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
    assertTrue(refusal("x.csv", tar, schema).contains("holds a tar archive"));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar);
    }
    assertTrue(refusal("x.tar.gz", packed.toByteArray(), schema).contains("a tar archive"));
    assertTrue(refusal("x", new byte[] {'B', 'Z', 'h', '9', 1}, schema).contains("bzip2"));
    byte[] zstd = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 4};
    assertTrue(refusal("x", zstd, schema).contains("Zstandard"));
    byte[] xz = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0, 0};
    assertTrue(refusal("x", xz, schema).contains("an xz file"));
    String json = refusal("x.csv", "{\"id\": \"u\", \"a\": 1}\n", schema);
    assertTrue(json.contains("holds JSON; set input.format: jsonl"), json);
    for (String array : List.of("[\n{\"id\": 1}\n]", "[{\"id\": 1}, {}]", " [ {}]")) {
      String message = refusal("x.json", array, schema);
      assertTrue(
          message.contains("a JSON array") && message.contains("jq -c '.[]' x.json"), message);
    }
    String pretty = refusal("x.json", "{\n  \"id\": \"u\",\n  \"a\": 1\n}\n", schema);
    assertTrue(pretty.contains("JSON objects of several lines"), pretty);
    String csv = refusal("x.jsonl", "id,a\nu,1\n", schema);
    assertTrue(csv.contains("holds CSV; set input.format: csv"), csv);
  }

  /** Header lines may begin with the letters that mark other files. */
  @Test
  void aHeaderMayBeginLikeAMark() throws IOException {
    assertEquals(1, read("BZh,a\nu,1\n", schema("BZh", "a")).users().size());
    assertEquals(1, read("ORC,a\nu,1\n", schema("ORC", "a")).users().size());
  }
}
