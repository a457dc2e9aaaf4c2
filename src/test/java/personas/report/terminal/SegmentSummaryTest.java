package personas.report.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.model.ModelJson;
import personas.report.ReportBuilder;
import personas.report.Reports;
import personas.report.data.ReportData;
import personas.report.data.ReportInput;

class SegmentSummaryTest {
  private static List<String> lines(ReportInput input) {
    return new SegmentSummary(ReportBuilder.build(input), input.model(), false).lines();
  }

  @Test
  void threePersonasAreAboutFifteenAlignedLines() {
    List<String> lines = lines(Reports.platform(1000));
    assertEquals(17, lines.size(), String.join("\n", lines));
    assertEquals(
        "image-platform-users: 1,000 users in 3 personas, data of 2026-10-31", lines.get(0));
    assertEquals(
        " id  persona                     users    share   fit  silhouette  nearest", lines.get(2));
    assertTrue(lines.get(3).startsWith("  0  E-commerce Business Owners    400    40.0%  0.93  "));
    assertEquals(lines.get(2).length(), lines.get(3).length());
    assertEquals(lines.get(2).length(), lines.get(6).length());
    assertTrue(lines.get(13).startsWith("converged after 6 iterations, inertia 1"), lines.get(13));
    assertEquals(
        "read 1,014 = assigned 1,000 + rejected 14 (field_count 3, not_a_number 11)",
        lines.get(15));
  }

  /** After weekly runs with new and retired clusters, ids are not the indices of the personas. */
  @Test
  void theNearestPersonaIsNamedByTheIdOfItsCluster() throws IOException {
    ReportInput input = Reports.platform(1000);
    List<String> lines = lines(input);
    List<String> later = lines(withLaterIds(input, 10));
    for (int row = 3; row <= 9; row += 3) {
      assertEquals(10 + firstNumber(lines.get(row)), firstNumber(later.get(row)));
      assertEquals(10 + lastNumber(lines.get(row)), lastNumber(later.get(row)));
    }
  }

  private static int firstNumber(String line) {
    String text = line.strip();
    return Integer.parseInt(text.substring(0, text.indexOf(' ')));
  }

  private static int lastNumber(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static ReportInput withLaterIds(ReportInput input, int by) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    ModelJson.write(input.model(), json);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode model = mapper.readTree(json.toByteArray());
    for (JsonNode cluster : model.get("clusters")) {
      ((ObjectNode) cluster).put("id", by + cluster.get("id").intValue());
    }
    return new ReportInput(
        ModelJson.read("model", new ByteArrayInputStream(mapper.writeValueAsBytes(model))),
        input.personas(),
        input.sample(),
        input.context(),
        input.settings());
  }

  /** Privacy hides small groups on the page, but not in the terminal. */
  @Test
  void thePrivacyOfThePageHidesNothingHere() {
    ReportInput input = Reports.withPrivacy(Reports.platform(1000));
    assertTrue(
        lines(input)
            .contains("read 1,014 = assigned 1,000 + rejected 14 (field_count 3, not_a_number 11)"),
        String.join("\n", lines(input)));
  }

  @Test
  void manyPersonasStayShort() {
    assertTrue(lines(Reports.shape(3_000, 12, 30, 1)).size() < 25);
  }

  @Test
  void textsOfTheSpecDoNothingToTheTerminal() {
    for (String line : lines(Reports.hostile())) {
      assertFalse(line.matches("(?s).*[\\p{Cntrl}\u202e\u2028].*"), line);
      assertTrue(line.length() < 260, line);
    }
  }

  @Test
  void writesColorsOnlyOnRequest() {
    ReportInput input = Reports.platform(1000);
    ReportData report = ReportBuilder.build(input);
    List<String> colored = new SegmentSummary(report, input.model(), true).lines();
    assertTrue(colored.get(2).startsWith("\u001b[1m") && colored.get(2).endsWith("\u001b[0m"));
    assertEquals(
        lines(Reports.platform(1000)),
        colored.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList());
  }
}
