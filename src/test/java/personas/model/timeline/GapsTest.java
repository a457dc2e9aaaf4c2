package personas.model.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import personas.model.timeline.Timeline.Gap;

class GapsTest {
  private static List<Gap> gaps(LocalDate... dates) {
    return Gaps.of(Stream.of(dates).map(date -> new PastRun("run", date, null, null)).toList());
  }

  private static LocalDate[] weeks(int... weeks) {
    return IntStream.of(weeks)
        .mapToObj(week -> LocalDate.of(2026, 1, 5).plusWeeks(week))
        .toArray(LocalDate[]::new);
  }

  @Test
  void theUsualDistanceTellsWhatIsMissing() {
    assertEquals(List.of(), gaps(weeks(0, 1, 2, 3)));
    assertEquals(List.of(new Gap(1, 1), new Gap(3, 4)), gaps(weeks(0, 1, 3, 4, 9, 10)));
    assertEquals(List.of(), gaps(weeks(0, 2, 4)), "every second week");
    assertEquals(List.of(), gaps(weeks(0, 7)), "two runs have no usual distance");
    assertEquals(List.of(), gaps(weeks(0, 0, 0)), "runs of one date");
  }

  @Test
  void monthsAreOfUnequalLength() {
    LocalDate[] months =
        IntStream.of(1, 2, 3, 4, 5, 6, 8, 9)
            .mapToObj(month -> LocalDate.of(2026, month, 1))
            .toArray(LocalDate[]::new);
    assertEquals(List.of(new Gap(5, 1)), gaps(months));
  }

  @Test
  void aRunWithoutADateHidesTheGaps() {
    LocalDate[] dates = weeks(0, 1, 5, 6);
    dates[1] = null;
    assertEquals(List.of(), gaps(dates));
  }
}
