package personas.report;

import java.util.Arrays;

/**
 * A picture of red, green and blue bytes on white that shapes are filled into, smooth at their
 * edges. Plain arithmetic: it needs no display, no font and no library of the machine, and gives
 * the same bytes everywhere.
 */
final class Raster {
  private final int width;
  private final int height;
  private final byte[] rgb;

  Raster(int width, int height) {
    this.width = width;
    this.height = height;
    this.rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 255);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Component 0..2 of a pixel, 0..255. */
  int at(int x, int y, int component) {
    return rgb[3 * (y * width + x) + component] & 0xFF;
  }

  /**
   * Fills a shape; where polygons of it overlap it is filled once, and one of the opposite
   * direction is a hole. What lies outside of the picture is left out.
   *
   * @param colour {@code 0xRRGGBB}
   * @param opacity 0..1
   */
  void fill(Outline shape, int colour, double opacity) {
    double[] cover = new double[width + 2];
    double[][] rows = new double[height][];
    for (double[] edge : shape.edges()) {
      addEdge(rows, edge);
    }
    for (int y = 0; y < height; y++) {
      if (rows[y] != null) {
        double sum = 0;
        for (int x = 0; x < width; x++) {
          sum += rows[y][x];
          cover[x] = Math.min(1, Math.abs(sum));
        }
        blend(y, cover, colour, opacity);
      }
    }
  }

  private void blend(int y, double[] cover, int colour, double opacity) {
    for (int x = 0; x < width; x++) {
      if (cover[x] > 1e-6) {
        for (int c = 0; c < 3; c++) {
          int at = 3 * (y * width + x) + c;
          int ink = (colour >> (16 - 8 * c)) & 0xFF;
          double mixed = (rgb[at] & 0xFF) + (ink - (rgb[at] & 0xFF)) * cover[x] * opacity;
          rgb[at] = (byte) Math.rint(mixed);
        }
      }
    }
  }

  /**
   * Adds to each pixel of each row what an edge covers to its right: summed from the left that
   * gives the covered area (R. Levien, <em>font-rs</em>).
   */
  private void addEdge(double[][] rows, double[] edge) {
    if (edge[1] == edge[3]) {
      return;
    }
    double direction = edge[1] < edge[3] ? 1 : -1;
    double topX = direction > 0 ? edge[0] : edge[2];
    double topY = Math.min(edge[1], edge[3]);
    double bottomX = direction > 0 ? edge[2] : edge[0];
    double bottomY = Math.max(edge[1], edge[3]);
    double slope = (bottomX - topX) / (bottomY - topY);
    int last = (int) Math.min(height, Math.ceil(bottomY));
    for (int y = (int) Math.max(0, Math.floor(topY)); y < last; y++) {
      double from = Math.max(y, topY);
      double to = Math.min(y + 1, bottomY);
      if (to > from) {
        rows[y] = rows[y] == null ? new double[width + 2] : rows[y];
        double a = topX + (from - topY) * slope;
        double b = topX + (to - topY) * slope;
        addSpan(rows[y], Math.min(a, b), Math.max(a, b), direction * (to - from));
      }
    }
  }

  /** An edge within one row, from x = low to high, that turns {@code amount} of the row on. */
  private void addSpan(double[] row, double low, double high, double amount) {
    double from = Math.max(0, Math.min(width, low));
    double to = Math.max(0, Math.min(width, high));
    double before = 0;
    int first = (int) Math.floor(from);
    for (int x = first; x <= Math.min(width, (int) Math.floor(to)); x++) {
      double until = mean(x + 1, from, to);
      row[x] += amount * (until - before);
      before = until;
    }
    row[Math.min(width, (int) Math.floor(to)) + 1] += amount * (1 - before);
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
}
