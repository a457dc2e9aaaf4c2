package personas.table.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RejectionExamplesTest {
  private static List<Rejection> rejections(int count, long seed) {
    Random random = new Random(seed);
    List<Rejection> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RejectReason[] reasons = RejectReason.values();
      RejectReason reason = reasons[random.nextInt(reasons.length)];
      all.add(
          new Rejection(
              RecordPlace.ofText("file-" + i % 3, i),
              reason,
              "f",
              "record " + random.nextInt(count),
              ""));
    }
    return all;
  }

  private static RejectionExamples of(List<Rejection> rejections) {
    RejectionExamples examples = new RejectionExamples();
    rejections.forEach(examples::add);
    return examples;
  }

  @Test
  void dependOnTheRecordsAloneHoweverTheyAreCutAndMerged() {
    for (long seed = 1; seed <= 20; seed++) {
      List<Rejection> all = rejections(200, seed);
      RejectionExamples whole = of(all);
      List<Rejection> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, new Random(seed));
      int cut = new Random(seed).nextInt(all.size());
      RejectionExamples merged = new RejectionExamples();
      merged.merge(of(shuffled.subList(cut, shuffled.size())));
      merged.merge(of(shuffled.subList(0, cut)));
      assertEquals(whole, merged, "seed " + seed);
      assertEquals(whole.list(), merged.list(), "seed " + seed);
    }
  }

  @Test
  void holdsAFewExamplesOfEachReasonInTheOrderOfTheChecks() {
    List<RejectionExamples.Example> list = of(rejections(2_000, 5)).list();
    assertEquals(RejectReason.values().length * RejectionExamples.PER_REASON, list.size());
    for (int i = 1; i < list.size(); i++) {
      assertTrue(list.get(i - 1).reason().compareTo(list.get(i).reason()) <= 0);
    }
    assertEquals(List.of(), new RejectionExamples().list());
  }

  @Test
  void holdsEqualTextsOnce() {
    Rejection twice =
        new Rejection(RecordPlace.ofText("a", 1), RejectReason.FIELD_COUNT, "", "x", "");
    assertEquals(1, of(List.of(twice, twice)).list().size());
  }
}
