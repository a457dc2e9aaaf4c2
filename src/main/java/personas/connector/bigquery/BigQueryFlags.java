package personas.connector.bigquery;

import org.apache.beam.sdk.options.PipelineOptions;
import personas.spec.SegmentationSpec;
import personas.spec.connection.BigQueryInput;
import personas.spec.connection.BigQueryTable;

/**
 * Checks the flags of a run that uses BigQuery. This is a class of its own, so that a run without
 * BigQuery does not load the libraries of Google Cloud.
 */
public final class BigQueryFlags {
  private BigQueryFlags() {}

  /**
   * Refuses flags with which BigQuery cannot be used.
   *
   * @throws IllegalArgumentException names the flag, its value and what is allowed
   */
  public static void check(SegmentationSpec spec, String output, PipelineOptions options) {
    if (BigQueryClient.project(options) == null) {
      throw new IllegalArgumentException(
          "--project: missing; name the Google Cloud project that pays for the jobs of BigQuery");
    }
    if (!BigQueryClient.usesRealService(options)) {
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
              + ", so name a folder in gs://");
    }
  }
}
