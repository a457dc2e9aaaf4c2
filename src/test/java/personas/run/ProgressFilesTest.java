package personas.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.storage.Folder;
import personas.table.bytes.ByteRange;
import personas.table.ledger.SourceLedger;
import personas.table.ledger.ValueCounts;

/** Checks the number of files that show the progress, and the progress that they show. */
class ProgressFilesTest {
  private static final int SLOTS = 3;

  @TempDir Path temp;

  private Folder staging() {
    return new Folder(temp.toString());
  }

  private List<String> names() throws IOException {
    return staging().sub("progress").names();
  }

  private static ByteRange range(int number) {
    return new ByteRange("users-" + number + ".csv", 0, Long.MAX_VALUE, 0);
  }

  /** A ledger of records without a rejected one. */
  private static SourceLedger ledger(long records) {
    return new SourceLedger(records, new TreeMap<>(), ValueCounts.ofImputed(List.of()));
  }

  /** An engine repeats each range; 50 ranges are counted one by one. */
  @Test
  void rangesOfAProcessShareAFile() throws IOException {
    SourceLedger ledger = ledger(7);
    for (int i = 1; i <= 50; i++) {
      ProgressFiles.addRange(staging(), range(i), ledger);
      ProgressFiles.addRange(staging(), range(i), ledger);
      assertEquals(7L * i, ProgressFiles.progress(staging()).read());
      assertEquals(1, names().size(), names().toString());
    }
  }

  /** The first reading of a range of an Avro file only counts the rows of its blocks. */
  @Test
  void aRangeThatIsReadAgainReplacesItsCounts() throws IOException {
    for (long records : new long[] {0, 7, 7, 5}) {
      ProgressFiles.addRange(staging(), range(1), ledger(records));
      assertEquals(records, ProgressFiles.progress(staging()).read());
      assertEquals(1, names().size(), names().toString());
    }
  }

  @Test
  void manySmallFilesAreAtMostTwoPercentBehind() throws IOException {
    SourceLedger ledger = ledger(1);
    String name = "";
    int written = 0;
    for (int i = 1; i <= 5_000; i++) {
      ProgressFiles.addRange(staging(), range(i), ledger);
      long read = ProgressFiles.progress(staging()).read();
      assertTrue(read <= i && read >= 0.98 * i, i + " ranges, shown: " + read);
      written += names().get(0).equals(name) ? 0 : 1;
      name = names().get(0);
      assertEquals(1, names().size());
    }
    assertTrue(written < 350, "files written: " + written);
  }

  /** One thread writes while the others count, and the last writer has to see what they counted. */
  @Test
  void threadsShareAFileThatIsAtMostTwoPercentBehind() throws Exception {
    int threads = 4;
    int rangesOfThread = 500;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * rangesOfThread;
        work.add(
            () -> {
              for (int i = 0; i < rangesOfThread; i++) {
                ProgressFiles.addRange(staging(), range(first + i), ledger(1));
              }
              return null;
            });
      }
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    int ranges = threads * rangesOfThread;
    long read = ProgressFiles.progress(staging()).read();
    assertTrue(read <= ranges && read >= 0.98 * ranges, "shown: " + read + " of " + ranges);
    assertEquals(1, names().size(), names().toString());
  }

  /** Files of two processes count both; of one process that replaces its file, the later one. */
  @Test
  void processesAreAddedUp() throws IOException {
    Folder progress = staging().sub("progress");
    for (String name : List.of("read-a-10-1", "read-a-25-2", "read-b-100-0")) {
      Folder.create(progress.file(name)).close();
    }
    Progress shown = ProgressFiles.progress(staging());
    assertEquals(125, shown.read());
    assertEquals(2, shown.rejected());
  }

  @Test
  void eachSlotHasAFile() throws IOException {
    for (int attempt = 0; attempt < 2; attempt++) {
      for (int slot = 0; slot < SLOTS; slot++) {
        ProgressFiles.markAssigned(staging(), slot, 100 + slot);
      }
    }
    assertEquals(SLOTS, names().size(), names().toString());
    assertEquals(303, ProgressFiles.progress(staging()).assigned());
  }

  @Test
  void seedingHasOneFile() throws IOException {
    int before = -1;
    for (int found : IntStream.of(0, 0, 4, 9, 120).toArray()) {
      ProgressFiles.markClusterings(staging(), before, found);
      before = found;
      assertEquals(1, names().size(), names().toString());
      assertEquals(OptionalInt.of(found), ProgressFiles.progress(staging()).clusterings());
    }
  }
}
