package personas.inspect;

import java.util.List;
import personas.feature.TextSyntax;
import personas.table.InputFormat;

/**
 * A table that was looked at.
 *
 * @param input the file or pattern
 * @param records that were read
 * @param isWhole whether these are all
 * @param format of the files
 * @param delimiter of CSV
 * @param linesAbove lines above the header of the first file
 * @param syntax how values are written
 * @param isAmbiguous whether other marks would read the numbers too
 * @param columns in the order of the table, each with what the spec makes of it
 */
public record TableProfile(
    String input,
    long records,
    boolean isWhole,
    InputFormat format,
    char delimiter,
    int linesAbove,
    TextSyntax syntax,
    boolean isAmbiguous,
    List<Proposal> columns) {
  public TableProfile {
    columns = List.copyOf(columns);
  }

  /** The proposals of a role, in the order of the table. */
  public List<Proposal> of(Proposal.Role role) {
    return columns.stream().filter(column -> column.role() == role).toList();
  }
}
