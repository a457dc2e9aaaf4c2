package personas.model.timeline;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import personas.model.timeline.Timeline.Gap;

/**
 * Finds dates without a run. The usual distance between two runs is the most frequent distance in
 * days; if several distances are equally frequent, the shortest. A distance is a gap if it is at
 * least one and a half times the usual distance.
 */
final class Gaps {
  private Gaps() {}

  /**
   * Returns the gaps. The list is empty if a run has no date, or if there are fewer than three
   * runs.
   *
   * @param runs the runs, by ascending date
   */
  static List<Gap> of(List<PastRun> runs) {
    List<Long> days = new ArrayList<>();
    Map<Long, Integer> occurrences = new TreeMap<>();
    for (int r = 1; r < runs.size(); r++) {
      LocalDate from = runs.get(r - 1).date();
      LocalDate to = runs.get(r).date();
      if (from == null || to == null) {
        return List.of();
      }
      days.add(ChronoUnit.DAYS.between(from, to));
      occurrences.merge(days.get(r - 1), 1, Integer::sum);
    }
    if (days.size() < 2) {
      return List.of();
    }
    long usual =
        occurrences.entrySet().stream()
            .min(Comparator.comparing((Map.Entry<Long, Integer> distance) -> -distance.getValue()))
            .orElseThrow()
            .getKey();
    List<Gap> gaps = new ArrayList<>();
    for (int r = 0; r < days.size(); r++) {
      long missing = usual == 0 ? 0 : Math.round((double) days.get(r) / usual) - 1;
      if (missing > 0) {
        gaps.add(new Gap(r, missing));
      }
    }
    return gaps;
  }
}
