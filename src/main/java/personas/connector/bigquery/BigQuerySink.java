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
import personas.table.TableColumn;
import personas.table.ledger.BadInputException;

/**
 * Replaces one table of BigQuery by the assignments of a run, and another table by the lists of
 * each persona's users. One load job for each table loads the Avro files that the run wrote. A load
 * job is atomic and can be repeated. A table that does not exist is created.
 */
final class BigQuerySink implements ResultSink {
  private final SegmentationSpec spec;
  private final BigQueryTable target;
  private final AssignmentColumns assignments;
  private final String jobId;

  /**
   * Creates the sink of a run whose spec names a table. The load jobs have the same names if a step
   * is retried, so a retry finds the load job of the first attempt.
   */
  BigQuerySink(BigQueryTable target, SinkRequest request) {
    this.spec = request.spec();
    this.target = target;
    this.assignments = request.columns();
    this.jobId = "beam_personas_" + request.runName().replaceAll("[^A-Za-z0-9_-]", "_");
  }

  @Override
  public String name() {
    return "The BigQuery table " + target.dataset() + "." + target.table();
  }

  @Override
  public void checkFlags(String output, PipelineOptions options) {
    BigQueryFlags.checkProject(options);
    BigQueryFlags.checkBucket("output", output, "output.bigquery is loaded from there", options);
  }

  /** Refuses a dataset that does not exist. */
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
    return BigQueryClient.call(
        target.name(),
        options,
        (jobs, datasets) -> datasets.getDataset(table.getProjectId(), table.getDatasetId()));
  }

  @Override
  public void write(List<String> files, PipelineOptions options) throws IOException {
    load(target, assignments, files, options);
    if (spec.output().sendsListsTo(BigQuerySourceKey.NAME)) {
      BigQueryTable audiences =
          new BigQueryTable(
              target.project(), target.dataset(), AudienceTarget.table(target.table()));
      load(audiences, AssignmentColumns.ofAudiences(spec), files, options);
    }
  }

  /** Loads the files of one table. */
  private void load(
      BigQueryTable target, AssignmentColumns columns, List<String> files, PipelineOptions options)
      throws IOException {
    JobConfigurationLoad load =
        new JobConfigurationLoad()
            .setDestinationTable(BigQueryClient.reference(target, options))
            .setSchema(schema(columns.columns()))
            .setSourceFormat("AVRO")
            // The client's model clones the list, and an immutable list cannot be cloned.
            .setSourceUris(new ArrayList<>(columns.filesOf(files)))
            .setCreateDisposition("CREATE_IF_NEEDED")
            .setWriteDisposition("WRITE_TRUNCATE");
    JobReference reference =
        new JobReference()
            .setProjectId(BigQueryClient.project(options))
            .setLocation(dataset(target, options).getLocation())
            .setJobId(jobId + "_" + columns.content());
    Job job =
        BigQueryClient.call(
            target.name(),
            options,
            (jobs, datasets) -> {
              jobs.startLoadJob(reference, load);
              return jobs.pollJob(reference, Integer.MAX_VALUE);
            });
    checkLoaded(target, reference, job);
  }

  private static void checkLoaded(BigQueryTable target, JobReference reference, Job job)
      throws IOException {
    ErrorProto error = job == null ? null : job.getStatus().getErrorResult();
    if (job == null || error != null) {
      throw new IOException(
          target.name()
              + " was not changed: "
              + (error == null
                  ? "job " + reference.getJobId() + " does not exist"
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
