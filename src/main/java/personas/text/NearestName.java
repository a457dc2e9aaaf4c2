package personas.text;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that a person probably meant. */
public final class NearestName {
  /**
   * Only the beginnings of names are compared, because the time grows with the product of lengths.
   */
  private static final int MAX_CHARACTERS = 100;

  private NearestName() {}

  /**
   * Returns the candidate with the smallest {@link #distance edit distance} (V. I. Levenshtein,
   * 1966) to a name. Case and characters other than letters and digits are ignored. If several
   * candidates are equally near, the first one wins. Returns null without candidates.
   */
  public static String of(String wanted, Collection<String> candidates) {
    String nearest = null;
    int minDistance = Integer.MAX_VALUE;
    String plainWanted = plain(wanted);
    for (String candidate : candidates) {
      int distance = distance(plainWanted, plain(candidate));
      if (distance < minDistance) {
        minDistance = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static String plain(String name) {
    String start = name.length() <= MAX_CHARACTERS ? name : name.substring(0, MAX_CHARACTERS);
    return start.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /**
   * Returns the smallest number of inserted, deleted and replaced characters that turn one text
   * into the other. The time grows with the product of the lengths.
   */
  public static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
