package personas.report.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import personas.report.ReportBuilder;
import personas.report.ReportFiles;
import personas.report.Reports;
import personas.report.data.Axis;
import personas.report.data.ReportData;
import personas.report.data.ReportInput;
import personas.report.render.ScatterLayout.Mark;
import personas.report.render.ScatterLayout.Text;

/** Checks the layout of customer_clusters.png. */
class ScatterLayoutTest {
  static Stream<ReportInput> inputs() {
    return Stream.of(
        Reports.platform(1000),
        Reports.hostile(),
        Reports.shape(500, 2, 4, 1),
        Reports.shape(3000, 12, 30, 1),
        Reports.shape(400, 3, 1, 1),
        Reports.shape(5, 5, 2, 1),
        Reports.shape(600, 40, 3, 1));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void everyMarkIsInTheFrameAndEveryTextOnThePicture(ReportInput input) {
    ReportData data = ReportBuilder.build(input);
    ScatterLayout layout = new ScatterLayout(data);
    assertEquals(data.sample().points(), layout.points().size());
    assertEquals(data.personas().size(), layout.centroids().size());
    for (List<Mark> marks : List.of(layout.points(), layout.centroids())) {
      for (Mark mark : marks) {
        assertTrue(mark.x() >= layout.left() && mark.x() <= ScatterLayout.RIGHT, "" + mark);
        assertTrue(mark.y() >= ScatterLayout.TOP && mark.y() <= ScatterLayout.BOTTOM, "" + mark);
      }
    }
    for (Text text : layout.texts()) {
      double right = text.x() + Glyphs.width(text.text(), text.size());
      assertTrue(text.x() >= 0 && right <= ScatterLayout.WIDTH, "" + text);
      assertTrue(text.y() > text.size() && text.y() < ScatterLayout.HEIGHT, "" + text);
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void noTextStandsOnAnother(ReportInput input) {
    List<Text> texts = new ScatterLayout(ReportBuilder.build(input)).texts();
    List<String> clashes = new ArrayList<>();
    for (int a = 0; a < texts.size(); a++) {
      for (int b = a + 1; b < texts.size(); b++) {
        if (overlap(texts.get(a), texts.get(b))) {
          clashes.add(texts.get(a) + " and " + texts.get(b));
        }
      }
    }
    assertEquals(List.of(), clashes);
  }

  /** Of the boxes from the height of a small letter down to the baseline. */
  private static boolean overlap(Text a, Text b) {
    return a.x() < b.x() + Glyphs.width(b.text(), b.size())
        && b.x() < a.x() + Glyphs.width(a.text(), a.size())
        && a.y() - 0.7 * a.size() < b.y()
        && b.y() - 0.7 * b.size() < a.y();
  }

  @Test
  void valuesGoWhereTheirTicksStand() {
    ReportData data = ReportBuilder.build(Reports.platform(1000));
    ScatterLayout layout = new ScatterLayout(data);
    double height = ScatterLayout.BOTTOM - ScatterLayout.TOP;
    double width = ScatterLayout.RIGHT - layout.left();
    Axis x = axis(data, data.scatter().x());
    Axis y = axis(data, data.scatter().y());
    for (double part : new double[] {0, 0.25, 1}) {
      assertEquals(layout.left() + part * width, layout.x(value(x, part)), 1e-6);
      assertEquals(ScatterLayout.BOTTOM - part * height, layout.y(value(y, part)), 1e-6);
    }
  }

  private static Axis axis(ReportData data, int f) {
    return data.features().get(f).skewed()
        ? data.features().get(f).log()
        : data.features().get(f).linear();
  }

  /** The value that lies at a part of an axis, computed backwards. */
  private static double value(Axis axis, double part) {
    if (axis.unit() == 0) {
      return axis.min() + part * (axis.max() - axis.min());
    }
    double from = Math.log1p(axis.min() / axis.unit());
    double to = Math.log1p(axis.max() / axis.unit());
    return Math.expm1(from + part * (to - from)) * axis.unit();
  }

  @Test
  void aNameThatCannotBeWrittenGoesByItsNumber() {
    List<String> texts =
        new ScatterLayout(ReportBuilder.build(Reports.hostile()))
            .texts().stream().map(Text::text).toList();
    assertTrue(texts.contains("Persona 1"), "" + texts);
  }

  @Test
  void theSameReportIsTheSameFile() {
    byte[] file =
        ReportFiles.contents(ReportBuilder.build(Reports.platform(300))).get(ReportFiles.PNG);
    assertArrayEquals(
        file,
        ReportFiles.contents(ReportBuilder.build(Reports.platform(300))).get(ReportFiles.PNG));
    assertTrue(file.length < 600_000, "bytes: " + file.length);
  }
}
