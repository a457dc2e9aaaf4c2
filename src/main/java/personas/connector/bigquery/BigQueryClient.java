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
import personas.spec.connection.BigQueryTable;

/** Reaches BigQuery, with the credentials of the process. */
public final class BigQueryClient {
  /** Which BigQuery: the service itself unless something stands in for it. */
  public interface Access extends PipelineOptions {
    @Hidden
    @Default.Class(BigQueryServicesImpl.class)
    Class<? extends BigQueryServices> getBigQueryServices();

    void setBigQueryServices(Class<? extends BigQueryServices> services);
  }

  /** What is asked of the service. */
  interface Question<T> {
    T ask(JobService jobs, DatasetService datasets) throws IOException, InterruptedException;
  }

  private BigQueryClient() {}

  /** Whether it is the service itself, which sees files in {@code gs://} only. */
  public static boolean isTheService(PipelineOptions options) {
    return options.as(Access.class).getBigQueryServices() == BigQueryServicesImpl.class;
  }

  /** The project that jobs are charged to; null where the options name none. */
  public static String project(PipelineOptions options) {
    BigQueryOptions own = options.as(BigQueryOptions.class);
    return own.getBigQueryProject() != null ? own.getBigQueryProject() : own.getProject();
  }

  static BigQueryServices services(PipelineOptions options) {
    return InstanceBuilder.ofType(BigQueryServices.class)
        .fromClass(options.as(Access.class).getBigQueryServices())
        .build();
  }

  /** A table as the service knows it; without a project of its own it is of that of the options. */
  static TableReference reference(BigQueryTable table, PipelineOptions options) {
    return new TableReference()
        .setProjectId(table.project() != null ? table.project() : project(options))
        .setDatasetId(table.dataset())
        .setTableId(table.table());
  }

  /**
   * Asks the service.
   *
   * @param name begins the message of a failure
   */
  static <T> T ask(String name, PipelineOptions options, Question<T> question) throws IOException {
    BigQueryOptions own = options.as(BigQueryOptions.class);
    BigQueryServices services = services(options);
    JobService jobs = services.getJobService(own);
    DatasetService datasets = services.getDatasetService(own);
    try {
      return question.ask(jobs, datasets);
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
      // It has answered, or what failed is on its way.
    }
  }
}
