package personas.inspect;

import java.util.List;
import java.util.Locale;
import personas.feature.TextSyntax;
import personas.table.InputFormat;
import personas.text.TerminalText;

/**
 * The profile of an inspected table.
 *
 * @param input the file or pattern
 * @param records the number of records that were read
 * @param isWhole whether all records of the table were read
 * @param layout how the files are written
 * @param columns the columns in the order of the table, each with its proposed role in the spec
 */
public record TableProfile(
    String input, long records, boolean isWhole, Layout layout, List<Proposal> columns) {

  /**
   * How the files of a table are written.
   *
   * @param format the format of the files
   * @param delimiter the delimiter of CSV
   * @param linesAbove the number of lines above the header of the first file
   * @param guess the guessed form of the values
   */
  public record Layout(InputFormat format, char delimiter, int linesAbove, SyntaxGuess guess) {}

  public TableProfile {
    columns = List.copyOf(columns);
  }

  /** Returns the guessed marks of numbers and missing values. */
  public TextSyntax syntax() {
    return layout.guess().syntax();
  }

  /**
   * Returns whether other decimal and thousands marks would read the same texts as other numbers.
   */
  public boolean isAmbiguous() {
    return layout.guess().isAmbiguous();
  }

  /** Returns whether a row is an event, so that users are aggregated from the events. */
  public boolean isEventLog() {
    return !of(Proposal.Role.TIME).isEmpty();
  }

  /** Returns a sentence that says why the rows look like events. Requires {@link #isEventLog}. */
  public String eventSentence() {
    return TerminalText.line(
        String.format(
            Locale.ROOT,
            "The rows look like events: the ids in %s repeat, and %s is a time. input.aggregate of the"
                + " spec aggregates all events with the same id into one user.",
            of(Proposal.Role.ID).get(0).column().name(),
            of(Proposal.Role.TIME).get(0).column().name()));
  }

  /** Returns the names of the proposed features, which are columns or measures of events. */
  public List<String> features() {
    return isEventLog()
        ? new AggregateText(this).names()
        : of(Proposal.Role.FEATURE).stream().map(proposal -> proposal.column().name()).toList();
  }

  /** Returns the proposals with a role, in the order of the table. */
  public List<Proposal> of(Proposal.Role role) {
    return columns.stream().filter(column -> column.role() == role).toList();
  }
}
