package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code init}. */
public interface InitOptions extends PipelineOptions {
  @Description(
      "The table to inspect: a file or a glob of CSV, JSON lines, Avro or Parquet; a database like"
          + " jdbc:postgresql://host/database; a table like bigquery://project.dataset.table; or"
          + " bigquery:// with --query.")
  String getInput();

  void setInput(String input);

  @Description("The SELECT that gives the users of a database or of BigQuery.")
  String getQuery();

  void setQuery(String query);

  @Description("The user name for the database.")
  String getUser();

  void setUser(String user);

  @Description("The environment variable that holds the password of the database.")
  String getPasswordEnv();

  void setPasswordEnv(String variable);

  @Description("The file that holds the password of the database.")
  String getPasswordFile();

  void setPasswordFile(String file);

  @Description("The spec to write. Default: the name of the input with the ending .yaml.")
  String getOutput();

  void setOutput(String output);

  @Description("Allows init to replace an existing file.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);
}
