package personas.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import personas.report.ReportBuilder;
import personas.report.Reports;
import personas.report.data.ReportData;
import personas.report.data.ReportInput;
import personas.report.privacy.ReportMask;
import personas.report.render.ReportJson;

class ReportSectionsTest {
  private static final ReportInput INPUT = Reports.platform(300);
  private static final ReportData REPORT = ReportBuilder.build(INPUT);

  private record Sizes(List<Long> users, double mean) {}

  private static final class SizesSection implements ReportSection {
    @Override
    public String id() {
      return "sizes";
    }

    @Override
    public Object data(SectionInput input) {
      List<Long> users = input.personas().stream().map(ReportData.Persona::users).toList();
      return new Sizes(users, users.stream().mapToLong(n -> n).average().orElse(0));
    }
  }

  private static Map<String, Object> data(ReportSection... sections) {
    ReportMask mask = new ReportMask(INPUT.model(), INPUT.privacy());
    return ReportSections.data(
        List.of(sections), new SectionInput(INPUT, REPORT.features(), REPORT.personas(), mask));
  }

  @Test
  void onlyASectionWithDataOfItsOwnHasAKey() {
    assertEquals(
        List.of("sizes"),
        List.copyOf(data(new ReportSection.OfReport("rules"), new SizesSection()).keySet()));
    assertFalse(ReportJson.text(REPORT).contains("\"sections\""));
  }

  @Test
  void aReportIsReadWithTheDataOfItsSections() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(ReportJson.text(REPORT));
    json.set("sections", mapper.valueToTree(data(new SizesSection())));
    String text = ReportJson.text(ReportJson.read("report.json", json.toString()));
    assertTrue(text.contains("\"sections\":{\n  \"sizes\":{\n   \"users\":["), text);
    assertEquals(text, ReportJson.text(ReportJson.read("report.json", text)));
  }
}
