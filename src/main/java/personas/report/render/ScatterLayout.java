package personas.report.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import personas.report.data.Axis;
import personas.report.data.ReportData;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportData.Scatter;

/**
 * The layout of {@code customer_clusters.png}: the position of each text, line and mark, in points
 * of a picture of {@link #WIDTH} × {@link #HEIGHT}; y points down. {@link ScatterPicture} draws it.
 */
final class ScatterLayout {
  static final int WIDTH = 960;
  static final int HEIGHT = 540;

  static final double TOP = 112;
  static final double BOTTOM = HEIGHT - 62;
  static final double RIGHT = 684;
  static final double TEXT = 13;
  static final double SMALL = 11.5;

  private static final double LEGEND = 724;
  private static final double MARGIN = 36;
  private static final double LEGEND_NUMBER = LEGEND + 20;

  /** The minimum distance between two rows of the legend. */
  private static final double MIN_ROW_DISTANCE = 30;

  /**
   * A line of text.
   *
   * @param x position of the left end
   * @param y position of the baseline
   * @param size height of the letters
   * @param strong whether the text is dark; notes are lighter
   */
  record Text(String text, double x, double y, double size, boolean strong) {}

  /** A mark of a persona. */
  record Mark(int persona, double x, double y) {}

  /** A straight line of the grid. */
  record Line(double fromX, double fromY, double toX, double toY) {}

  private final ReportData data;
  private final Axis xAxis;
  private final Axis yAxis;
  private final double left;
  private final List<Text> texts = new ArrayList<>();
  private final List<Line> grid = new ArrayList<>();
  private final List<Mark> points = new ArrayList<>();
  private final List<Mark> centroids = new ArrayList<>();
  private final List<Mark> legend = new ArrayList<>();

  ScatterLayout(ReportData data) {
    this.data = data;
    Scatter scatter = data.scatter();
    xAxis = axis(scatter.x());
    yAxis = scatter.y() == null ? lanes() : axis(scatter.y());
    left = MARGIN + 10 + widestTick();
    title();
    ticks();
    marks();
    names();
  }

  private Axis axis(int feature) {
    Feature shown = data.features().get(feature);
    return shown.skewed() ? shown.log() : shown.linear();
  }

  /** Returns the vertical axis of a single feature: a lane for each persona, the first on top. */
  private Axis lanes() {
    int k = data.personas().size();
    return new Axis(
        -0.5,
        k - 0.5,
        0,
        IntStream.range(0, k)
            .mapToObj(lane -> new Axis.Tick(lane, String.valueOf(k - 1 - lane)))
            .toList());
  }

  private double widestTick() {
    return yAxis.ticks().stream()
        .mapToDouble(tick -> Glyphs.width(tick.label(), SMALL))
        .max()
        .orElse(0);
  }

  double x(double value) {
    return left + clamp(xAxis.position(value)) * (RIGHT - left);
  }

  double y(double value) {
    return BOTTOM - clamp(yAxis.position(value)) * (BOTTOM - TOP);
  }

  private static double clamp(double position) {
    return Math.max(0, Math.min(1, position));
  }

  private void title() {
    long users = data.run().users();
    int k = data.personas().size();
    String title =
        String.format(
            Locale.ROOT,
            "%,d %s in %,d %s",
            users,
            users == 1 ? "user" : "users",
            k,
            k == 1 ? "persona" : "personas");
    int shown = data.sample().points();
    String note =
        (shown == users
                ? "One mark is one user"
                : String.format(Locale.ROOT, "One mark is one of %,d evenly chosen users", shown))
            + "; the large marks are the centroids.";
    texts.add(new Text(title, MARGIN, 50, 24, true));
    texts.add(new Text(note, MARGIN, 72, TEXT, false));
  }

