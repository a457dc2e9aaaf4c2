package personas.connector.jdbc;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.contract.RowSource;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.feature.UserSchema;
import personas.spec.connection.JdbcQuery;
import personas.table.RequiredColumns;
import personas.table.read.FileRange;

/** A query to PostgreSQL as an input. */
public record JdbcSource(JdbcQuery query) implements RowSource {
  @Override
  public String name() {
    return query.access().name();
  }

  @Override
  public List<String> columns(PipelineOptions options) throws IOException {
    return StageJdbcQuery.columns(query);
  }

  @Override
  public void check(UserSchema schema, PipelineOptions options) throws IOException {
    RequiredColumns.of(schema).check(name(), columns(options));
  }

  @Override
  public PCollection<FileRange> stage(
      PCollection<String> source, UserSchema schema, Folder folder, RefusalFile refusal) {
    return source.apply(
        "Stage query", ParDo.of(new StageJdbcQuery(query, schema, folder, refusal)));
  }
}
