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
import personas.spec.connection.BigQueryInput;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;

/**
 * A table or query of BigQuery → ranges of its rows, staged as files of text values.
 *
 * <p>BigQuery has no order of rows, and an export splits them as it likes. So that a row has the
 * same number in every run, they get an order that is made of nothing but themselves: by the hash
 * of a row, then by its bytes. Rows that are equal in all wanted columns need no order.
 */
final class StageBigQuery extends PTransform<PCollection<String>, PCollection<FileRange>> {
  private static final long serialVersionUID = 1;

  private final BigQueryInput read;
  private final UserSchema schema;
  private final Folder folder;

  /**
   * Stages a table or a query.
   *
   * @param folder where
   */
  public StageBigQuery(BigQueryInput read, UserSchema schema, Folder folder) {
    this.read = read;
    this.schema = schema;
    this.folder = folder;
  }

  /**
   * The columns of a table or a query; reads no row.
   *
   * @throws BadInputException names the source, if the table is not there or BigQuery does not take
   *     the query
   */
  static TableSchema fields(BigQueryInput read, PipelineOptions options) throws IOException {
    TableSchema has;
    try {
      has =
          BigQueryClient.ask(
              read.name(),
              options,
              (jobs, datasets) -> {
                if (read.query() == null) {
                  TableReference table = BigQueryClient.reference(read.table(), options);
                  Table found = datasets.getTable(table);
                  return found == null ? null : found.getSchema();
                }
                JobStatistics dryRun =
                    jobs.dryRunQuery(
                        BigQueryClient.project(options),
                        new JobConfigurationQuery().setQuery(read.query()).setUseLegacySql(false),
                        null);
                return dryRun.getQuery().getSchema();
              });
    } catch (IOException e) {
      throw new BadInputException(e.getMessage(), e);
    }
    if (has == null) {
      throw new BadInputException(
          read.name()
              + (read.query() == null ? ": no such table" : ": gives no rows; it is one SELECT"));
    }
    return has;
  }

  @Override
  public PCollection<FileRange> expand(PCollection<String> source) {
    EncodeBigQueryRow row = new EncodeBigQueryRow(schema);
    Pipeline pipeline = source.getPipeline();
    PCollection<byte[]> rows = pipeline.apply("Read BigQuery", rows(row, pipeline.getOptions()));
    return order(rows, source, read.name(), row, folder);
  }

  /** Rows in any order → ranges of the rows in theirs. */
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
            // Steps instead of a source: a source asks BigQuery already while a job is translated.
            .withTemplateCompatibility()
            // Done before the job, with a message that says where.
            .withoutValidation();
    if (!BigQueryClient.isTheService(options)) {
      rows = rows.withTestServices(BigQueryClient.services(options));
    }
    return read.query() == null
        ? rows.from(BigQueryClient.reference(read.table(), options))
        : rows.fromQuery(read.query()).usingStandardSql();
  }
}
