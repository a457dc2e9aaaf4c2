package personas.table.record;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import personas.text.Blanks;

/**
 * Words like "Grand total" that spreadsheets and reports write in place of an id in a row that sums
 * up other rows.
 */
final class TotalWords {
  private static final Set<String> WORDS =
      Set.of(
          "total",
          "totals",
          "grand total",
          "grand totals",
          "subtotal",
          "sub-total",
          "sub total",
          "sum",
          "sums",
          "overall total",
          "column total",
          "gesamt",
          "gesamtsumme",
          "summe",
          "insgesamt",
          "zwischensumme",
          "endsumme",
          "total général",
          "total general",
          "sous-total",
          "somme",
          "suma",
          "suma total",
          "totale",
          "totale generale",
          "somma",
          "totaal",
          "totalt",
          "totalsumma",
          "i alt",
          "yhteensä",
          "razem",
          "celkem",
          "összesen",
          "toplam",
          "итого",
          "всего",
          "合計",
          "総計",
          "合计",
          "总计");

  private static final int MAX_BYTES = 32;

  private TotalWords() {}

  /**
   * Returns the id, without outer blanks and a colon at the end, if it is a word for a total in
   * upper or lower case; otherwise null.
   */
  static String find(byte[] text, int from, int to) {
    if (to - from > MAX_BYTES) {
      return null;
    }
    int start = Blanks.skip(text, from, to);
    int end = Blanks.trim(text, start, to);
    if (end > start && text[end - 1] == ':') {
      end--;
    }
    // Most ids contain digits, and none of the words contains one.
    if (end == start || isDigit(text[start]) || isDigit(text[end - 1])) {
      return null;
    }
    String word = new String(text, start, end - start, StandardCharsets.UTF_8);
    return WORDS.contains(word.toLowerCase(Locale.ROOT)) ? word : null;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