  private void ticks() {
    double previous = Double.NEGATIVE_INFINITY;
    for (Axis.Tick tick : xAxis.ticks()) {
      double half = Glyphs.width(tick.label(), SMALL) / 2;
      if (x(tick.at()) - half >= previous + 8) {
        grid.add(new Line(x(tick.at()), TOP, x(tick.at()), BOTTOM));
        texts.add(new Text(tick.label(), x(tick.at()) - half, BOTTOM + 18, SMALL, false));
        previous = x(tick.at()) + half;
      }
    }
    previous = Double.POSITIVE_INFINITY;
    for (Axis.Tick tick : yAxis.ticks()) {
      if (y(tick.at()) <= previous - 16) {
        grid.add(new Line(left, y(tick.at()), RIGHT, y(tick.at())));
        double width = Glyphs.width(tick.label(), SMALL);
        texts.add(new Text(tick.label(), left - 10 - width, y(tick.at()) + 4, SMALL, false));
        previous = y(tick.at());
      }
    }
    Scatter scatter = data.scatter();
    String titleX = featureName(scatter.x(), xAxis);
    titleX = Glyphs.lines(titleX, TEXT, RIGHT - left, 1).get(0);
    double width = Glyphs.width(titleX, TEXT);
    texts.add(new Text(titleX, RIGHT - width, BOTTOM + 42, TEXT, true));
    String titleY = scatter.y() == null ? "Persona" : featureName(scatter.y(), yAxis);
    texts.add(
        new Text(
            Glyphs.lines(titleY, TEXT, RIGHT - MARGIN, 1).get(0), MARGIN, TOP - 12, TEXT, true));
  }

  /** Returns the label of a feature, or its number if the glyphs do not cover the label. */
  private String featureName(int feature, Axis axis) {
    String label = data.features().get(feature).label();
    String name = writable(label) ? label : "Feature " + (feature + 1);
    return axis.unit() > 0 ? name + " (log)" : name;
  }

  private static boolean writable(String text) {
    return !text.isBlank() && Glyphs.covers(text);
  }

  private void marks() {
    Scatter scatter = data.scatter();
    int k = data.personas().size();
    for (int i = 0; i < scatter.cluster().size(); i++) {
      int persona = scatter.cluster().get(i);
      Double valueX = scatter.raw().get(scatter.x()).get(i);
      Double valueY =
          scatter.y() == null
              ? (Double) (k - 1 - persona + Jitter.of(i))
              : scatter.raw().get(scatter.y()).get(i);
      if (valueX != null && valueY != null) {
        points.add(new Mark(persona, x(valueX), y(valueY)));
      }
    }
    for (int place = 0; place < k; place++) {
      Persona persona = data.personas().get(place);
      Double meanX = persona.mean().get(scatter.x());
      Double meanY =
          scatter.y() == null ? (Double) (k - 1.0 - place) : persona.mean().get(scatter.y());
      if (meanX != null && meanY != null) {
        centroids.add(new Mark(place, x(meanX), y(meanY)));
      }
    }
  }

  private void names() {
    int k = data.personas().size();
    double room = BOTTOM - TOP;
    int fitting = (int) (room / MIN_ROW_DISTANCE);
    int shown = k <= fitting ? k : fitting - 1;
    int lines = k <= 4 ? 3 : k <= 7 ? 2 : 1;
    double text = LEGEND_NUMBER + (k > 10 ? 24 : 16);
    double y = TOP + 10;
    for (int persona = 0; persona < shown; persona++) {
      legend.add(new Mark(persona, LEGEND + 6, y - 4.5));
      Persona named = data.personas().get(persona);
      String name = writable(named.name()) ? named.name() : "Persona " + persona;
      texts.add(new Text(String.valueOf(persona), LEGEND_NUMBER, y, TEXT, true));
      for (String line : Glyphs.lines(name, TEXT, WIDTH - MARGIN - text, lines)) {
        texts.add(new Text(line, text, y, TEXT, true));
        y += 17;
      }
      String size =
          named.users() == null
              ? "few users"
              : String.format(Locale.ROOT, "%.1f%% · %,d", 100 * named.share(), named.users());
      texts.add(new Text(size, text, y - 2, SMALL, false));
      y += k <= 7 ? 26 : MIN_ROW_DISTANCE - 17;
    }
    if (shown < k) {
      texts.add(new Text("and " + (k - shown) + " more", text, y, TEXT, false));
    }
  }

  double left() {
    return left;
  }

  List<Text> texts() {
    return texts;
  }

  List<Line> grid() {
    return grid;
  }

  List<Mark> points() {
    return points;
  }

  List<Mark> centroids() {
    return centroids;
  }

  List<Mark> legend() {
    return legend;
  }
}
