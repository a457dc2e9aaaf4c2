package personas.table.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import personas.table.bytes.ByteRange;

class RangeSplitterTest {
  @Test
  void rangesCoverTheFileWithoutGapsAndKeepTheMaximumLength() {
    long[] sizes = {0, 1, 2, 63, 64, 65, 1000, 1L << 40, Long.MAX_VALUE};
    for (long size : sizes) {
      for (long most : new long[] {1, 7, 64, 1L << 25, 1L << 50, Long.MAX_VALUE}) {
        if (size / most > 100_000) {
          continue;
        }
        List<ByteRange> ranges = RangeSplitter.split("x", size, true, most);
        long next = 0;
        for (ByteRange range : ranges) {
          assertEquals(next, range.start());
          assertTrue(range.end() - range.start() <= most, range + " of " + most);
          next = range.end();
        }
        assertEquals(size, next);
      }
    }
  }

  @Test
  void aFileThatCannotBeSplitIsOneRange() {
    assertEquals(
        List.of(new ByteRange("x.gz", 0, Long.MAX_VALUE)),
        RangeSplitter.split("x.gz", 1000, false, 10));
  }

  @Test
  void aRangeHasAByte() {
    assertThrows(IllegalArgumentException.class, () -> RangeSplitter.split("x", 10, true, 0));
  }
}
