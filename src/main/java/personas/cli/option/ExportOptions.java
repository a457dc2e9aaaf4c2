package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code export}. */
public interface ExportOptions extends PipelineOptions {
  @Description("The model.json of a finished run.")
  String getModel();

  void setModel(String model);

  @Description(
      "What to write: sql, a SELECT that gives the users of a table their personas, pmml, a"
          + " clustering model in PMML 4.4, or onnx, a model for ONNX Runtime.")
  @Default.String("sql")
  String getFormat();

  void setFormat(String format);

  @Description("The database of sql: bigquery, postgres, snowflake or duckdb.")
  String getDialect();

  void setDialect(String dialect);

  @Description("The table of users of sql, as SQL names it; it has the columns of the model.")
  @Default.String("users")
  String getTable();

  void setTable(String table);

  @Description("The file to write. Default: the terminal.")
  String getOutput();

  void setOutput(String output);
}
