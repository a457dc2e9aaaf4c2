package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The flags that {@code segment}, {@code choose}, {@code verify}, {@code score}, {@code compare}
 * and {@code simulate} share.
 */
public interface CommandOptions extends PipelineOptions {
  @Description(
      "What is written: segment and score, a folder, for segment with {name} and {dataDate} as placeholders (default out/<name of the spec>, for score with -scored behind); compare, the folder that drift.json or comparison.json goes to (default: the comparison is only shown); simulate, a CSV file"
          + " (default out/simulated-users.csv), above 1,000,000 users name-00000-of-00010.csv etc.")
  String getOutput();

  void setOutput(String output);

  @Description(
      "Seed of every random draw; segment: overrides clustering.seed of the spec; simulate: 42"
          + " where it is not given.")
  String getSeed();

  void setSeed(String seed);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);
}
