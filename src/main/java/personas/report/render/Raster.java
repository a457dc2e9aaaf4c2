package personas.report.render;

import java.util.Arrays;

/**
 * A picture of red, green and blue on white that shapes are filled into, smooth at their edges.
 * Plain arithmetic: it needs no display, no font and no library of the machine, and gives the same
 * bytes everywhere.
 *
 * <p>It draws once a process, in code that is not compiled yet; so it touches no more pixels than a
 * shape's own, and pixels alike are mixed once.
 */
final class Raster {
  /** Less cover than this leaves a pixel as it is. */
  private static final double LEAST = 1e-6;

  /** Added and taken away again it rounds half to even, as {@link Math#rint} does. */
  private static final double ROUNDER = 0x1.8p52;

  private final int width;
  private final int height;

  /** By row, what is missing from white in each pixel, {@code 0xRRGGBB}. */
  private final int[] missing;

  /**
   * By row of the box that the shape lies in, how much of each pixel it covers more than of the one
   * left of it. All 0 between two shapes.
   */
  private double[] turns = {};

  private int left;
  private int top;
  private int span;

  Raster(int width, int height) {
    this.width = width;
    this.height = height;
    this.missing = new int[width * height];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Component 0..2 of a pixel, 0..255. */
  int at(int x, int y, int component) {
    return 255 - component(missing[y * width + x], component);
  }

  private static int component(int rgb, int component) {
    return (rgb >> (16 - 8 * component)) & 0xFF;
  }

  /**
   * How each byte of a row (red, green and blue of one pixel after the other) differs from the byte
   * above, which is 0 above the first row.
   *
   * @param out gets the differences from {@code from} on; holds zeros there
   */
  void differences(int y, byte[] out, int from) {
    int row = y * width;
    int x = 0;
    while (x < width) {
      // Most of a picture is as it is above.
      int same =
          y == 0
              ? 0
              : Arrays.mismatch(missing, row + x, row + width, missing, row + x - width, row);
      if (same < 0) {
        return;
      }
      x += same;
      int above = y == 0 ? 0xFFFFFF : missing[row + x - width];
      int here = missing[row + x];
      int at = from + 3 * x;
      out[at] = (byte) ((above >> 16) - (here >> 16));
      out[at + 1] = (byte) ((above >> 8) - (here >> 8));
      out[at + 2] = (byte) (above - here);
      x++;
    }
  }

  /**
   * Fills a shape; where polygons of it overlap it is filled once, and one of the opposite
   * direction is a hole. What lies outside of the picture is left out.
   *
   * @param colour {@code 0xRRGGBB}
   * @param opacity 0..1
   */
  void fill(Outline shape, int colour, double opacity) {
    int rows = box(shape);
    for (double[] edge : shape.edges()) {
      addEdge(edge);
    }
    for (int row = 0; row < rows; row++) {
      fillRow(row, colour, opacity);
    }
  }

  /** Makes room for a shape; returns its rows. */
  private int box(Outline shape) {
    double leastX = width;
    double mostX = 0;
    double leastY = height;
    double mostY = 0;
    for (double[] edge : shape.edges()) {
      leastX = Math.min(leastX, Math.min(edge[0], edge[2]));
      mostX = Math.max(mostX, Math.max(edge[0], edge[2]));
      leastY = Math.min(leastY, Math.min(edge[1], edge[3]));
      mostY = Math.max(mostY, Math.max(edge[1], edge[3]));
    }
    // A pixel more on each side, for what rounding may bring there; and one where the last turn
    // goes.
    left = (int) Math.max(0, Math.floor(leastX) - 1);
    span = (int) Math.min(width, Math.floor(mostX) + 1) + 2 - left;
    top = (int) Math.max(0, Math.floor(leastY));
    int rows = Math.max(0, (int) Math.min(height, Math.ceil(mostY)) - top);
    if (turns.length < rows * span) {
      turns = new double[rows * span];
    }
    return rows;
  }

  /**
   * Adds to each pixel of each row what an edge covers to its right: summed from the left that
   * gives the covered area (R. Levien, <em>font-rs</em>).
   */
  private void addEdge(double[] edge) {
    if (edge[1] == edge[3]) {
      return;
    }
    double direction = edge[1] < edge[3] ? 1 : -1;
    double topX = direction > 0 ? edge[0] : edge[2];
    double topY = Math.min(edge[1], edge[3]);
    double bottomX = direction > 0 ? edge[2] : edge[0];
    double bottomY = Math.max(edge[1], edge[3]);
    double slope = (bottomX - topX) / (bottomY - topY);
    for (int y = (int) Math.max(0, topY); y < height && y < bottomY; y++) {
      double from = Math.max(y, topY);
      double to = Math.min(y + 1, bottomY);
      if (to > from) {
        double a = topX + (from - topY) * slope;
        double b = topX + (to - topY) * slope;
        addSpan((y - top) * span - left, Math.min(a, b), Math.max(a, b), direction * (to - from));
      }
    }
  }

  /**
   * An edge within one row, from x = low to high, that turns {@code amount} of the row on.
   *
   * @param row where its x = 0 would be
   */
  private void addSpan(int row, double low, double high, double amount) {
    double from = Math.max(0, Math.min(width, low));
    double to = Math.max(0, Math.min(width, high));
    double before = 0;
    int last = (int) to;
    for (int x = (int) from; x <= last; x++) {
      double until = mean(x + 1, from, to);
      turns[row + x] += amount * (until - before);
      before = until;
    }
    turns[row + last + 1] += amount * (1 - before);
  }

  /** Mean over the edge of how much of the pixel {@code x-1..x} lies right of it. */
  private static double mean(double x, double from, double to) {
    if (to == from) {
      return Math.max(0, Math.min(1, x - from));
    }
    return (ramp(x - from) - ramp(x - to)) / (to - from);
  }

  /** Integral of {@code clamp(t, 0, 1)} from minus infinity to t. */
  private static double ramp(double t) {
    return t <= 0 ? 0 : t <= 1 ? t * t / 2 : t - 0.5;
  }

  /** Sums up a row of the box, mixes the colour in, and leaves the box's row empty. */
  private void fillRow(int row, int colour, double opacity) {
    int at = row * span;
    int pixel = (top + row) * width + left;
    int visible = Math.min(span, width - left);
    double sum = 0;
    double cover = 0;
    // No pixel is -1: nothing is mixed yet.
    int before = -1;
    int after = 0;
    for (int x = 0; x < visible; x++) {
      double turn = turns[at + x];
      if (turn != 0) {
        turns[at + x] = 0;
        sum += turn;
        cover = Math.min(1, Math.abs(sum));
        before = -1;
      }
      if (cover > LEAST) {
        int here = missing[pixel + x];
        if (here != before) {
          before = here;
          after = mixed(here, 0xFFFFFF - colour, cover, opacity);
        }
        missing[pixel + x] = after;
      }
    }
    Arrays.fill(turns, at + visible, at + span, 0);
  }

  private static int mixed(int under, int over, double cover, double opacity) {
    int mixed = 0;
    for (int c = 0; c < 3; c++) {
      double before = 255 - component(under, c);
      double ink = 255 - component(over, c);
      double exact = before + (ink - before) * cover * opacity;
      mixed = (mixed << 8) | (255 - (int) ((exact + ROUNDER) - ROUNDER));
    }
    return mixed;
  }
}
