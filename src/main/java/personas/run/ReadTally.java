package personas.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.table.bytes.ByteRange;

/**
 * The number of records that this process has read for a run. All threads of the process share one
 * progress file, so that the number of files does not grow with the number of ranges.
 */
final class ReadTally {
  /** The file is written again as soon as one of this many ranges is missing from it. */
  private static final int RANGES_PER_MISSING = 50;

  /** The maximum number of tallies in memory. The least recently used tally is dropped. */
  private static final int MAX_TALLIES = 8;

  /** The tally of each run, by the path of its staging folder. */
  private static final Map<String, ReadTally> TALLIES =
      new LinkedHashMap<>(MAX_TALLIES, 0.75f, true);

  private final String process = UUID.randomUUID().toString().replace("-", "");
  private final Map<Long, long[]> ranges = new HashMap<>();
  private long read;
  private long rejected;

  /** The number of changed ranges that are not in the file. */
  private int unwritten;

  private boolean isWriting;

  /**
   * The name of the current file; null before the first file. Only the writing thread uses this
   * field.
   */
  private String name;

  private ReadTally() {}

  /** Returns the tally of the run with this staging folder. */
  static ReadTally of(Folder staging) {
    synchronized (TALLIES) {
      ReadTally tally = TALLIES.computeIfAbsent(staging.path(), path -> new ReadTally());
      if (TALLIES.size() > MAX_TALLIES) {
        TALLIES.remove(TALLIES.keySet().iterator().next());
      }
      return tally;
    }
  }

  /**
   * Counts the records of a range in place of the earlier counts of the same range. The file is
   * written after each of the first 50 ranges, and later as soon as 2% of the ranges are not in it,
   * so that a process that reads 100,000 small files writes about 400 times.
   *
   * <p>One thread at a time writes the file, and other threads count without waiting for it. The
   * writing thread repeats until the file has the ranges that they have counted in the meantime. So
   * at least 98% of the counted ranges are in the file whenever no thread is in this method, unless
   * a write failed.
   *
   * @throws IOException if the file cannot be written; the next call tries again
   */
  void add(ByteRange range, long readOfRange, long rejectedOfRange, Folder progress)
      throws IOException {
    count(range, new long[] {readOfRange, rejectedOfRange});
    for (Update update = begin(); update != null; update = begin()) {
      boolean isWritten = false;
      try {
        ProgressFiles.replace(progress, name, update.name());
        isWritten = true;
      } finally {
        end(update, isWritten);
      }
    }
  }

  private synchronized void count(ByteRange range, long[] counts) {
    byte[] file = range.file().getBytes(StandardCharsets.UTF_8);
    long[] before = ranges.put(Hashing.hash64(range.start(), file, 0, file.length), counts);
    if (!Arrays.equals(before, counts)) {
      read += counts[0] - (before == null ? 0 : before[0]);
      rejected += counts[1] - (before == null ? 0 : before[1]);
      unwritten++;
    }
  }

  /**
   * Returns the next file that this thread has to write; null if the file is recent enough or if
   * another thread is writing.
   */
  private synchronized Update begin() {
    if (isWriting || (long) unwritten * RANGES_PER_MISSING < ranges.size()) {
      return null;
    }
    isWriting = true;
    return new Update(ProgressFiles.nameOfRead(process, read, rejected), unwritten);
  }

  private synchronized void end(Update update, boolean isWritten) {
    isWriting = false;
    if (isWritten) {
      name = update.name();
      unwritten -= update.changes();
    }
  }

  /**
   * A new file with the current counts.
   *
   * @param changes the number of changed ranges that the previous file does not have
   */
  private record Update(String name, int changes) {}
}
