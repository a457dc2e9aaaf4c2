package personas.cli.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.cli.option.ChooseOptions;
import personas.cli.option.CompareOptions;
import personas.cli.option.ExportOptions;
import personas.cli.option.InitOptions;
import personas.cli.option.RenameOptions;
import personas.cli.option.ReportOptions;
import personas.cli.option.ScoreOptions;
import personas.cli.option.SegmentOptions;
import personas.cli.option.SimulateOptions;
import personas.cli.option.TimelineOptions;
import personas.cli.option.VerifyOptions;
import personas.text.NearestName;

/**
 * The help of a command.
 *
 * @param name the name in the command line
 * @param purpose one line about the command
 * @param example the flags of a usual call
 * @param options the declarations of the flags
 */
public record CommandHelp(
    String name, String purpose, String example, Class<? extends PipelineOptions> options) {

  /** All commands, in the order of the help. */
  public static final List<CommandHelp> ALL =
      List.of(
          new CommandHelp(
              "segment",
              "turns a table of users into personas, with a report",
              "--input=users.csv --output=out/users",
              SegmentOptions.class),
          new CommandHelp(
              "init",
              "inspects a table and writes a spec that you can edit",
              "--input=users.csv --output=users.yaml",
              InitOptions.class),
          new CommandHelp(
              "choose",
              "publishes a finished run with another k, without a new training",
              "--model=out/users/model.json --k=4 --input=users.csv --output=out/users-k4",
              ChooseOptions.class),
          new CommandHelp(
              "score",
              "gives users the personas of a finished run, in batch or as a stream",
              "--model=out/users/model.json --input=new-users.csv --output=out/scored",
              ScoreOptions.class),
          new CommandHelp(
              "compare",
              "says what changed between two runs, or how far two tables agree",
              "--from=out/january --to=out/february",
              CompareOptions.class),
          new CommandHelp(
              "timeline",
              "shows all runs of a segmentation on one page: sizes, splits, merges, drift",
              "--runs='out/users/2026-*' --output=out/users-timeline",
              TimelineOptions.class),
          new CommandHelp(
              "export",
              "writes a finished model as SQL, PMML, ONNX or a typing tool",
              "--model=out/users/model.json --dialect=postgres --table=users --output=personas.sql",
              ExportOptions.class),
          new CommandHelp(
              "report",
              "draws the report of a finished run again",
              "--model=out/users/model.json",
              ReportOptions.class),
          new CommandHelp(
              "rename",
              "gives a persona of a finished run another name, in all results of the run",
              "--model=out/users/model.json --persona='Low images' --name=Sleepers",
              RenameOptions.class),
          new CommandHelp(
              "verify",
              "runs a finished run again and says whether it gives the same bytes",
              "--model=out/users/model.json --input=users.csv",
              VerifyOptions.class),
          new CommandHelp(
              "simulate",
              "writes simulated users to try a segmentation on",
              "--users=1000000 --output=out/simulated-users.csv",
              SimulateOptions.class));

  /** Returns the help of a command; empty if the command does not exist. */
  public static Optional<CommandHelp> of(String name) {
    return ALL.stream().filter(command -> command.name.equals(name)).findFirst();
  }

  /** Returns the names of all commands, including {@code help}. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(ALL.stream().map(CommandHelp::name).toList());
    names.add("help");
    return names;
  }

  /** Returns the command that is nearest to a misspelled one; empty if none is near. */
  public static Optional<String> nearest(String misspelled) {
    return names().stream()
        .filter(name -> NearestName.distance(misspelled, name) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> NearestName.distance(misspelled, name)));
  }
}
