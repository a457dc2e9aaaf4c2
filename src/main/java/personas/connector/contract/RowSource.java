package personas.connector.contract;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import personas.spec.SegmentationSpec;
import personas.spec.SourceSpec;
import personas.table.read.FileRange;

/** A source of rows: files, or a table or a query of another system. */
public interface RowSource extends SourceSpec {
  /**
   * Returns whether the rows are files that exist before the run. The launcher then lists the files
   * by the {@link #name}, which is a pattern. The sizes of the files give the number of tasks, and
   * the times of change show whether a stopped run may continue.
   */
  boolean isFiles();

  /**
   * Refuses flags with which the source cannot be used. The check does not connect, so a dry run
   * makes it too.
   *
   * @throws IllegalArgumentException if a flag is refused; the message names the flag, its value
   *     and what is allowed
   */
  default void checkFlags(PipelineOptions options) {}

  /**
   * Refuses a source that cannot be reached or that lacks a column of the spec. The launcher calls
   * this before a job starts.
   *
   * @param files the files that the launcher has listed; empty if the source {@link #isFiles is not
   *     files}
   * @throws personas.table.ledger.BadInputException if the source is refused; the message names the
   *     source, and a missing column with the column of the nearest name
   */
  void check(SegmentationSpec spec, List<MatchResult.Metadata> files, PipelineOptions options)
      throws IOException;

  /**
   * Stages the rows.
   *
   * @param source one element, the name of the source, or the pattern of the files
   * @return the ranges of the rows
   */
  PCollection<FileRange> stage(PCollection<String> source, StagingRequest request);
}
