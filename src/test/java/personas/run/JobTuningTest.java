package personas.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JobTuningTest {
  /** One task compares the ids of one part, so a part must not grow with the input. */
  @Test
  void aPartOfTheIdsComesFromAtMost64MegabytesOfInput() {
    assertEquals(1, JobTuning.idPartsOf(0));
    for (long bytes = 1L << 20; bytes < 1L << 46; bytes = bytes * 3 / 2) {
      int parts = JobTuning.idPartsOf(bytes);
      assertEquals(1, Integer.bitCount(parts), bytes + " bytes");
      assertTrue(bytes / parts <= 64L << 20, bytes + " bytes in " + parts + " parts");
    }
  }
}
