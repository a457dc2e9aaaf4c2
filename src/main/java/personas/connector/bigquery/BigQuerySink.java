package personas.connector.bigquery;

import static java.util.stream.Collectors.toCollection;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.model.score.AssignmentColumns;
import personas.spec.BigQueryTable;
import personas.table.TableColumn;
import personas.table.ledger.BadInputException;

/**
 * Replaces a table of BigQuery by the assignments of a run, in one load job of the Avro files that
 * the run wrote: the table has all of it or is as it was before, and doing it again changes
 * nothing. The table is made where it is not there.
 */
public final class BigQuerySink {
  private final BigQueryTable target;
  private final List<TableColumn> columns;
  private final String jobId;

  /**
   * The sink of a run.
   *
   * @param runName no other run has it: a step that is tried again asks for the same load job,
   *     which is there already
   */
  public BigQuerySink(BigQueryTable target, AssignmentColumns assignments, String runName) {
    this.target = target;
    this.columns = assignments.columns();
    this.jobId = "beam_personas_" + runName.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /**
   * Refuses a dataset that is not there, before a job starts.
   *
   * @throws BadInputException names the table
   */
  public static void check(BigQueryTable target, PipelineOptions options) throws IOException {
    try {
      dataset(target, options);
    } catch (IOException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private static Dataset dataset(BigQueryTable target, PipelineOptions options) throws IOException {
    TableReference table = BigQueryClient.reference(target, options);
    return BigQueryClient.ask(
        target.name(),
        options,
        (jobs, datasets) -> datasets.getDataset(table.getProjectId(), table.getDatasetId()));
  }

  /**
   * Loads files and waits until they are in the table.
   *
   * @param files of the run; those that are no assignments are left alone
   * @throws IOException names the table and what BigQuery says of the files
   */
  public void write(List<String> files, PipelineOptions options) throws IOException {
    // Lists that the client's model can clone.
    List<String> assignments =
        files.stream()
            .filter(file -> file.substring(file.lastIndexOf('/') + 1).startsWith("assignments-"))
            .sorted()
            .collect(toCollection(ArrayList::new));
    JobConfigurationLoad load =
        new JobConfigurationLoad()
            .setDestinationTable(BigQueryClient.reference(target, options))
            .setSchema(schema())
            .setSourceFormat("AVRO")
            .setSourceUris(assignments)
            .setCreateDisposition("CREATE_IF_NEEDED")
            .setWriteDisposition("WRITE_TRUNCATE");
    JobReference reference =
        new JobReference()
            .setProjectId(BigQueryClient.project(options))
            .setLocation(dataset(target, options).getLocation())
            .setJobId(jobId);
    Job job =
        BigQueryClient.ask(
            target.name(),
            options,
            (jobs, datasets) -> {
              jobs.startLoadJob(reference, load);
              return jobs.pollJob(reference, Integer.MAX_VALUE);
            });
    ErrorProto error = job == null ? null : job.getStatus().getErrorResult();
    if (job == null || error != null) {
      throw new IOException(
          target.name()
              + " stays as it was: "
              + (error == null ? "job " + jobId + " is not there" : error.getMessage()));
    }
  }

  private TableSchema schema() {
    return new TableSchema()
        .setFields(
            columns.stream()
                .map(column -> new TableFieldSchema().setName(column.name()).setType(type(column)))
                .collect(toCollection(ArrayList::new)));
  }

  private static String type(TableColumn column) {
    return switch (column.type()) {
      case TEXT -> "STRING";
      case INTEGER -> "INTEGER";
      case DOUBLE -> "FLOAT";
      case BOOLEAN -> "BOOLEAN";
    };
  }
}
