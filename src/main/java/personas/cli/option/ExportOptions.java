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
      "The format: sql, a SELECT that gives the users of a table their personas; pmml, a"
          + " clustering model in PMML 4.4; onnx, a model for ONNX Runtime; or typing, a tool that"
          + " names the persona from a few features.")
  @Default.String("sql")
  String getFormat();

  void setFormat(String format);

  @Description(
      "sql, typing: the database, one of bigquery, postgres, snowflake and duckdb. Default for"
          + " typing: postgres.")
  String getDialect();

  void setDialect(String dialect);

  @Description(
      "sql, typing: the table of users, as SQL names it. It must have the columns of the model.")
  @Default.String("users")
  String getTable();

  void setTable(String table);

  @Description("The file to write; typing: the folder. Default for sql and pmml: the terminal.")
  String getOutput();

  void setOutput(String output);

  @Description("typing: the files with the users to whom the tool is fitted; formats as for score.")
  String getInput();

  void setInput(String input);

  @Description("typing: a spec, of which only the input is used.")
  String getSpec();

  void setSpec(String spec);

  @Description(
      "typing: the column that identifies a user, or the word none. Default: the id of the model.")
  String getId();

  void setId(String id);

  @Description(
      "typing: the largest number of features that the tool may ask for, 1..12. Default: 3.")
  Integer getFeatures();

  void setFeatures(Integer features);

  @Description(
      "typing: the share of users, 0..1, that must get the right persona; the tool uses the fewest"
          + " features that reach the share. Default: 0.95.")
  Double getAccuracy();

  void setAccuracy(Double accuracy);

  @Description(
      "typing: the share of records, 0..1, that may be rejected. Default: the share in the spec, else"
          + " 0.05.")
  String getMaxRejectedShare();

  void setMaxRejectedShare(String maxRejectedShare);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);
}
