package personas;

import java.util.Collections;
import java.util.SortedMap;

/** The personas of many users, in the order of their rows. */
public final class PersonaScores {
  private final PersonaScore[] scores;
  private final SortedMap<Integer, RejectedRecordException> rejected;

  /**
   * Holds the results of all rows.
   *
   * @param scores one per row; null if the row is rejected
   * @param rejected row, counted from 0 → why the row is rejected
   */
  PersonaScores(PersonaScore[] scores, SortedMap<Integer, RejectedRecordException> rejected) {
    this.scores = scores;
    this.rejected = Collections.unmodifiableSortedMap(rejected);
  }

  /** Returns the number of rows, rejected rows included. */
  public int size() {
    return scores.length;
  }

  /**
   * Returns the persona of the user in a row.
   *
   * @param row the number of the row, counted from 0
   * @throws RejectedRecordException if the row is rejected
   */
  public PersonaScore get(int row) {
    if (scores[row] == null) {
      throw rejected.get(row);
    }
    return scores[row];
  }

  /** Returns the rejected rows, counted from 0 and in ascending order, each with its reason. */
  public SortedMap<Integer, RejectedRecordException> rejected() {
    return rejected;
  }
}
