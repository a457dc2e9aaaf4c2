package personas.run.events;

import java.io.Serializable;
import personas.math.Require;
import personas.table.read.FileRange;

/**
 * The users of one part of the hashes of ids.
 *
 * @param part the number of the part
 * @param range the staged table of the users; its rows are counted from 0
 * @param outputFile the result file with the users; empty if the run does not write such a file
 */
public record UserPart(int part, FileRange range, String outputFile)
    implements Serializable, Comparable<UserPart> {
  public UserPart {
    Require.atLeast(0, "part", part);
  }

  /** Returns the number of users. */
  public long users() {
    return range.range().end();
  }

  @Override
  public int compareTo(UserPart other) {
    return Integer.compare(part, other.part);
  }
}
