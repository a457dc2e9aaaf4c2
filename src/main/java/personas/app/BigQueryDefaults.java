package personas.app;

import org.apache.beam.sdk.options.PipelineOptions;
import personas.connector.bigquery.BigQueryClient;
import personas.spec.SegmentationSpec;

/** Kept apart, so that nothing of Google Cloud is loaded where no spec names BigQuery. */
final class BigQueryDefaults {
  private BigQueryDefaults() {}

  /** Refuses flags that BigQuery cannot be used with. */
  static void check(SegmentationSpec spec, String output, PipelineOptions options)
      throws UsageException {
    if (BigQueryClient.project(options) == null) {
      throw new UsageException("--project: missing; the jobs of BigQuery are charged to it");
    }
    if (!BigQueryClient.isTheService(options)) {
      return;
    }
    if (spec.input().bigquery() != null) {
      checkBucket("tempLocation", options.getTempLocation(), "input.bigquery is exported there");
    }
    if (spec.output().bigquery() != null) {
      checkBucket("output", output, "output.bigquery is loaded from there");
    }
  }

  private static void checkBucket(String flag, String value, String why) throws UsageException {
    if (value == null || !value.startsWith("gs://")) {
      throw new UsageException(
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
