package personas.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a column name. For {@code images_generated_monthly} the label is <em>Images
 * generated monthly</em>, the verb <em>generates</em> and the noun <em>images</em>. A name that
 * does not consist of words stays as it is, except that invisible characters are removed and a long
 * name is shortened.
 *
 * @param label the words for a heading
 * @param verb what a user does, such as {@code generates}; {@code has} if the name has no known
 *     verb
 * @param noun the object of the verb, such as {@code images}
 */
public record FeatureLabel(String label, String verb, String noun) {
  private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9]+([_ .-][A-Za-z0-9]+)*");
  private static final Set<String> PERIODS =
      Set.of("hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "annually");
  private static final Set<String> ACRONYMS =
      Set.of("ai", "api", "cpu", "gb", "gpu", "id", "kb", "mb", "ml", "sdk", "tb", "ui", "url");
  private static final Map<String, String> VERBS =
      Map.ofEntries(
          Map.entry("bought", "buys"),
          Map.entry("clicked", "clicks"),
          Map.entry("completed", "completes"),
          Map.entry("created", "creates"),
          Map.entry("downloaded", "downloads"),
          Map.entry("edited", "edits"),
          Map.entry("exported", "exports"),
          Map.entry("generated", "generates"),
          Map.entry("invited", "invites"),
          Map.entry("made", "makes"),
          Map.entry("opened", "opens"),
          Map.entry("ordered", "orders"),
          Map.entry("paid", "pays"),
          Map.entry("placed", "places"),
          Map.entry("played", "plays"),
          Map.entry("published", "publishes"),
          Map.entry("purchased", "purchases"),
          Map.entry("read", "reads"),
          Map.entry("saved", "saves"),
          Map.entry("sent", "sends"),
          Map.entry("shared", "shares"),
          Map.entry("spent", "spends"),
          Map.entry("uploaded", "uploads"),
          Map.entry("used", "uses"),
          Map.entry("viewed", "views"),
          Map.entry("visited", "visits"),
          Map.entry("watched", "watches"));

  /** The maximum length of a label or a noun, in characters. */
  private static final int MAX_CHARACTERS = 60;

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= MAX_CHARACTERS
        ? name
        : name.substring(0, name.offsetByCodePoints(0, MAX_CHARACTERS - 1)) + "…";
  }

  /** Returns the words of a label that a spec declares. The heading starts with a capital. */
  public static FeatureLabel declared(String label) {
    String plain = printable(label);
    return new FeatureLabel(
        plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1), "has", plain);
  }

  private static String printable(String name) {
    String plain = name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ").strip();
    return plain.isEmpty() ? name : shortened(plain);
  }

  /** Returns the words of a column name. */
  public static FeatureLabel of(String column) {
    if (!WORDS.matcher(column).matches()) {
      String plain = printable(column);
      return new FeatureLabel(plain, "has", plain);
    }
    String verb = "has";
    List<String> words = new ArrayList<>();
    List<String> noun = new ArrayList<>();
    for (String token : column.split("[_ .-]", -1)) {
      String lower = token.toLowerCase(Locale.ROOT);
      String word = ACRONYMS.contains(lower) ? token.toUpperCase(Locale.ROOT) : token;
      words.add(word);
      if (verb.equals("has") && VERBS.containsKey(lower) && !noun.isEmpty()) {
        verb = VERBS.get(lower);
      } else if (!PERIODS.contains(lower)) {
        noun.add(word);
      }
    }
    String label = shortened(String.join(" ", words));
    return new FeatureLabel(
        label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1),
        verb,
        shortened(String.join(" ", noun.isEmpty() ? words : noun)));
  }
}
