package personas.kmeans.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A metric of a clustering, with all that tables, JSON, report and glossary say about it.
 *
 * @param <C> what the metric is computed from
 * @param id key in JSON, in camel case
 * @param title name for readers
 * @param definition what the metric measures, one sentence without a full stop
 * @param scale how to read its values
 * @param value computes the value; returns null where the metric is not defined
 */
public record Metric<C>(
    String id, String title, String definition, Scale scale, Function<C, Double> value) {

  /** Which values of a metric are better if clusterings of the same users are compared. */
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

  /** The name of the metric's column in a CSV table: the id in snake case. */
  public String column() {
    return id.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** The definition for a glossary, with the direction of the scale, as a sentence. */
  public String sentence() {
    return definition
        + switch (scale.betterIs()) {
          case LARGER -> ": larger is better.";
          case SMALLER -> ": smaller is better.";
          case NEITHER -> ".";
        };
  }

  /**
   * Computes all metrics of a list.
   *
   * @param metrics the list
   * @param of what the metrics are computed from
   * @return the values by id, in the order of the list; null where a metric is not defined
   */
  public static <C> Map<String, Double> values(List<Metric<C>> metrics, C of) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.id(), metric.value().apply(of)));
    return Collections.unmodifiableMap(values);
  }

  /**
   * Brings values that were read from a file into the order of a list.
   *
   * @param metrics the list
   * @param read returns the value of an id, null if the file has none
   * @return the values by id, in the order of the list
   */
  public static <C> Map<String, Double> read(
      List<Metric<C>> metrics, Function<String, Double> read) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.id(), read.apply(metric.id())));
    return Collections.unmodifiableMap(values);
  }
}
