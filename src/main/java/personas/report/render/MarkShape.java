package personas.report.render;

import java.awt.geom.Path2D;
import java.util.Locale;

/** The shapes of marks: polygons of about the same area around the origin; y points down. */
enum MarkShape {
  CIRCLE(regular(24, 1.0, 0)),
  SQUARE(regular(4, 1.25, 45)),
  TRIANGLE(regular(3, 1.4, -90)),
  DIAMOND(regular(4, 1.3, 0)),
  CROSS(plus(45)),
  TRIANGLE_DOWN(regular(3, 1.4, 90)),
  PLUS(plus(0)),
  STAR(star(5, 1.45, 0.62, -90)),
  HEXAGON(regular(6, 1.12, 0)),
  TRIANGLE_LEFT(regular(3, 1.4, 180)),
  PENTAGON(regular(5, 1.18, -90)),
  TRIANGLE_RIGHT(regular(3, 1.4, 0));

  // The array never leaves this class, so no caller can change it.
  @SuppressWarnings("ImmutableEnumChecker")
  private final double[][] outline;

  MarkShape(double[][] outline) {
    this.outline = outline;
  }

  /** Returns the shape around a point. */
  Path2D outline(double x, double y, double radius) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    path.moveTo(x + radius * outline[0][0], y + radius * outline[0][1]);
    for (double[] corner : outline) {
      path.lineTo(x + radius * corner[0], y + radius * corner[1]);
    }
    path.closePath();
    return path;
  }

  /** Returns the outline as JSON, {@code [[x,y],…]} with three decimal places. */
  String json() {
    StringBuilder json = new StringBuilder("[");
    for (double[] corner : outline) {
      json.append(json.length() > 1 ? "," : "");
      json.append(String.format(Locale.ROOT, "[%.3f,%.3f]", corner[0], corner[1]));
    }
    return json.append(']').toString();
  }

  private static double[][] regular(int corners, double radius, double degrees) {
    double[][] outline = new double[corners][];
    for (int i = 0; i < corners; i++) {
      outline[i] = polar(radius, degrees + 360.0 * i / corners);
    }
    return outline;
  }

  private static double[][] star(int points, double radius, double inner, double degrees) {
    double[][] outline = new double[2 * points][];
    for (int i = 0; i < outline.length; i++) {
      outline[i] = polar(i % 2 == 0 ? radius : inner, degrees + 180.0 * i / points);
    }
    return outline;
  }

  private static double[][] plus(double degrees) {
    double arm = 1.37;
    double tip = StrictMath.toDegrees(StrictMath.atan2(0.42, 1.3));
    double[][] outline = new double[12][];
    for (int i = 0; i < 4; i++) {
      double middle = degrees + 90.0 * i;
      outline[3 * i] = polar(arm, middle - tip);
      outline[3 * i + 1] = polar(arm, middle + tip);
      outline[3 * i + 2] = polar(0.42 * StrictMath.sqrt(2), middle + 45);
    }
    return outline;
  }

  private static double[] polar(double radius, double degrees) {
    double angle = StrictMath.toRadians(degrees);
    return new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
  }
}
