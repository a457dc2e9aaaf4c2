package personas.run.events;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import personas.table.bytes.ByteRange;
import personas.table.read.FileRange;

/**
 * The users of all parts, numbered from 0 in the order of the parts.
 *
 * @param users the number of users
 * @param ranges the staged tables of the parts that have users; one empty table if no part has
 *     users
 * @param files the result files of users, in the order of the parts
 */
public record AggregatedUsers(long users, List<FileRange> ranges, List<String> files)
    implements Serializable {

  public AggregatedUsers {
    ranges = List.copyOf(ranges);
    files = List.copyOf(files);
  }

  /**
   * Numbers the users of all parts.
   *
   * @param parts at least one part, in any order
   */
  public static AggregatedUsers of(Iterable<UserPart> parts) {
    List<UserPart> sorted = new ArrayList<>();
    parts.forEach(sorted::add);
    sorted.sort(null);
    List<FileRange> ranges = new ArrayList<>();
    List<String> files = new ArrayList<>();
    long users = 0;
    for (UserPart part : sorted) {
      if (part.users() > 0) {
        ranges.add(withFirstRow(users, part.range()));
        users += part.users();
      }
      if (!part.outputFile().isEmpty()) {
        files.add(part.outputFile());
      }
    }
    if (ranges.isEmpty()) {
      ranges.add(sorted.get(0).range());
    }
    return new AggregatedUsers(users, ranges, files);
  }

  private static FileRange withFirstRow(long firstRow, FileRange range) {
    long rows = range.range().end();
    return new FileRange(
        new ByteRange(range.range().file(), firstRow, firstRow + rows),
        range.path(),
        range.fileSize(),
        range.header());
  }
}
