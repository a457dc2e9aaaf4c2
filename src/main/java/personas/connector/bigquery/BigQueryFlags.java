package personas.connector.bigquery;

import org.apache.beam.sdk.options.PipelineOptions;
import personas.spec.SegmentationSpec;
import personas.spec.connection.BigQueryInput;
import personas.spec.connection.BigQueryTable;

/** Kept apart, so that nothing of Google Cloud is loaded where no spec names BigQuery. */
public final class BigQueryFlags {
  private BigQueryFlags() {}

  /**
   * Refuses flags that BigQuery cannot be used with.
   *
   * @throws IllegalArgumentException names the flag, its value and what is allowed
   */
  public static void check(SegmentationSpec spec, String output, PipelineOptions options) {
    if (BigQueryClient.project(options) == null) {
      throw new IllegalArgumentException(
          "--project: missing; the jobs of BigQuery are charged to it");
    }
    if (!BigQueryClient.isTheService(options)) {
      return;
    }
    if (spec.input().source() instanceof BigQueryInput) {
      checkBucket("tempLocation", options.getTempLocation(), "input.bigquery is exported there");
    }
    if (spec.output().target(BigQueryTable.class).isPresent()) {
      checkBucket("output", output, "output.bigquery is loaded from there");
    }
  }

  private static void checkBucket(String flag, String value, String why) {
    if (value == null || !value.startsWith("gs://")) {
      throw new IllegalArgumentException(
          "--"
              + flag
              + ": "
              + (value == null ? "missing" : value)
              + "; "
              + why
              + ", so it is a"
              + " folder in gs://");
    }
  }
}
