package personas.app;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code simulate}. */
public interface SimulateOptions extends PipelineOptions {
  @Description("How many users to make, 1..1000000000.")
  @Default.Long(100)
  long getUsers();

  void setUsers(long users);

  @Description("Seed of every random draw.")
  @Default.Long(42)
  long getSeed();

  void setSeed(long seed);

  @Description(
      "The CSV file to write; above 1,000,000 users it becomes name-00000-of-00010.csv and so on.")
  @Default.String("out/simulated-users.csv")
  String getOutput();

  void setOutput(String output);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);
}
