package personas.connector.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.contract.RowSource;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.feature.UserSchema;
import personas.spec.connection.BigQueryInput;
import personas.table.read.FileRange;

/** A table or a query of BigQuery as an input. */
public record BigQuerySource(BigQueryInput input) implements RowSource {
  @Override
  public String name() {
    return input.name();
  }

  /** {@inheritDoc} Skips columns of structures and arrays, because a spec cannot name them. */
  @Override
  public List<String> columns(PipelineOptions options) throws IOException {
    return StageBigQuery.fields(input, options).getFields().stream()
        .filter(EncodeBigQueryRow::isScalar)
        .map(TableFieldSchema::getName)
        .toList();
  }

  @Override
  public void check(UserSchema schema, PipelineOptions options) throws IOException {
    EncodeBigQueryRow.check(name(), schema, StageBigQuery.fields(input, options));
  }

  /**
   * {@inheritDoc} Beam's own steps read BigQuery, so if they fail, the job ends with Beam's
   * message.
   */
  @Override
  public PCollection<FileRange> stage(
      PCollection<String> source, UserSchema schema, Folder folder, RefusalFile refusal) {
    return source.apply("Stage BigQuery", new StageBigQuery(input, schema, folder));
  }
}
