package personas.report.render;

import java.util.ArrayList;
import java.util.List;

/** A filled shape: closed polygons in pixels, y downward. Curves become lines as they are added. */
final class Outline {
  /** Lines that one curve becomes: at the sizes here no corner shows. */
  private static final int STEPS = 6;

  private final List<double[]> edges = new ArrayList<>();
  private double startX;
  private double startY;
  private double x;
  private double y;

  /** Closes the polygon before and starts one. */
  void moveTo(double toX, double toY) {
    close();
    startX = toX;
    startY = toY;
    x = toX;
    y = toY;
  }

  void lineTo(double toX, double toY) {
    edges.add(new double[] {x, y, toX, toY});
    x = toX;
    y = toY;
  }

  void curveTo(double controlX, double controlY, double toX, double toY) {
    double fromX = x;
    double fromY = y;
    for (int i = 1; i <= STEPS; i++) {
      double t = i / (double) STEPS;
      double u = 1 - t;
      lineTo(
          u * u * fromX + 2 * u * t * controlX + t * t * toX,
          u * u * fromY + 2 * u * t * controlY + t * t * toY);
    }
  }

  /** Ends the last polygon. */
  Outline close() {
    if (x != startX || y != startY) {
      lineTo(startX, startY);
    }
    return this;
  }

  /** Adds a mark, its origin at a place. */
  Outline mark(Marker marker, double atX, double atY, double radius) {
    for (int corner = 0; corner < marker.corners(); corner++) {
      double cornerX = atX + radius * marker.x(corner);
      double cornerY = atY + radius * marker.y(corner);
      if (corner == 0) {
        moveTo(cornerX, cornerY);
      } else {
        lineTo(cornerX, cornerY);
      }
    }
    return close();
  }

  static Outline rectangle(double left, double top, double width, double height) {
    Outline outline = new Outline();
    outline.moveTo(left, top);
    outline.lineTo(left + width, top);
    outline.lineTo(left + width, top + height);
    outline.lineTo(left, top + height);
    return outline.close();
  }

  /** Its edges, each {@code fromX, fromY, toX, toY}. */
  List<double[]> edges() {
    return edges;
  }
}
