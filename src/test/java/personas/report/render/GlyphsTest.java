package personas.report.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlyphsTest {
  @Test
  void coverWhatAxesAndNamesNeed() {
    for (char c = ' '; c < 127; c++) {
      assertTrue(Glyphs.covers(String.valueOf(c)), "character " + (int) c);
    }
    assertTrue(Glyphs.covers("−·…Ärger, naïve, Łódź, Ωμέγα, Пользователи"));
    assertTrue(Glyphs.covers("A\u0308"), "an accent of its own joins its letter");
    assertFalse(Glyphs.covers("عملاء"));
    assertFalse(Glyphs.covers("\u202e"));
  }

  @Test
  void standOnTheBaselineOneAfterTheOther() {
    double width = Glyphs.width("Ho", 100);
    assertEquals(Glyphs.width("H", 100) + Glyphs.width("o", 100), width, 1e-9);
    // A letter is as wide as its advance at most, and has no part below the baseline.
    Rectangle2D capital = Glyphs.outline("H", 10, 200, 100).getBounds2D();
    assertTrue(capital.getMinX() >= 10 && capital.getMaxX() <= 10 + Glyphs.width("H", 100));
    assertTrue(capital.getMaxY() <= 200.001 && capital.getMinY() > 100);
    assertTrue(Glyphs.outline("g", 0, 0, 100).getBounds2D().getMaxY() > 10);
    assertFalse(Glyphs.outline("o", 0, 0, 100).contains(Glyphs.width("o", 100) / 2, -27), "a hole");
  }

  @Test
  void linesFitAndEndInAnEllipsis() {
    String name = "High images generated monthly, low API calls monthly";
    List<String> lines = Glyphs.lines(name, 13, 120, 9);
    assertEquals(name, String.join(" ", lines));
    assertTrue(lines.stream().allMatch(line -> Glyphs.width(line, 13) <= 120), "" + lines);
    List<String> cut = Glyphs.lines("W".repeat(300), 13, 120, 2);
    assertEquals(2, cut.size());
    assertTrue(cut.get(1).endsWith("…") && Glyphs.width(cut.get(1), 13) <= 120, "" + cut);
  }
}
