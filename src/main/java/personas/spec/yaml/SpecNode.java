package personas.spec.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import personas.feature.Winsorizing;
import personas.spec.ClusterCount;
import personas.spec.NumberRange;
import personas.spec.SpecException;
import personas.text.NearestName;

/**
 * A value of the YAML tree with its path. The methods collect mistakes instead of throwing them.
 */
public final class SpecNode {
  private static final int MAX_NAME_LENGTH = 200;
  private static final int MAX_PATH_LENGTH = 4096;
  private static final int MAX_TEXT_LENGTH = 10_000;

  private final String path;
  private final Object value;
  private final List<String> mistakes;

  /**
   * Creates a node.
   *
   * @param path the file and the keys that lead to the value, {@code file: key.key}
   * @param value null if the key is absent
   * @param mistakes the list to which mistakes are added
   */
  SpecNode(String path, Object value, List<String> mistakes) {
    this.path = path;
    this.value = value;
    this.mistakes = mistakes;
  }

  /** Returns whether the key is present. */
  public boolean isPresent() {
    return value != null;
  }

  /** Adds a mistake; the message begins with the path of the value. */
  public void addMistake(String what) {
    // The message only counts mistakes after the last listed one, so their texts are not kept.
    boolean isListed = mistakes.size() < SpecException.MAX_MISTAKES;
    mistakes.add(isListed ? path + (path.endsWith(":") ? " " : ": ") + what : "");
  }

  /**
   * Adds the mistake that a name is not one of {@code names}. The nearest name is computed only if
   * the message will list the mistake.
   *
   * @param what the mistake, with {@code %s} in place of the nearest name
   */
  void addUnknownName(String name, Collection<String> names, String what) {
    boolean isListed = mistakes.size() < SpecException.MAX_MISTAKES;
    addMistake(isListed ? String.format(Locale.ROOT, what, NearestName.of(name, names)) : what);
  }

  private SpecNode child(String step, Object childValue) {
    String key = shortened(step);
    return new SpecNode(
        path.endsWith(":") ? path + " " + key : path + "." + key, childValue, mistakes);
  }

  /**
   * Returns the value of each allowed key of a map. A key that is not allowed is a mistake. The
   * node of an absent key is not {@link #isPresent present}.
   */
  public Map<String, SpecNode> keys(String... allowed) {
    Map<String, Object> map = map();
    List<String> names = Arrays.asList(allowed);
    String allowedNames = String.join(", ", names);
    for (String key : map.keySet()) {
      if (!names.contains(key)) {
        child(key, null)
            .addUnknownName(key, names, "unknown key; did you mean '%s'? Allowed: " + allowedNames);
      }
    }
    Map<String, SpecNode> nodes = new LinkedHashMap<>();
    for (String key : allowed) {
      nodes.put(key, child(key, map.get(key)));
    }
    return nodes;
  }

