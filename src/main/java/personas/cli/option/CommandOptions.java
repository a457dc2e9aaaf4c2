package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The flags that {@code segment}, {@code choose}, {@code verify}, {@code score}, {@code compare}
 * and {@code simulate} share.
 */
public interface CommandOptions extends PipelineOptions {
  @Description(
      "segment, score: the folder for the results. Default: out/<name of the spec>, for score"
          + " out/<name of the spec>-scored. segment replaces {name} by the name of the spec and"
          + " {dataDate} by --dataDate. compare: the folder for drift.json or comparison.json."
          + " Default: the comparison is only shown. simulate: the CSV file. Default:"
          + " out/simulated-users.csv. More than 1,000,000 users are written to several files, such as"
          + " name-00000-of-00010.csv.")
  String getOutput();

  void setOutput(String output);

  @Description(
      "The seed of every random draw. segment: overrides clustering.seed of the spec. simulate:"
          + " default 42.")
  String getSeed();

  void setSeed(String seed);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);
}
