package personas.inspect;

import java.util.List;
import java.util.Locale;
import personas.feature.TextSyntax;
import personas.table.InputFormat;
import personas.text.TerminalText;

/**
 * A table that was looked at.
 *
 * @param input the file or pattern
 * @param records that were read
 * @param isWhole whether these are all
 * @param format of the files
 * @param delimiter of CSV
 * @param linesAbove lines above the header of the first file
 * @param guess how values are written
 * @param columns in the order of the table, each with what the spec makes of it
 */
public record TableProfile(
    String input,
    long records,
    boolean isWhole,
    InputFormat format,
    char delimiter,
    int linesAbove,
    SyntaxGuess guess,
    List<Proposal> columns) {
  public TableProfile {
    columns = List.copyOf(columns);
  }

  /** How values are written. */
  public TextSyntax syntax() {
    return guess.syntax();
  }

  /** Whether other marks would read the numbers too. */
  public boolean isAmbiguous() {
    return guess.isAmbiguous();
  }

  /** Whether a row is an event, and users are made of the events. */
  public boolean isEventLog() {
    return !of(Proposal.Role.TIME).isEmpty();
  }

  /** Why a row is taken for an event, in a sentence for people. */
  public String eventSentence() {
    return TerminalText.line(
        String.format(
            Locale.ROOT,
            "A row is taken for an event: the ids in %s repeat, and %s is a time. input.aggregate of"
                + " the spec makes one user of the events of an id.",
            of(Proposal.Role.ID).get(0).column().name(),
            of(Proposal.Role.TIME).get(0).column().name()));
  }

  /** The features that are proposed: columns, or measures of events. */
  public List<String> features() {
    return isEventLog()
        ? new AggregateText(this).names()
        : of(Proposal.Role.FEATURE).stream().map(each -> each.column().name()).toList();
  }

  /** The proposals of a role, in the order of the table. */
  public List<Proposal> of(Proposal.Role role) {
    return columns.stream().filter(column -> column.role() == role).toList();
  }
}