  /** Returns the value of each key of a map that may have any keys, in the order of the file. */
  Map<String, SpecNode> entries() {
    Map<String, SpecNode> nodes = new LinkedHashMap<>();
    map().forEach((key, entry) -> nodes.put(key, child(key, entry)));
    return nodes;
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach(
          (key, entry) -> {
            // For YAML, 1 and '1' are two different keys.
            if (map.containsKey(textOf(key))) {
              child(textOf(key), null).addMistake("occurs twice");
            }
            map.put(textOf(key), entry);
          });
    } else if (value != null) {
      addMistake(valueText() + " is not a map of keys");
    }
    return map;
  }

  /** Returns the elements of a list; an empty list if the key is absent. */
  List<SpecNode> elements() {
    List<SpecNode> nodes = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        nodes.add(new SpecNode(path + "[" + i + "]", list.get(i), mistakes));
        if (list.get(i) == null) {
          nodes.get(i).addMistake("is empty");
        }
      }
    } else if (value != null) {
      addMistake(valueText() + " is not a list");
    }
    return nodes;
  }

  /**
   * Returns the elements of a list as text, including elements that YAML reads as a number or as
   * null.
   */
  List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map || element instanceof List) {
          addMistake(textOf(element) + " is not text");
        } else {
          tokens.add(String.valueOf(element));
        }
      }
    } else if (value != null) {
      addMistake(valueText() + " is not a list");
    }
    return tokens;
  }

  /** Returns the boolean value; null if the key is absent or the value is not a boolean. */
  Boolean optionalBoolean() {
    if (value != null && !(value instanceof Boolean)) {
      addMistake(valueText() + " is not true or false");
      return null;
    }
    return (Boolean) value;
  }

  /**
   * Returns the only character of the value; null if the key is absent or the value is not a text
   * of one character.
   */
  Character character() {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text) || text.length() != 1) {
      addMistake(valueText() + " is not one character in quotes");
      return null;
    }
    return text.charAt(0);
  }

  /**
   * Returns the name of a required column. A line break in the name becomes a space, as in the
   * names that are read from a header.
   */
  String requiredColumn() {
    if (value == null) {
      addMistake("missing; a column that is named null is written in quotes: \"null\"");
      return "";
    }
    return value instanceof String text
            && text.length() <= MAX_NAME_LENGTH
            && text.indexOf('\n') >= 0
        ? new SpecNode(path, text.replaceAll("\\s*\\R\\s*", " "), mistakes).requiredName()
        : requiredName();
  }

  /** Returns a required name; if it is absent, adds a mistake and returns an empty text. */
  public String requiredName() {
    if (value == null) {
      addMistake("missing");
      return "";
    }
    return oneLine(MAX_NAME_LENGTH);
  }

  /** Returns one line of text; null if the key is absent. */
  public String optionalLine() {
    return value == null ? null : oneLine(MAX_PATH_LENGTH);
  }

  private String oneLine(int maxLength) {
    String name = text(maxLength, false);
    if (value instanceof String && name.codePoints().allMatch(SpecNode::isSpace)) {
      addMistake("is blank");
    }
    return name;
  }

  /** Returns a text, which may have several lines; empty if the key is absent. */
  public String optionalText() {
    return text(MAX_TEXT_LENGTH, true);
  }

  private String text(int maxLength, boolean mayHaveLines) {
    if (value == null) {
      return "";
    }
    if (!(value instanceof String text)) {
      addMistake(valueText() + " is not text; put it in quotes");
      return "";
    }
    if (text.length() > maxLength) {
      addMistake(text.length() + " characters are more than " + maxLength);
      // With aliases, a short YAML file could repeat a long text in 100,000 messages.
      return text.substring(0, maxLength);
    }
    if (text.codePoints().anyMatch(c -> isControl(c) && !(mayHaveLines && c == '\n'))) {
      addMistake("has a control character");
    }
    return text;
  }

  /**
   * Returns whether a code point is a control character, or half of a surrogate pair, which UTF-8
   * cannot encode.
   */
  private static boolean isControl(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
  }

  /** Returns whether a code point is a space, for example a no-break space. */
  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /**
   * Returns the constant of an enum that the value names in lower case; the default if the key is
   * absent or the value is not allowed.
   */
  <E extends Enum<E>> E oneOf(Class<E> type, E defaultValue) {
    return oneOf(List.of(type.getEnumConstants()), defaultValue);
  }

  /**
   * Returns the allowed constant that the value names in lower case; the default if the key is
   * absent or the value is not allowed.
   */
  <E extends Enum<E>> E oneOf(List<E> allowed, E defaultValue) {
    if (value == null) {
      return defaultValue;
    }
    List<String> names = new ArrayList<>();
    for (E constant : allowed) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      names.add(name);
      // The words of a name may be joined with _ or -.
      if (name.equals(value) || name.replace('_', '-').equals(value)) {
        return constant;
      }
    }
    addMistake(valueText() + " is not one of " + String.join(", ", names));
    return defaultValue;
  }

  /**
   * Returns the value if it is an allowed word. Returns null if the key is absent, and for any
   * other value, which is a mistake.
   */
  String oneOfWords(List<String> allowed) {
    if (value == null || (value instanceof String word && allowed.contains(word))) {
      return (String) value;
    }
    addMistake(valueText() + " is not one of " + String.join(", ", allowed));
    return null;
  }

  /**
   * Returns the allowed constant that the value names; null if the value is {@code auto} or absent.
   */
  <E extends Enum<E>> E oneOfOrAuto(List<E> allowed) {
    return isText("auto") ? null : oneOf(allowed, null);
  }

  /**
   * Returns the number if it is in the range of the key; the default if it is absent or not
   * allowed.
   */
  Number number(NumberRange key, Number defaultValue) {
    if (value == null) {
      return defaultValue;
    }
    String violation = value instanceof Number number ? key.violation(number) : " is not a number";
    if (violation != null) {
      addMistake(valueText() + violation);
      return defaultValue;
    }
    return (Number) value;
  }

  /**
   * Returns the number of clusters: a number, {@code auto} or a range; the default if the key is
   * absent or the value is not allowed.
   */
  ClusterCount clusterCount(ClusterCount defaultValue) {
    ClusterCount chosen = value instanceof String text ? ClusterCount.parse(text) : null;
    if (chosen == null && value instanceof String) {
      addMistake(valueText() + ClusterCount.EXPECTED);
      return defaultValue;
    }
    if (chosen == null) {
      Number fixed = number(NumberRange.K, null);
      return fixed == null ? defaultValue : ClusterCount.fixed(fixed.intValue());
    }
    String violation = chosen.violation();
    if (violation != null) {
      addMistake(valueText() + violation);
      return defaultValue;
    }
    return chosen;
  }

  /**
   * Returns the value of {@code winsorize}: {@code none}, {@code auto} or a quantile; {@code auto}
   * if the key is absent.
   */
  Winsorizing winsorizing() {
    if (value == null || isText("auto")) {
      return Winsorizing.AUTO;
    }
    if (isText("none")) {
      return Winsorizing.NONE;
    }
    if (value instanceof String) {
      addMistake(valueText() + " is not none, auto or a quantile like 0.99");
      return Winsorizing.AUTO;
    }
    return new Winsorizing(number(NumberRange.WINSORIZE, 1).doubleValue());
  }

  /** Returns the number; the default if it is absent, not a number or not finite. */
  double finiteNumber(double defaultValue) {
    if (value == null) {
      return defaultValue;
    }
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      addMistake(valueText() + " is not a finite number");
      return defaultValue;
    }
    return number.doubleValue();
  }

  private String valueText() {
    return shortened(value instanceof String ? "'" + value + "'" : textOf(value));
  }

  /**
   * Returns a value as text. The content of a map or a list is not shown, because aliases can make
   * the content endless.
   */
  private static String textOf(Object any) {
    return any instanceof Map ? "a map" : any instanceof List ? "a list" : String.valueOf(any);
  }

  private static String shortened(String text) {
    String start = text.length() <= 60 ? text : text.substring(0, 60) + "…";
    return start.replaceAll("\\p{Cc}", "?");
  }

  /** Returns whether the value is a map of keys. */
  boolean isMap() {
    return value instanceof Map;
  }

  /** Returns whether the value is a list. */
  boolean isList() {
    return value instanceof List;
  }

  /** Returns whether the value equals a text. */
  boolean isText(String text) {
    return text.equals(value);
  }
}
