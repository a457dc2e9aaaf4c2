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

/** A value of the YAML tree with the path to it; notes each mistake and goes on. */
final class SpecNode {
  private static final int MOST_NAME_LENGTH = 200;
  private static final int MOST_PATH_LENGTH = 4096;
  private static final int MOST_TEXT_LENGTH = 10_000;

  private final String path;
  private final Object value;
  private final List<String> mistakes;

  /**
   * @param path {@code file: key.key}
   * @param value null where the key is not there
   */
  SpecNode(String path, Object value, List<String> mistakes) {
    this.path = path;
    this.value = value;
    this.mistakes = mistakes;
  }

  boolean isPresent() {
    return value != null;
  }

  void mistake(String what) {
    // Of those that nobody will see only the number is kept.
    boolean seen = mistakes.size() < SpecException.MOST_MISTAKES;
    mistakes.add(seen ? path + (path.endsWith(":") ? " " : ": ") + what : "");
  }

  /**
   * Notes a name that is none of {@code names}; without the nearest where so many mistakes are
   * noted that nobody will see this one.
   *
   * @param what with {@code %s} where the nearest name is to stand
   */
  void mistakenName(String name, Collection<String> names, String what) {
    boolean seen = mistakes.size() < SpecException.MOST_MISTAKES;
    mistake(seen ? String.format(Locale.ROOT, what, NearestName.of(name, names)) : what);
  }

  private SpecNode child(String step, Object childValue) {
    String shown = brief(step);
    return new SpecNode(
        path.endsWith(":") ? path + " " + shown : path + "." + shown, childValue, mistakes);
  }

  /** The values of a map with exactly these keys; each may be absent. */
  Map<String, SpecNode> keys(String... allowed) {
    Map<String, Object> map = map();
    List<String> names = Arrays.asList(allowed);
    String allNames = String.join(", ", names);
    for (String key : map.keySet()) {
      if (!names.contains(key)) {
        child(key, null)
            .mistakenName(key, names, "unknown key; did you mean '%s'? Allowed: " + allNames);
      }
    }
    Map<String, SpecNode> nodes = new LinkedHashMap<>();
    for (String key : allowed) {
      nodes.put(key, child(key, map.get(key)));
    }
    return nodes;
  }

