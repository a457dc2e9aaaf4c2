package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The flags that {@code segment}, {@code choose}, {@code verify}, {@code score}, {@code compare}
 * and {@code simulate} share.
 */
public interface CommandOptions extends PipelineOptions {
  @Description(
      "Where the results are written. segment: a folder, in which {name} and {dataDate} are replaced"
          + " (default: out/<name of the spec>). score: a folder (default: out/<name of the"
          + " spec>-scored). compare: the folder for drift.json or comparison.json (default: the"
          + " comparison is only shown). simulate: a CSV file (default: out/simulated-users.csv);"
          + " more than 1,000,000 users go to several files, like name-00000-of-00010.csv.")
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
