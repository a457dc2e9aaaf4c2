package personas.cli.runner;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricKey;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** What the passes of all jobs of a run cost, by Beam's counters. */
public final class PassStatistics {
  private static final MetricsFilter OURS =
      MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("personas")).build();

  private long passes;
  private long loaded;
  private long hits;
  private long distances;
  private long pairs;

  /** Adds those of a job that has ended; an engine that keeps no counters adds nothing. */
  void add(PipelineResult job) {
    Iterable<MetricResult<Long>> counters;
    try {
      counters = job.metrics().queryMetrics(OURS).getCounters();
    } catch (UnsupportedOperationException e) {
      return;
    }
    byStep(counters)
        .forEach(
            (key, count) -> {
              switch (key.metricName().getName()) {
                case "full_passes" -> passes += count;
                case "shards_loaded" -> loaded += count;
                case "shard_cache_hits" -> hits += count;
                case "distances_computed" -> distances += count;
                case "pairs_of_point_and_centroid" -> pairs += count;
                default -> {
                  // Of records and users the results say more.
                }
              }
            });
  }

  /**
   * Step and name → count. A job server reports each counter twice, once as attempted and once as
   * committed; the larger one is what was attempted.
   */
  private static Map<MetricKey, Long> byStep(Iterable<MetricResult<Long>> counters) {
    Map<MetricKey, Long> byStep = new HashMap<>();
    for (MetricResult<Long> counter : counters) {
      byStep.merge(counter.getKey(), counter.getAttempted(), Math::max);
    }
    return byStep;
  }

  /** One line; empty where no pass was counted. */
  public String line() {
    return passes == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d full pass%s; shards: %,d from memory, %,d read from staging;"
                + " distances: %,d for %,d pairs of a user and a centroid",
            passes,
            passes == 1 ? "" : "es",
            hits,
            loaded,
            distances,
            pairs);
  }
}
