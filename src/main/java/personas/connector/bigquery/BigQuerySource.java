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

/** A table or a query of BigQuery. */
public record BigQuerySource(BigQueryInput input) implements RowSource {
  @Override
  public String name() {
    return input.name();
  }

  /** Columns of structures and arrays, which no spec can name, are left out. */
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

  /** Beam's own steps read BigQuery, so a refusal ends the job with their message. */
  @Override
  public PCollection<FileRange> stage(
      PCollection<String> source, UserSchema schema, Folder folder, RefusalFile refusal) {
    return source.apply("Stage BigQuery", new StageBigQuery(input, schema, folder));
  }
}
