package personas.cli.runner;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricKey;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** The costs of all passes of a run, summed over the counters of Beam in all jobs. */
public final class PassStatistics {
  private static final MetricsFilter PROJECT_METRICS =
      MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("personas")).build();

  private long passes;
  private long shardsLoaded;
  private long shardsFromMemory;
  private long distances;
  private long pairs;

  /** The largest number of slots that one process handled at the same time. */
  private long slotsAtWork;

  /** Adds the metrics of a finished job. An engine without metrics adds nothing. */
  void add(PipelineResult job) {
    MetricQueryResults metrics;
    try {
      metrics = job.metrics().queryMetrics(PROJECT_METRICS);
    } catch (UnsupportedOperationException e) {
      return;
    }
    for (MetricResult<DistributionResult> distribution : metrics.getDistributions()) {
      if (distribution.getName().getName().equals("slots_at_work")) {
        slotsAtWork = Math.max(slotsAtWork, distribution.getAttempted().getMax());
      }
    }
    byStep(metrics.getCounters())
        .forEach(
            (key, count) -> {
              switch (key.metricName().getName()) {
                case "full_passes" -> passes += count;
                case "shards_loaded" -> shardsLoaded += count;
                case "shard_cache_hits" -> shardsFromMemory += count;
                case "distances_computed" -> distances += count;
                case "pairs_of_point_and_centroid" -> pairs += count;
                default -> {
                  // Counters of records and users are not shown, because the results have them.
                }
              }
            });
  }

  /**
   * Returns the value of each counter in each step. A job server reports each counter twice, as
   * attempted and as committed; the larger value is the attempted one.
   */
  private static Map<MetricKey, Long> byStep(Iterable<MetricResult<Long>> counters) {
    Map<MetricKey, Long> byStep = new HashMap<>();
    for (MetricResult<Long> counter : counters) {
      byStep.merge(counter.getKey(), counter.getAttempted(), Math::max);
    }
    return byStep;
  }

  /** Returns the costs as one line for people; an empty text if no pass was counted. */
  public String line() {
    return passes == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d full pass%s; shards: %,d from memory, %,d read from staging;"
                + " distances: %,d for %,d pairs of a user and a centroid;"
                + " slots at the same time in one process: %,d",
            passes,
            passes == 1 ? "" : "es",
            shardsFromMemory,
            shardsLoaded,
            distances,
            pairs,
            slotsAtWork);
  }
}
