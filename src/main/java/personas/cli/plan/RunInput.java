package personas.cli.plan;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.cli.exit.UsageException;
import personas.cli.option.JobOptions;
import personas.connector.Connectors;
import personas.connector.ResultSinks;
import personas.connector.contract.RowSource;
import personas.connector.contract.SinkRequest;
import personas.spec.SpecException;

/** The source of the rows of a run: files, which this class lists, or a database. */
final class RunInput {
  private final JobOptions options;
  private final SinkRequest sinks;
  private final RowSource source;
  private final boolean mayRead;
  private final List<MatchResult.Metadata> files;

  /**
   * Lists the files of a run.
   *
   * @param input the pattern of the files, or the name of the database
   * @param sinks what the run writes to its sinks; {@link SinkRequest#spec} also names the source
   * @param output the folder of the results
   * @param options the flags
   * @throws UsageException if a flag does not fit the source or a sink, or if no file matches
   */
  RunInput(String input, SinkRequest sinks, String output, JobOptions options)
      throws UsageException, IOException {
    this.options = options;
    this.sinks = sinks;
    this.source = Connectors.source(sinks.spec().input());
    // A dry run may read local files, but it never connects to a database.
    this.mayRead = source.isFiles() ? SegmentPlanner.mayRead(input, options) : !options.isDryRun();
    checkFlags(output);
    this.files =
        mayRead && source.isFiles() ? SegmentPlanner.matchInput("input", input) : List.of();
  }

  private void checkFlags(String output) throws UsageException {
    try {
      source.checkFlags(options);
      ResultSinks.checkFlags(sinks, output, options);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Returns whether the planner may read the input; a dry run does not read from a cloud. */
  boolean mayRead() {
    return mayRead;
  }

  /** Returns the files; an empty list for a database, or if nothing may be read. */
  List<MatchResult.Metadata> files() {
    return files;
  }

  /** Returns the total size of the files in bytes; -1 if there are no files. */
  long bytes() {
    return files.isEmpty() ? -1 : files.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
  }

  /**
   * Refuses an input that lacks a column of the spec, and a sink that does not accept the results.
   *
   * @throws personas.table.ledger.BadInputException if the input cannot be read or lacks a column;
   *     the message names the source
   * @throws SpecException if a sink does not accept the results; the message names the sink
   */
  void check() throws IOException, SpecException {
    if (mayRead) {
      source.check(sinks.spec(), files, options);
    }
    if (!options.isDryRun()) {
      ResultSinks.check(sinks, options);
    }
  }
}
