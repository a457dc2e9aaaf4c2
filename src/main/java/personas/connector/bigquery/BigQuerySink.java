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
import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.model.assignment.AssignmentColumns;
import personas.spec.AudienceTarget;
import personas.spec.SegmentationSpec;
import personas.spec.connection.BigQueryTable;
import personas.table.TableColumn;
import personas.table.ledger.BadInputException;

/**
 * Replaces tables of BigQuery by the assignments of a run and by the lists of its personas, each in
 * one load job of the Avro files that the run wrote: a table has all of it or is as it was before,
 * and doing it again changes nothing. A table is made where it is not there.
 */
public final class BigQuerySink implements ResultSink {
  private final SegmentationSpec spec;
  private final BigQueryTable target;
  private final AssignmentColumns assignments;
  private final String jobId;

  /**
   * The sink of a run whose spec names a table. A step that is tried again asks for the load job of
   * the same name, which is there already.
   */
  public BigQuerySink(BigQueryTable target, SinkRequest request) {
    this.spec = request.spec();
    this.target = target;
    this.assignments = request.columns();
    this.jobId = "beam_personas_" + request.runName().replaceAll("[^A-Za-z0-9_-]", "_");
  }

  @Override
  public String name() {
    return "The BigQuery table " + target.dataset() + "." + target.table();
  }

  /** Refuses a dataset that is not there. */
  @Override
  public void check(PipelineOptions options) throws IOException {
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

  @Override
  public void write(List<String> files, PipelineOptions options) throws IOException {
    load(target, assignments, files, options);
    if (spec.output().audiences() == AudienceTarget.BIGQUERY) {
      BigQueryTable audiences =
          new BigQueryTable(
              target.project(), target.dataset(), AudienceTarget.table(target.table()));
      load(audiences, AssignmentColumns.ofAudiences(spec), files, options);
    }
  }

  /** Loads the files of a table. */
  private void load(
      BigQueryTable target, AssignmentColumns columns, List<String> files, PipelineOptions options)
      throws IOException {
    // Lists that the client's model can clone.
    List<String> loaded = new ArrayList<>(columns.filesOf(files));
    JobConfigurationLoad load =
        new JobConfigurationLoad()
            .setDestinationTable(BigQueryClient.reference(target, options))
            .setSchema(schema(columns.columns()))
            .setSourceFormat("AVRO")
            .setSourceUris(loaded)
            .setCreateDisposition("CREATE_IF_NEEDED")
            .setWriteDisposition("WRITE_TRUNCATE");
    JobReference reference =
        new JobReference()
            .setProjectId(BigQueryClient.project(options))
            .setLocation(dataset(target, options).getLocation())
            .setJobId(jobId + "_" + columns.content());
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
              + (error == null
                  ? "job " + reference.getJobId() + " is not there"
                  : error.getMessage()));
    }
  }

  private static TableSchema schema(List<TableColumn> columns) {
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
