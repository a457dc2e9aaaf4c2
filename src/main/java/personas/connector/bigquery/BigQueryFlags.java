package personas.connector.bigquery;

import org.apache.beam.sdk.options.PipelineOptions;

/** Checks the flags of a run that uses BigQuery. */
final class BigQueryFlags {
  private BigQueryFlags() {}

  /**
   * Refuses flags that do not name a project.
   *
   * @throws IllegalArgumentException names the flag and what is missing
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
   * @param why the reason for the message
   * @throws IllegalArgumentException names the flag, its value and what is allowed
   */
  static void checkBucket(String flag, String value, String why, PipelineOptions options) {
    if (BigQueryClient.usesRealService(options) && (value == null || !value.startsWith("gs://"))) {
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
