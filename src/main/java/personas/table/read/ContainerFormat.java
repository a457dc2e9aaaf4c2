package personas.table.read;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognizes by its first bytes a file that this program does not read, such as an archive or a
 * compressed file.
 */
final class ContainerFormat {
  /** The position of the first byte of the mark of a tar archive. */
  private static final int TAR_MARK = 257;

  private static final Map<String, int[]> MARKS = new LinkedHashMap<>();

  static {
    MARKS.put("a bzip2 file", new int[] {'B', 'Z', 'h'});
    MARKS.put("a Zstandard file", new int[] {0x28, 0xB5, 0x2F, 0xFD});
    MARKS.put("an xz file", new int[] {0xFD, '7', 'z', 'X', 'Z', 0});
    MARKS.put("an lz4 file", new int[] {0x04, 0x22, 0x4D, 0x18});
    MARKS.put("a 7-Zip archive", new int[] {'7', 'z', 0xBC, 0xAF, 0x27, 0x1C});
    MARKS.put("a RAR archive", new int[] {'R', 'a', 'r', '!', 0x1A, 0x07});
    MARKS.put("a Snappy file", new int[] {0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'});
    MARKS.put("an ORC file", new int[] {'O', 'R', 'C'});
    MARKS.put("an old Excel workbook", new int[] {0xD0, 0xCF, 0x11, 0xE0});
    MARKS.put("a SQLite database", new int[] {'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r'});
    MARKS.put("a PDF document", new int[] {'%', 'P', 'D', 'F', '-'});
    MARKS.put("HTML", new int[] {'<', '!', 'D', 'O', 'C', 'T', 'Y', 'P', 'E', ' ', 'h', 't'});
  }

  private ContainerFormat() {}

  /** Returns the kind of a file with an article, or null if the first bytes are not known. */
  static String of(byte[] start) {
    for (Map.Entry<String, int[]> mark : MARKS.entrySet()) {
      if (holds(start, 0, mark.getValue())) {
        // The marks of three bytes are letters. A header line may begin with these letters, but no
        // binary bytes follow it.
        boolean isLettersOnly = mark.getValue().length == 3;
        if (!isLettersOnly || isBinary(start)) {
          return mark.getKey();
        }
      }
    }
    return holds(start, TAR_MARK, new int[] {'u', 's', 't', 'a', 'r'}) ? "a tar archive" : null;
  }

  private static boolean holds(byte[] start, int offset, int[] mark) {
    if (start.length < offset + mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((start[offset + i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the first bytes contain a control character that does not occur in text. */
  private static boolean isBinary(byte[] start) {
    for (int i = 0; i < Math.min(start.length, 200); i++) {
      if (start[i] >= 0
          && start[i] < ' '
          && start[i] != '\t'
          && start[i] != '\n'
          && start[i] != '\r') {
        return true;
      }
    }
    return false;
  }
}
