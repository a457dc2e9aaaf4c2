package personas.connector.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.contract.DatabaseSource;
import personas.connector.contract.StagingRequest;
import personas.spec.SegmentationSpec;
import personas.table.read.FileRange;

/** The rows of a table or of a query of BigQuery. */
sealed interface BigQuerySource extends DatabaseSource {

  /** The rows of a table or a view. */
  record OfTable(BigQueryTable table) implements BigQuerySource {
    @Override
    public String name() {
      return table.name();
    }
  }

  /**
   * The rows of a query.
   *
   * @param sql one SELECT of GoogleSQL
   */
  record OfQuery(String sql) implements BigQuerySource {
    @Override
    public String name() {
      return BigQueryTable.SCHEME + "query";
    }
  }

  /** {@inheritDoc} Skips columns of structures and arrays, because a spec cannot name them. */
  @Override
  default List<String> columns(PipelineOptions options) throws IOException {
    return StageBigQuery.fields(this, options).getFields().stream()
        .filter(EncodeBigQueryRow::isScalar)
        .map(TableFieldSchema::getName)
        .toList();
  }

  @Override
  default void checkFlags(PipelineOptions options) {
    BigQueryFlags.checkProject(options);
    BigQueryFlags.checkBucket(
        "tempLocation", options.getTempLocation(), "input.bigquery is exported there", options);
  }

  @Override
  default void check(
      SegmentationSpec spec, List<MatchResult.Metadata> files, PipelineOptions options)
      throws IOException {
    EncodeBigQueryRow.check(name(), spec.inputSchema(), StageBigQuery.fields(this, options));
  }

  /**
   * {@inheritDoc} Steps of Beam read BigQuery. If one of these steps fails, the job ends with the
   * message of Beam.
   */
  @Override
  default PCollection<FileRange> stage(PCollection<String> source, StagingRequest request) {
    return source.apply(
        "Stage BigQuery", new StageBigQuery(this, request.schema(), request.folder()));
  }
}
