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

  /** The edges of the area with the marks; the left edge is {@link #left}. */
  static final double TOP = 112;

  static final double BOTTOM = HEIGHT - 62;

  static final double RIGHT = 684;

  static final double TEXT_SIZE = 13;
  static final double SMALL_TEXT_SIZE = 11.5;

  private static final double LEGEND_LEFT = 724;
  private static final double MARGIN = 36;
  private static final double LEGEND_NUMBER_LEFT = LEGEND_LEFT + 20;

  /** The minimum distance between two rows of the legend. */
  private static final double MIN_ROW_DISTANCE = 30;

  /**
   * A line of text.
   *
   * @param x position of the left end
   * @param y position of the baseline
   * @param size height of the letters
   * @param isDark whether the text has the dark color of headings; notes are lighter
   */
  record Text(String text, double x, double y, double size, boolean isDark) {}

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
    addTitle();
    addHorizontalTicks();
    addVerticalTicks();
    addAxisTitles();
    addMarks();
    addLegend();
  }

  private Axis axis(int feature) {
    Feature plotted = data.features().get(feature);
    return plotted.skewed() ? plotted.log() : plotted.linear();
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
        .mapToDouble(tick -> Glyphs.width(tick.label(), SMALL_TEXT_SIZE))
        .max()
        .orElse(0);
  }

  /** Returns the horizontal position of a raw value; a value beyond the axis lies at the end. */
  double x(double value) {
    return left + clamp(xAxis.position(value)) * (RIGHT - left);
  }

  /** Returns the vertical position of a raw value; a value beyond the axis lies at the end. */
  double y(double value) {
    return BOTTOM - clamp(yAxis.position(value)) * (BOTTOM - TOP);
  }

  private static double clamp(double position) {
    return Math.max(0, Math.min(1, position));
  }

  private void addTitle() {
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
    int markedUsers = data.sample().points();
    String note =
        (markedUsers == users
                ? "One mark is one user"
                : String.format(
                    Locale.ROOT, "One mark is one of %,d evenly chosen users", markedUsers))
            + "; the large marks are the centroids.";
    texts.add(new Text(title, MARGIN, 50, 24, true));
    texts.add(new Text(note, MARGIN, 72, TEXT_SIZE, false));
  }

  private void addHorizontalTicks() {
    double previous = Double.NEGATIVE_INFINITY;
    for (Axis.Tick tick : xAxis.ticks()) {
      double halfWidth = Glyphs.width(tick.label(), SMALL_TEXT_SIZE) / 2;
      if (x(tick.at()) - halfWidth >= previous + 8) {
        grid.add(new Line(x(tick.at()), TOP, x(tick.at()), BOTTOM));
        texts.add(
            new Text(tick.label(), x(tick.at()) - halfWidth, BOTTOM + 18, SMALL_TEXT_SIZE, false));
        previous = x(tick.at()) + halfWidth;
      }
    }
  }

  private void addVerticalTicks() {
    double previous = Double.POSITIVE_INFINITY;
    for (Axis.Tick tick : yAxis.ticks()) {
      if (y(tick.at()) <= previous - 16) {
        grid.add(new Line(left, y(tick.at()), RIGHT, y(tick.at())));
        double width = Glyphs.width(tick.label(), SMALL_TEXT_SIZE);
        texts.add(
            new Text(tick.label(), left - 10 - width, y(tick.at()) + 4, SMALL_TEXT_SIZE, false));
        previous = y(tick.at());
      }
    }
  }

  private void addAxisTitles() {
    Scatter scatter = data.scatter();
    String titleX = featureName(scatter.x(), xAxis);
    titleX = Glyphs.lines(titleX, TEXT_SIZE, RIGHT - left, 1).get(0);
    double width = Glyphs.width(titleX, TEXT_SIZE);
    texts.add(new Text(titleX, RIGHT - width, BOTTOM + 42, TEXT_SIZE, true));
    String titleY = scatter.y() == null ? "Persona" : featureName(scatter.y(), yAxis);
    texts.add(
        new Text(
            Glyphs.lines(titleY, TEXT_SIZE, RIGHT - MARGIN, 1).get(0),
            MARGIN,
            TOP - 12,
            TEXT_SIZE,
            true));
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

  private void addMarks() {
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
    for (int persona = 0; persona < k; persona++) {
      List<Double> means = data.personas().get(persona).mean();
      Double meanX = means.get(scatter.x());
      Double meanY = scatter.y() == null ? (Double) (k - 1.0 - persona) : means.get(scatter.y());
      if (meanX != null && meanY != null) {
        centroids.add(new Mark(persona, x(meanX), y(meanY)));
      }
    }
  }

  private void addLegend() {
    int k = data.personas().size();
    int maxRows = (int) ((BOTTOM - TOP) / MIN_ROW_DISTANCE);
    // If not all personas fit, the last row says how many are missing.
    int shownPersonas = k <= maxRows ? k : maxRows - 1;
    int maxLines = k <= 4 ? 3 : k <= 7 ? 2 : 1;
    double textLeft = LEGEND_NUMBER_LEFT + (k > 10 ? 24 : 16);
    double y = TOP + 10;
    for (int persona = 0; persona < shownPersonas; persona++) {
      legend.add(new Mark(persona, LEGEND_LEFT + 6, y - 4.5));
      Persona named = data.personas().get(persona);
      String name = writable(named.name()) ? named.name() : "Persona " + persona;
      texts.add(new Text(String.valueOf(persona), LEGEND_NUMBER_LEFT, y, TEXT_SIZE, true));
      for (String line : Glyphs.lines(name, TEXT_SIZE, WIDTH - MARGIN - textLeft, maxLines)) {
        texts.add(new Text(line, textLeft, y, TEXT_SIZE, true));
        y += 17;
      }
      String size =
          named.users() == null
              ? "few users"
              : String.format(Locale.ROOT, "%.1f%% · %,d", 100 * named.share(), named.users());
      texts.add(new Text(size, textLeft, y - 2, SMALL_TEXT_SIZE, false));
      y += k <= 7 ? 26 : MIN_ROW_DISTANCE - 17;
    }
    if (shownPersonas < k) {
      texts.add(new Text("and " + (k - shownPersonas) + " more", textLeft, y, TEXT_SIZE, false));
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
