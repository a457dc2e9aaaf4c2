package personas.cli;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.JobStatus;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.gcp.testing.FakeBigQueryServices;
import org.apache.beam.sdk.io.gcp.testing.FakeDatasetService;
import org.apache.beam.sdk.io.gcp.testing.FakeJobService;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import personas.connector.bigquery.BigQueryClient;

/** Beam's fake of BigQuery, in this process. */
public final class OfflineBigQuery extends FakeBigQueryServices {
  private static final long serialVersionUID = 1;

  static final String PROJECT = "fake-project";
  static final String DATASET = "analytics";
  private static final FakeDatasetService DATASETS = new FakeDatasetService();

  /** The one query that it answers: all rows of the table of this name behind FROM. */
  static final String QUERY = "SELECT * FROM ";

  /** What it says of a load in place of doing it; null while it does them. */
  static volatile String refusal;

  /** Load jobs that were started. */
  static final AtomicInteger LOADS = new AtomicInteger();

  /** Of a class of its own name in the flags. */
  public OfflineBigQuery() {
    withDatasetService(DATASETS);
    withJobService(new Jobs());
  }

  /** An empty one. */
  static void start() throws IOException, InterruptedException {
    PipelineOptionsFactory.register(BigQueryClient.Access.class);
    FakeDatasetService.setUp();
    FakeJobService.setUp();
    DATASETS.createDataset(PROJECT, DATASET, "EU", "", null);
  }

  static List<String> flags(Object tempLocation) {
    return List.of(
        "--bigQueryServices=" + OfflineBigQuery.class.getName(),
        "--project=" + PROJECT,
        "--tempLocation=" + tempLocation);
  }

  private static TableReference reference(String table) {
    return new TableReference().setProjectId(PROJECT).setDatasetId(DATASET).setTableId(table);
  }

  /**
   * Makes a table.
   *
   * @param columns like {@code user_id STRING}
   */
  static void create(String table, List<String> columns, List<TableRow> rows)
      throws IOException, InterruptedException {
    List<TableFieldSchema> fields = new ArrayList<>();
    for (String column : columns) {
      String[] parts = column.split(" ", -1);
      fields.add(new TableFieldSchema().setName(parts[0]).setType(parts[1]).setMode("NULLABLE"));
    }
    DATASETS.createTable(
        new Table()
            .setTableReference(reference(table))
            .setSchema(new TableSchema().setFields(fields)));
    DATASETS.insertAll(reference(table), rows, null);
  }

  static List<TableRow> rows(String table) throws IOException, InterruptedException {
    return DATASETS.getAllRows(PROJECT, DATASET, table);
  }

  private static final class Jobs extends FakeJobService {
    private static final long serialVersionUID = 1;

    @Override
    public void close() {}

    private static Table queried(JobConfigurationQuery query)
        throws IOException, InterruptedException {
      return DATASETS.getTable(reference(query.getQuery().replace(QUERY, "")));
    }

    @Override
    public JobStatistics dryRunQuery(
        String projectId, JobConfigurationQuery query, String location) {
      try {
        Table table = queried(query);
        return new JobStatistics()
            .setQuery(
                new JobStatistics2()
                    .setSchema(table.getSchema())
                    .setTotalBytesProcessed(1000L)
                    .setReferencedTables(List.of(table.getTableReference())));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Beam's takes the rows of the result for the query. */
    @Override
    public void startQueryJob(JobReference reference, JobConfigurationQuery query) {
      try {
        Table table = queried(query);
        String result =
            FakeBigQueryServices.encodeQueryResult(
                table, rows(table.getTableReference().getTableId()));
        super.startQueryJob(reference, query.clone().setQuery(result));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Beam's deletes a table that is to be replaced, and then misses it. */
    @Override
    public void startLoadJob(JobReference reference, JobConfigurationLoad load) throws IOException {
      if (refusal != null) {
        return;
      }
      LOADS.incrementAndGet();
      TableReference target = load.getDestinationTable();
      JobConfigurationLoad own = load.clone();
      try {
        if (load.getWriteDisposition().equals("WRITE_TRUNCATE")
            && DATASETS.getTable(target) != null) {
          DATASETS.deleteTable(target);
          DATASETS.createTable(new Table().setTableReference(target).setSchema(load.getSchema()));
          own.setWriteDisposition("WRITE_APPEND");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      super.startLoadJob(reference, own);
    }

    @Override
    public Job pollJob(JobReference reference, int attempts) throws InterruptedException {
      return refusal == null || !reference.getJobId().startsWith("beam_personas_")
          ? super.pollJob(reference, attempts)
          : new Job()
              .setStatus(new JobStatus().setErrorResult(new ErrorProto().setMessage(refusal)));
    }
  }
}