  /** The values of a map with any keys. */
  Map<String, SpecNode> entries() {
    Map<String, SpecNode> nodes = new LinkedHashMap<>();
    map().forEach((key, each) -> nodes.put(key, child(key, each)));
    return nodes;
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach(
          (key, each) -> {
            // 1 and '1' are two keys to YAML.
            if (map.containsKey(name(key))) {
              child(name(key), null).mistake("stands twice");
            }
            map.put(name(key), each);
          });
    } else if (value != null) {
      mistake(shown() + " is not a map of keys");
    }
    return map;
  }

  /** The elements of a list; none where it is absent. */
  List<SpecNode> elements() {
    List<SpecNode> nodes = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        nodes.add(new SpecNode(path + "[" + i + "]", list.get(i), mistakes));
        if (list.get(i) == null) {
          nodes.get(i).mistake("is empty");
        }
      }
    } else if (value != null) {
      mistake(shown() + " is not a list");
    }
    return nodes;
  }

  /** Returns the elements of a list as text, also those that YAML reads as a number or as null. */
  List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map || each instanceof List) {
          mistake(name(each) + " is not text");
        } else {
          tokens.add(String.valueOf(each));
        }
      }
    } else if (value != null) {
      mistake(shown() + " is not a list");
    }
    return tokens;
  }

  /** Returns whether the value is true; null if the key is missing. */
  Boolean flag() {
    if (value != null && !(value instanceof Boolean)) {
      mistake(shown() + " is not true or false");
      return null;
    }
    return (Boolean) value;
  }

  /** Returns the only character of the value, or null if the key is missing. */
  Character character() {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text) || text.length() != 1) {
      mistake(shown() + " is not one character in quotes");
      return null;
    }
    return text.charAt(0);
  }

  /**
   * Returns the name of a required column. A line break in the name becomes a space, because a
   * header cell with a line break is found by the name with a space.
   */
  String requiredColumn() {
    if (value == null) {
      mistake("missing; a column that is named null is written in quotes: \"null\"");
      return "";
    }
    return value instanceof String text
            && text.length() <= MOST_NAME_LENGTH
            && text.indexOf('\n') >= 0
        ? new SpecNode(path, text.replaceAll("\\s*\\R\\s*", " "), mistakes).requiredName()
        : requiredName();
  }

  /** A name that must be there; empty where it is not. */
  String requiredName() {
    if (value == null) {
      mistake("missing");
      return "";
    }
    return oneLine(MOST_NAME_LENGTH);
  }

  String optionalPath() {
    return value == null ? null : oneLine(MOST_PATH_LENGTH);
  }

  private String oneLine(int mostLength) {
    String name = text(mostLength, false);
    if (value instanceof String && name.codePoints().allMatch(SpecNode::isSpace)) {
      mistake("is blank");
    }
    return name;
  }

  String optionalText() {
    return text(MOST_TEXT_LENGTH, true);
  }

  private String text(int mostLength, boolean mayHaveLines) {
    if (value == null) {
      return "";
    }
    if (!(value instanceof String text)) {
      mistake(shown() + " is not text; put it in quotes");
      return "";
    }
    if (text.length() > mostLength) {
      mistake(text.length() + " characters are more than " + mostLength);
      // Aliases could bring a long one into a hundred thousand messages.
      return text.substring(0, mostLength);
    }
    if (text.codePoints().anyMatch(c -> isControl(c) && !(mayHaveLines && c == '\n'))) {
      mistake("has a control character");
    }
    return text;
  }

  /** Half a surrogate pair counts too: it is no character and has no UTF-8. */
  private static boolean isControl(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
  }

  /** No-break spaces count too. */
  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** One of the constants of an enum, written in lower case. */
  <E extends Enum<E>> E oneOf(Class<E> type, E otherwise) {
    return oneOf(List.of(type.getEnumConstants()), otherwise);
  }

  /** One of these constants, written in lower case. */
  <E extends Enum<E>> E oneOf(List<E> allowed, E otherwise) {
    if (value == null) {
      return otherwise;
    }
    List<String> names = new ArrayList<>();
    for (E constant : allowed) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      names.add(name);
      // A name of two words may have either line between them.
      if (name.equals(value) || name.replace('_', '-').equals(value)) {
        return constant;
      }
    }
    mistake(shown() + " is not one of " + String.join(", ", names));
    return otherwise;
  }

  /** One of these constants, or null for {@code auto} and for a missing value. */
  <E extends Enum<E>> E oneOfOrAuto(List<E> allowed) {
    return isText("auto") ? null : oneOf(allowed, null);
  }

  Number number(NumberRange key, Number otherwise) {
    if (value == null) {
      return otherwise;
    }
    String refused = value instanceof Number number ? key.refuse(number) : " is not a number";
    if (refused != null) {
      mistake(shown() + refused);
      return otherwise;
    }
    return (Number) value;
  }

  /** A number, {@code auto} or a range. */
  ClusterCount clusterCount(ClusterCount otherwise) {
    ClusterCount chosen = value instanceof String text ? ClusterCount.parse(text) : null;
    if (chosen == null && value instanceof String) {
      mistake(shown() + ClusterCount.EXPECTED);
      return otherwise;
    }
    if (chosen == null) {
      Number fixed = number(NumberRange.K, null);
      return fixed == null ? otherwise : ClusterCount.fixed(fixed.intValue());
    }
    String refused = chosen.refuse();
    if (refused != null) {
      mistake(shown() + refused);
      return otherwise;
    }
    return chosen;
  }

  /** {@code none}, {@code auto} or a quantile. */
  Winsorizing winsorizing() {
    if (value == null || isText("auto")) {
      return Winsorizing.AUTO;
    }
    if (isText("none")) {
      return Winsorizing.NONE;
    }
    if (value instanceof String) {
      mistake(shown() + " is not none, auto or a quantile like 0.99");
      return Winsorizing.AUTO;
    }
    return new Winsorizing(number(NumberRange.WINSORIZE, 1).doubleValue());
  }

  double finiteNumber(double otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      mistake(shown() + " is not a finite number");
      return otherwise;
    }
    return number.doubleValue();
  }

  private String shown() {
    return brief(value instanceof String ? "'" + value + "'" : name(value));
  }

  /** A value in words. Not what a map or list holds: YAML's aliases can make that endless. */
  private static String name(Object any) {
    return any instanceof Map ? "a map" : any instanceof List ? "a list" : String.valueOf(any);
  }

  private static String brief(String text) {
    String start = text.length() <= 60 ? text : text.substring(0, 60) + "…";
    return start.replaceAll("\\p{Cc}", "?");
  }

  boolean isMap() {
    return value instanceof Map;
  }

  boolean isList() {
    return value instanceof List;
  }

  /** Whether the value is this very text. */
  boolean isText(String text) {
    return text.equals(value);
  }
}
