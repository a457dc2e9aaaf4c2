package personas.report.render;

import java.util.List;
import personas.report.data.ReportData;
import personas.report.render.ScatterLayout.Line;
import personas.report.render.ScatterLayout.Mark;
import personas.report.render.ScatterLayout.Text;

/** {@code customer_clusters.png}: the first scatter of the page, for a slide. */
public final class ScatterPicture {
  /** Pixels a point, so that it is sharp on a projector and in print. */
  private static final int RESOLUTION = 2;

  /** 144 pixels an inch: twice the 72 points. */
  private static final int PIXELS_PER_METRE = 5669;

  private static final int INK = 0x16191D;
  private static final int NOTE = 0x5A626D;
  private static final int GRID = 0xE6E9EE;
  private static final int BASE = 0xA9B0BA;
  private static final int PAPER = 0xFFFFFF;

  private final ScatterLayout layout;
  private final Raster raster =
      new Raster(RESOLUTION * ScatterLayout.WIDTH, RESOLUTION * ScatterLayout.HEIGHT);

  private ScatterPicture(ScatterLayout layout) {
    this.layout = layout;
  }

  /** The file. */
  public static byte[] png(ReportData data) {
    ScatterPicture picture = new ScatterPicture(new ScatterLayout(data));
    picture.draw(data.personas().size());
    return PngFile.bytes(picture.raster, PIXELS_PER_METRE);
  }

  private void draw(int k) {
    layout.grid().forEach(line -> draw(line, GRID));
    draw(
        new Line(layout.left(), ScatterLayout.BOTTOM, ScatterLayout.RIGHT, ScatterLayout.BOTTOM),
        BASE);
    double radius = layout.points().size() > 800 ? 2.7 : 3.6;
    for (int persona = 0; persona < k; persona++) {
      int own = persona;
      fill(layout.points().stream().filter(mark -> mark.persona() == own).toList(), radius, 0.55);
    }
    fillEach(layout.legend(), 5);
    for (Mark mark : layout.centroids()) {
      raster.fill(outline(mark, 11.5), PAPER, 1);
      fillEach(List.of(mark), 8.5);
    }
    layout.texts().forEach(text -> draw(text, text.strong() ? INK : NOTE));
    numbers();
  }

  private void numbers() {
    for (Mark mark : layout.centroids()) {
      String number = String.valueOf(mark.persona());
      double x = mark.x() + 13;
      double y = mark.y() + 4.5;
      // A white edge keeps it legible among the marks.
      for (int[] shift : new int[][] {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}, {0, 2}, {0, -2}}) {
        draw(new Text(number, x + shift[0], y + shift[1], ScatterLayout.TEXT, true), PAPER);
      }
      draw(new Text(number, x, y, ScatterLayout.TEXT, true), INK);
    }
  }

  /** Marks that overlap are filled as one shape, so that a crowd is not darker than its colour. */
  private void fill(List<Mark> marks, double radius, double opacity) {
    if (marks.isEmpty()) {
      return;
    }
    Outline outline = new Outline();
    for (Mark mark : marks) {
      add(mark, radius, outline);
    }
    raster.fill(outline, colour(marks.get(0).persona()), opacity);
  }

  private void fillEach(List<Mark> marks, double radius) {
    marks.forEach(mark -> raster.fill(outline(mark, radius), colour(mark.persona()), 1));
  }

  private static Outline outline(Mark mark, double radius) {
    Outline outline = new Outline();
    add(mark, radius, outline);
    return outline;
  }

  private static void add(Mark mark, double radius, Outline outline) {
    outline.mark(
        Palette.marker(mark.persona()),
        RESOLUTION * mark.x(),
        RESOLUTION * mark.y(),
        RESOLUTION * radius);
  }

  private static int colour(int persona) {
    return Integer.parseInt(Palette.light(persona).substring(1), 16);
  }

  private void draw(Line line, int colour) {
    // One point wide, on whole pixels.
    double x = Math.rint(RESOLUTION * Math.min(line.fromX(), line.toX())) - 1;
    double y = Math.rint(RESOLUTION * Math.min(line.fromY(), line.toY())) - 1;
    double width = RESOLUTION * Math.abs(line.toX() - line.fromX()) + RESOLUTION;
    double height = RESOLUTION * Math.abs(line.toY() - line.fromY()) + RESOLUTION;
    raster.fill(Outline.rectangle(x, y, Math.rint(width), Math.rint(height)), colour, 1);
  }

  private void draw(Text text, int colour) {
    raster.fill(
        Glyphs.outline(
            text.text(), RESOLUTION * text.x(), RESOLUTION * text.y(), RESOLUTION * text.size()),
        colour,
        1);
  }
}
