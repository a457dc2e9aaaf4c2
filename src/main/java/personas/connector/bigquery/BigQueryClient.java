package personas.connector.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.bigquery.model.TableReference;
import java.io.IOException;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryOptions;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices.DatasetService;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices.JobService;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServicesImpl;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.InstanceBuilder;

/** Calls BigQuery with the credentials of the process. */
public final class BigQueryClient {
  /** The option by which a test replaces the BigQuery service. */
  public interface Access extends PipelineOptions {
    @Hidden
    @Default.Class(BigQueryServicesImpl.class)
    Class<? extends BigQueryServices> getBigQueryServices();

    void setBigQueryServices(Class<? extends BigQueryServices> services);
  }

  /** A call to BigQuery. */
  interface ServiceCall<T> {
    T call(JobService jobs, DatasetService datasets) throws IOException, InterruptedException;
  }

  private BigQueryClient() {}

  /**
   * Returns whether the real service is called. The real service reads and writes files in {@code
   * gs://} only.
   */
  static boolean usesRealService(PipelineOptions options) {
    return options.as(Access.class).getBigQueryServices() == BigQueryServicesImpl.class;
  }

  /** Returns the project that jobs are charged to, or null if the options do not name a project. */
  public static String project(PipelineOptions options) {
    BigQueryOptions bigQuery = options.as(BigQueryOptions.class);
    return bigQuery.getBigQueryProject() != null
        ? bigQuery.getBigQueryProject()
        : bigQuery.getProject();
  }

  static BigQueryServices services(PipelineOptions options) {
    return InstanceBuilder.ofType(BigQueryServices.class)
        .fromClass(options.as(Access.class).getBigQueryServices())
        .build();
  }

  /**
   * Returns the reference of a table. A table without a project belongs to the project of the
   * options.
   */
  static TableReference reference(BigQueryTable table, PipelineOptions options) {
    return new TableReference()
        .setProjectId(table.project() != null ? table.project() : project(options))
        .setDatasetId(table.dataset())
        .setTableId(table.table());
  }

  /**
   * Calls the service and returns the answer.
   *
   * @param name the name of the table or the query, with which the message of a failure begins
   */
  static <T> T call(String name, PipelineOptions options, ServiceCall<T> request)
      throws IOException {
    BigQueryOptions bigQuery = options.as(BigQueryOptions.class);
    BigQueryServices services = services(options);
    JobService jobs = services.getJobService(bigQuery);
    DatasetService datasets = services.getDatasetService(bigQuery);
    try {
      return request.call(jobs, datasets);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(name + ": interrupted", e);
    } catch (GoogleJsonResponseException e) {
      String message = e.getDetails() == null ? null : e.getDetails().getMessage();
      throw new IOException(name + ": " + (message == null ? e.getMessage() : message), e);
    } finally {
      close(jobs);
      close(datasets);
    }
  }

  private static void close(AutoCloseable service) {
    try {
      service.close();
    } catch (Exception e) {
      // The answer has arrived, or the call has failed with an exception that matters more.
    }
  }
}
