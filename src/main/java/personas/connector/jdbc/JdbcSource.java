package personas.connector.jdbc;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.contract.DatabaseSource;
import personas.connector.contract.StagingRequest;
import personas.spec.SegmentationSpec;
import personas.table.RequiredColumns;
import personas.table.read.FileRange;

/**
 * The rows of a query to PostgreSQL, in the order of the result.
 *
 * @param access how the run connects to the database
 * @param query one SELECT
 */
record JdbcSource(JdbcAccess access, String query) implements DatabaseSource {
  @Override
  public String name() {
    return access.name();
  }

  /**
   * Returns the only statement of the query.
   *
   * @throws IllegalStateException if the query holds several statements; the reader of a spec
   *     refuses such a query
   */
  String statement() {
    String statement = SqlStatements.only(query);
    if (statement == null) {
      throw new IllegalStateException("the query of " + access + " holds a second statement");
    }
    return statement;
  }

  @Override
  public List<String> columns(PipelineOptions options) throws IOException {
    return StageJdbcQuery.columns(this);
  }

  @Override
  public void check(
      SegmentationSpec spec, List<MatchResult.Metadata> files, PipelineOptions options)
      throws IOException {
    RequiredColumns.of(spec.inputSchema()).check(name(), columns(options));
  }

  @Override
  public PCollection<FileRange> stage(PCollection<String> source, StagingRequest request) {
    return source.apply("Stage query", ParDo.of(new StageJdbcQuery(this, request)));
  }
}
