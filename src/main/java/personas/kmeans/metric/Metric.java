package personas.kmeans.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import personas.math.Require;

/**
 * A metric of a clustering, with its names and texts for tables, JSON, report and glossary.
 *
 * @param <C> the type of the values from which the metric is computed
 * @param id the key in JSON, in camel case
 * @param title the name for readers
 * @param definition a definition for readers, without a full stop at the end
 * @param scale how to read the values
 * @param value computes the value; returns null if the metric is not defined
 */
public record Metric<C>(
    String id, String title, String definition, Scale scale, Function<C, Double> value) {
  public Metric {
    Require.notEmpty("id", id);
    Require.notEmpty("title", title);
    Require.notEmpty("definition", definition);
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(value, "value");
  }

  /** Which values of a metric are better, among clusterings of the same users. */
  public enum Better {
    LARGER,
    SMALLER,
    /** The value alone does not tell which clustering is better. */
    NEITHER
  }

  /** How the report writes the values of a metric. */
  public enum Format {
    /** A share of 0 to 1, in percent. */
    PERCENT,
    /** Two decimals. */
    TWO,
    /** Three significant digits. */
    RAW
  }

  /**
   * How to read the values of a metric.
   *
   * @param betterIs which values are better
   * @param format how the report writes them
   */
  public record Scale(Better betterIs, Format format) {}

  /** Returns the name of the column in a CSV table: the id in snake case. */
  public String column() {
    return id.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Returns the definition and the direction of the scale as sentences for the glossary. */
  public String sentence() {
    return definition
        + switch (scale.betterIs()) {
          case LARGER -> ". Larger is better.";
          case SMALLER -> ". Smaller is better.";
          case NEITHER -> ".";
        };
  }

  /**
   * Computes all metrics of a list.
   *
   * @param metrics the list
   * @param measured the values from which the metrics are computed
   * @return the values by id, in the order of the list; null for a metric that is not defined
   */
  public static <C> Map<String, Double> values(List<Metric<C>> metrics, C measured) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.id(), metric.value().apply(measured)));
    return Collections.unmodifiableMap(values);
  }

  /**
   * Returns values that were read from a file, in the order of a list of metrics.
   *
   * @param metrics the list
   * @param read returns the value of an id; null if the file does not have it
   * @return the values by id, in the order of the list
   */
  public static <C> Map<String, Double> read(
      List<Metric<C>> metrics, Function<String, Double> read) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.id(), read.apply(metric.id())));
    return Collections.unmodifiableMap(values);
  }
}
