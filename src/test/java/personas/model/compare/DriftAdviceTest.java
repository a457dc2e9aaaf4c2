package personas.model.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.Drift.FeatureDrift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.DriftAdvice.DecidingFigure;

/** Checks the advice on two runs with the personas 3 and 5. Persona 5 is named "Callers". */
class DriftAdviceTest {
  private static final long OTHERS = 1000;

  private static PersonaDrift persona(int id, String name, Change change, double shift) {
    return new PersonaDrift(
        id, name, change, id, null, shift, 0L, 0L, 0.0, 0.0, null, null, null, null, null);
  }

  private static List<PersonaDrift> personas(double shiftOfCallers) {
    Change change = shiftOfCallers > ClusterMatching.KEPT ? Change.MOVED : Change.KEPT;
    return List.of(
        persona(3, "Others", Change.KEPT, 0.01), persona(5, "Callers", change, shiftOfCallers));
  }

  private static FeatureDrift visits(double psi) {
    return new FeatureDrift("visits", psi, 0.01, null);
  }

  /** Of the callers some stayed, some are others now, and some are gone. */
  private static Migration migration(long stayed, long changed, long gone, long byCentroids) {
    long callers = stayed + changed + gone;
    return new Migration(
        OTHERS + callers,
        OTHERS + stayed + changed,
        0L,
        gone,
        OTHERS + stayed,
        changed,
        changed - byCentroids,
        byCentroids,
        0,
        List.of(3, 5),
        List.of(
            new Migration.Row(3, "Others", OTHERS, List.of(OTHERS, 0L), 0L),
            new Migration.Row(5, "Callers", callers, List.of(changed, stayed), gone)),
        List.of(0L, 0L));
  }

  private static DriftAdvice advice(double shift, double psi, Migration migration) {
    return DriftAdvice.of(personas(shift), List.of(visits(psi)), migration);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, 0, KEEP",
    "29, 0, 7, KEEP",
    "28, 0, 7, REVIEW",
    "28, 7, 0, REVIEW",
    "28, 3, 4, REVIEW",
    "0, 0, 9, REVIEW",
    "801, 0, 199, KEEP",
    "800, 0, 200, REVIEW",
  })
  void keepIsNotTheAdviceIfAFifthOfAPersonasUsersLeft(
      long stayed, long changed, long gone, Action expected) {
    DriftAdvice advice = advice(0.1, 0.02, migration(stayed, changed, gone, 0));
    assertEquals(expected, advice.action(), advice.reason());
    if (expected == Action.REVIEW) {
      double lost = (double) (changed + gone) / (stayed + changed + gone);
      assertEquals(new DecidingFigure("share lost by Callers (5)", lost, 0.2), advice.decidedBy());
      assertTrue(advice.reason().startsWith("Callers (5) lost "), advice.reason());
    }
  }

  @Test
  void theFigureThatDecidesIsTheOneFurthestBeyondItsLimit() {
    Migration quiet = migration(100, 0, 0, 0);
    assertEquals(
        new DecidingFigure("shift of Callers (5)", 0.5, 0.4), advice(0.5, 0.14, quiet).decidedBy());
    assertEquals(
        new DecidingFigure("PSI of visits", 0.19, 0.1 + 2 * 0.01),
        advice(0.5, 0.19, quiet).decidedBy());
    assertEquals(Action.REFIT, advice(0.5, 0.19, quiet).action());
    // A review is decided by a figure that asks for a review, even if another is further beyond.
    DriftAdvice review = advice(1.1, 0.28, quiet);
    assertEquals(Action.REVIEW, review.action());
    assertEquals(new DecidingFigure("PSI of visits", 0.28, 0.25 + 2 * 0.01), review.decidedBy());
    // A count that must not occur at all decides before every share.
    List<PersonaDrift> personas = new ArrayList<>(personas(0.1));
    personas.add(
        new PersonaDrift(
            6,
            "More",
            Change.NEW,
            null,
            null,
            null,
            0L,
            9L,
            0.0,
            0.01,
            null,
            null,
            null,
            null,
            1.0));
    DriftAdvice isNew = DriftAdvice.of(personas, List.of(visits(9)), null);
    assertEquals(new DecidingFigure("new personas", 1, 0), isNew.decidedBy());
    assertEquals("new: More (6); the values of visits moved (PSI 9.00)", isNew.reason());
  }

  @Test
  void keepNamesTheFigureThatCameNearestToItsLimit() {
    DriftAdvice keep = advice(0.3, 0.02, migration(95, 0, 5, 0));
    assertEquals(Action.KEEP, keep.action());
    assertEquals(new DecidingFigure("shift of Callers (5)", 0.3, 0.4), keep.decidedBy());
    assertEquals("shift of Callers (5) 0.30, limit 0.40", keep.decidedBy().text());
    DecidingFigure nothing = DriftAdvice.of(List.of(), List.of(), null).decidedBy();
    assertEquals("new personas 0, limit 0", nothing.text());
  }

  @Test
  void manyUsersWhoChangedBecauseOfTheCentroidsAskForARefit() {
    DriftAdvice advice = advice(0.1, 0.02, migration(900, 100, 0, 100));
    assertEquals(Action.KEEP, advice.action(), "100 of 2,000 users are a twentieth, not more");
    DriftAdvice more = advice(0.1, 0.02, migration(900, 101, 0, 101));
    assertEquals(Action.REFIT, more.action(), more.reason());
    assertEquals("5.0% of the users changed persona because the centroids moved", more.reason());
  }

  private static Migration found(long found, long before, long now) {
    return new Migration(
        before,
        now,
        now - found,
        before - found,
        found,
        0L,
        0L,
        0L,
        0,
        List.of(3),
        List.of(new Migration.Row(3, "Others", before, List.of(found), before - found)),
        List.of(now - found));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 600, 605, NONE",
    "5, 600, 605, NONE",
    "6, 600, 605, REVIEW",
    "0, 3, 3, NONE",
    "1, 3, 3, REVIEW",
    "0, 0, 0, REVIEW",
    "0, 0, 9, REVIEW",
    "10, 1000000, 1000, REVIEW",
    "9, 1000000, 1000, NONE",
  })
  void withoutUsersInCommonThereIsNoAdvice(long found, long before, long now, Action expected) {
    List<PersonaDrift> others = List.of(persona(3, "Others", Change.KEPT, 0));
    DriftAdvice advice = DriftAdvice.of(others, List.of(visits(9)), found(found, before, now));
    assertEquals(expected, advice.action(), advice.reason());
    if (expected == Action.NONE) {
      assertTrue(advice.reason().contains("17850 and 17850.0"), advice.reason());
      assertEquals(0.01, advice.decidedBy().limit());
    }
  }
}
