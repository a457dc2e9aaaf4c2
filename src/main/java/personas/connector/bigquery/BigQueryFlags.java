package personas.connector.bigquery;

import org.apache.beam.sdk.options.PipelineOptions;

/** Checks the flags of a run that uses BigQuery. */
final class BigQueryFlags {
  private BigQueryFlags() {}

  /**
   * Refuses flags that do not name a project.
   *
   * @throws IllegalArgumentException if no flag names a project; the message names the flag
   */
  static void checkProject(PipelineOptions options) {
    if (BigQueryClient.project(options) == null) {
      throw new IllegalArgumentException(
          "--project: missing; name the Google Cloud project that pays for the jobs of BigQuery");
    }
  }

  /**
   * Refuses a folder that the real service does not read or write.
   *
   * @param flag the flag that names the folder
   * @param value the folder; null if the flag is missing
   * @param reason the reason for the message
   * @throws IllegalArgumentException if the folder is not in {@code gs://}; the message names the
   *     flag and the folder
   */
  static void checkBucket(String flag, String value, String reason, PipelineOptions options) {
    if (BigQueryClient.usesRealService(options) && (value == null || !value.startsWith("gs://"))) {
      throw new IllegalArgumentException(
          "--"
              + flag
              + ": "
              + (value == null ? "missing" : value)
              + "; "
              + reason
              + ", so name a folder in gs://");
    }
  }
}
