package personas.report.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import personas.report.ReportBuilder;
import personas.report.ReportFiles;
import personas.report.Reports;
import personas.report.data.ReportData;
import personas.report.data.ReportInput;

/** Checks that report.json holds the whole report. */
class ReportJsonTest {
  static Stream<ReportInput> inputs() {
    return Stream.of(
        Reports.platform(300),
        Reports.continued(Reports.platform(300)),
        Reports.hostile(),
        Reports.shape(900, 12, 30, 1000),
        Reports.shape(40, 2, 1, 1),
        Reports.shape(5, 5, 2, 1));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void comesBackWholeAndDrawsTheSameFiles(ReportInput input) throws IOException {
    ReportData report = ReportBuilder.build(input);
    ReportData read = ReportJson.read("report.json", ReportJson.text(report));
    assertEquals(report, read);
    for (ReportFiles file : ReportFiles.values()) {
      assertArrayEquals(
          ReportFiles.contents(report).get(file),
          ReportFiles.contents(read).get(file),
          file.fileName());
    }
    assertTrue(read.isOf(input.model()));
    assertFalse(read.isOf(Reports.platform(77).model()));
  }

  private static void collect(JsonNode node, String path, Set<String> keys) {
    node.fields()
        .forEachRemaining(
            field -> {
              String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              keys.add(at);
              collect(field.getValue(), at, keys);
            });
    if (node.isArray()) {
      node.forEach(each -> collect(each, path + "[]", keys));
    }
  }

  /** Whoever takes a key away breaks what reads it: this list is the promise. */
  @Test
  void keepsThePromisedKeys() throws IOException {
    Set<String> keys = new TreeSet<>();
    String json =
        ReportJson.text(
            ReportBuilder.build(Reports.withPrivacy(Reports.continued(Reports.platform(1000)))));
    collect(new ObjectMapper().readTree(json), "", keys);
    Path promised = Path.of("src/test/resources/golden/report-keys.txt");
    assertEquals(Files.readString(promised), String.join("\n", keys) + "\n");
  }

  @Test
  void nothingInItCanEndAScript() {
    String json = ReportJson.text(ReportBuilder.build(Reports.hostile()));
    assertFalse(json.matches("(?s).*[<>&\u2028\u2029].*"));
    String page =
        new String(
            ReportFiles.contents(ReportBuilder.build(Reports.hostile())).get(ReportFiles.HTML),
            UTF_8);
    assertEquals(3, page.split("</script>", -1).length - 1);
  }

  @Test
  void namesAFileThatIsNotAReport() {
    for (String json : new String[] {"{}", "[]", "null", "{\"format\":2}", "no json"}) {
      IOException e =
          assertThrows(IOException.class, () -> ReportJson.read("x/report.json", json), json);
      assertTrue(e.getMessage().startsWith("x/report.json: "), e.getMessage());
    }
  }
}
