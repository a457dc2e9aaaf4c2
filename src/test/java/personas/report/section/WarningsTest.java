package personas.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import personas.model.Model;
import personas.report.ReportBuilder;
import personas.report.Reports;
import personas.report.data.ReportData;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportData.Warning;
import personas.report.data.ReportInput;

/** Checks the warnings of the report and the figures of the cards. */
class WarningsTest {
  private static List<String> kinds(ReportData report) {
    return report.warnings().stream().map(Warning::kind).distinct().sorted().toList();
  }

  @Test
  void personasThatMixOverlap() {
    ReportData report = ReportBuilder.build(Reports.shape(400, 3, 1, 1));
    assertTrue(kinds(report).contains("overlap"), "" + report.warnings());
    assertTrue(
        report.warnings().stream()
            .filter(warning -> warning.kind().equals("overlap"))
            .allMatch(warning -> warning.text().contains("separation 0.")),
        "" + report.warnings());
  }

  @Test
  void warnsOfATinySegment() {
    ReportData report = ReportBuilder.build(Reports.shape(13_000, 12, 30, 770));
    assertEquals(
        report.personas().stream().filter(p -> p.share() < 0.01).count(),
        report.warnings().stream().filter(w -> w.kind().equals("tiny_segment")).count());
    assertTrue(kinds(report).contains("tiny_segment"));
  }

  @Test
  void clearPersonasGiveNoWarning() {
    assertEquals(List.of(), kinds(ReportBuilder.build(Reports.platform(1000))));
  }

  @Test
  void cardsSayWhatTheModelSays() {
    ReportInput input = Reports.platform(1000);
    ReportData report = ReportBuilder.build(input);
    assertEquals(1000, report.personas().stream().mapToLong(Persona::users).sum());
    for (Persona persona : report.personas()) {
      var cluster = input.model().clusters().get(persona.id());
      assertEquals(cluster.rawMean(), persona.mean());
      assertEquals(cluster.centroid(), persona.z());
      assertEquals(3, persona.setsApart().size());
      assertEquals(cluster.fit() - 0.41, persona.runnerUp().margin(), 1e-12);
      double first = Math.abs(persona.z().get(persona.setsApart().get(0)));
      assertTrue(persona.z().stream().allMatch(z -> Math.abs(z) <= first));
    }
  }

  @Test
  void aGeneratedNameHasNoFit() {
    Persona made = ReportBuilder.build(Reports.shape(300, 5, 3, 1)).personas().get(4);
    assertNull(made.fit());
    assertNull(made.runnerUp().margin());
    assertEquals("", made.strategy());
  }

  @Test
  void theNoteNamesTheSample() {
    ReportData report = ReportBuilder.build(Reports.shape(13_000, 12, 30, 770));
    assertEquals(2_400, report.scatter().cluster().size());
    assertTrue(report.sample().note().contains("13,000 of the 10,010,000 users"));
    assertTrue(report.sample().note().contains("Scatter plots show 2,400 users"));
  }

  @Test
  void warnsOfAMostlyImputedFeature() {
    Model.Ledger ledger =
        new Model.Ledger(
            200, 200, Map.of(), Map.of("visits", 198L, "spend", 99L), null, null, null);
    assertEquals(
        List.of(
            "visits is missing for 198 of 200 users, so the imputed value has more influence than the"
                + " data."),
        LedgerWarnings.of(ledger).stream().map(ReportData.Warning::text).toList());
  }
}
