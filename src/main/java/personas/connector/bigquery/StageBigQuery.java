package personas.connector.bigquery;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO.TypedRead;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO.TypedRead.Method;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices.DatasetService;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices.JobService;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import personas.connector.bigquery.SortBuckets.Bucket;
import personas.connector.storage.Folder;
import personas.feature.UserSchema;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;

/**
 * Stages the rows of a BigQuery table or query as files of text values, and emits their ranges.
 *
 * <p>BigQuery does not order rows, and an export may split them in any way. The rows are sorted by
 * their hash, then by their bytes, so that a row has the same number in every run. Rows that are
 * equal in all required columns need no order.
 */
final class StageBigQuery extends PTransform<PCollection<String>, PCollection<FileRange>> {
  private static final long serialVersionUID = 1;

  private final BigQuerySource bigQuery;
  private final UserSchema schema;
  private final Folder folder;

  /**
   * Creates the transform.
   *
   * @param folder the folder that gets the files
   */
  StageBigQuery(BigQuerySource bigQuery, UserSchema schema, Folder folder) {
    this.bigQuery = bigQuery;
    this.schema = schema;
    this.folder = folder;
  }

  /**
   * Returns the columns of a table or a query without reading a row.
   *
   * @throws BadInputException if the table does not exist, or if BigQuery does not accept the
   *     query; the message names the table or the query
   */
  static TableSchema fields(BigQuerySource bigQuery, PipelineOptions options) throws IOException {
    TableSchema schema;
    try {
      schema =
          BigQueryClient.call(
              bigQuery.name(),
              options,
              (jobs, datasets) -> schema(bigQuery, options, jobs, datasets));
    } catch (IOException e) {
      throw new BadInputException(e.getMessage(), e);
    }
    if (schema == null) {
      throw new BadInputException(
          bigQuery.name()
              + (bigQuery instanceof BigQuerySource.OfTable
                  ? ": this table does not exist"
                  : ": the query does not return rows; write one SELECT"));
    }
    return schema;
  }

  /** Asks BigQuery for the columns; returns null if the table does not exist. */
  private static TableSchema schema(
      BigQuerySource bigQuery, PipelineOptions options, JobService jobs, DatasetService datasets)
      throws IOException, InterruptedException {
    if (bigQuery instanceof BigQuerySource.OfTable source) {
      TableReference table = BigQueryClient.reference(source.table(), options);
      Table existing = datasets.getTable(table);
      return existing == null ? null : existing.getSchema();
    }
    String sql = ((BigQuerySource.OfQuery) bigQuery).sql();
    JobStatistics dryRun =
        jobs.dryRunQuery(
            BigQueryClient.project(options),
            new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false),
            null);
    return dryRun.getQuery().getSchema();
  }

  @Override
  public PCollection<FileRange> expand(PCollection<String> source) {
    EncodeBigQueryRow row = new EncodeBigQueryRow(schema);
    Pipeline pipeline = source.getPipeline();
    PCollection<byte[]> rows = pipeline.apply("Read BigQuery", rows(row, pipeline.getOptions()));
    return order(rows, source, bigQuery.name(), row, folder);
  }

  /** Sorts rows by hash and bytes, and returns the ranges of the sorted and numbered rows. */
  static PCollection<FileRange> order(
      PCollection<byte[]> rows,
      PCollection<String> source,
      String name,
      EncodeBigQueryRow row,
      Folder folder) {
    PCollectionView<Iterable<Bucket>> buckets =
        rows.apply("Hash rows", ParDo.of(new SortBuckets.HashRow()))
            .apply("Group by hash", GroupByKey.create())
            .apply("Sort rows", ParDo.of(new SortBuckets(name, row, folder)))
            .apply("Sorted rows", View.asIterable());
    return source.apply(
        "Number rows", ParDo.of(new NumberRows(buckets, row, folder)).withSideInputs(buckets));
  }

  private TypedRead<byte[]> rows(EncodeBigQueryRow row, PipelineOptions options) {
    TypedRead<byte[]> rows =
        BigQueryIO.read(row)
            .withCoder(ByteArrayCoder.of())
            .withMethod(Method.EXPORT)
            // Without this setting, Beam calls BigQuery while the job is translated.
            .withTemplateCompatibility()
            // The launcher has validated the table, and its message names the table.
            .withoutValidation();
    if (!BigQueryClient.usesRealService(options)) {
      rows = rows.withTestServices(BigQueryClient.services(options));
    }
    return bigQuery instanceof BigQuerySource.OfTable source
        ? rows.from(BigQueryClient.reference(source.table(), options))
        : rows.fromQuery(((BigQuerySource.OfQuery) bigQuery).sql()).usingStandardSql();
  }
}
