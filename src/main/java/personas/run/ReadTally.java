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
  /** The file is written again if at least one range in this many ranges is not in it. */
  private static final int RANGES_PER_MISSING = 50;

  /** The maximum number of runs with a tally. The least recently used tally is dropped. */
  private static final int RUNS = 8;

  private static final Map<String, ReadTally> OF_RUNS = new LinkedHashMap<>(RUNS, 0.75f, true);

  private final String process = UUID.randomUUID().toString().replace("-", "");
  private final Map<Long, long[]> ranges = new HashMap<>();
  private long read;
  private long rejected;
  private int unwritten;
  private String name;

  private ReadTally() {}

  /** Returns the tally of the run with this staging folder. */
  static ReadTally of(Folder staging) {
    synchronized (OF_RUNS) {
      ReadTally tally = OF_RUNS.computeIfAbsent(staging.path(), path -> new ReadTally());
      if (OF_RUNS.size() > RUNS) {
        OF_RUNS.remove(OF_RUNS.keySet().iterator().next());
      }
      return tally;
    }
  }

  /**
   * Counts the records of a range in place of the earlier counts of the same range. The file is
   * written after each of the first 50 ranges, and later as soon as 2% of the ranges are not in it,
   * so that a process that reads 100,000 small files writes about 400 times.
   */
  synchronized void add(ByteRange range, long readOfRange, long rejectedOfRange, Folder progress)
      throws IOException {
    byte[] file = range.file().getBytes(StandardCharsets.UTF_8);
    long[] counts = {readOfRange, rejectedOfRange};
    long[] before = ranges.put(Hashing.hash64(range.start(), file, 0, file.length), counts);
    if (Arrays.equals(before, counts)) {
      return;
    }
    read += readOfRange - (before == null ? 0 : before[0]);
    rejected += rejectedOfRange - (before == null ? 0 : before[1]);
    unwritten++;
    if ((long) unwritten * RANGES_PER_MISSING >= ranges.size()) {
      String next = ProgressFiles.nameOfRead(process, read, rejected);
      ProgressFiles.replace(progress, name, next);
      name = next;
      unwritten = 0;
    }
  }
}
