package personas.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Formats a value of the JSON like the page, by an independent implementation in exact arithmetic.
 */
public final class ShownFigure {
  private ShownFigure() {}

  public static String of(JsonNode json, String path, String format) {
    JsonNode node = json;
    for (String key : path.split("\\.", -1)) {
      if (key.equals("length")) {
        return grouped(node.size(), 0);
      }
      node = node.isArray() ? node.path(Integer.parseInt(key)) : node.path(key);
    }
    if (node.isMissingNode()) {
      return path + " is not in the JSON";
    }
    if (node.isNull() || node.asText().isEmpty()) {
      return "–";
    }
    double value = node.doubleValue();
    return switch (format) {
      case "text" -> node.asText().replaceAll("[\u202a-\u202e\u2066-\u2069]", "\ufffd");
      case "sentence" ->
          node.asText().charAt(0) + node.asText().substring(1).toLowerCase(Locale.ROOT);
      case "words" -> node.asText().replace('_', ' ');
      case "count" -> grouped(value, 0);
      case "two" -> grouped(value, 2);
      case "percent" -> grouped(100 * value, value != 0 && Math.abs(value) < 0.01 ? 2 : 1) + "%";
      case "sigma" -> {
        String two = grouped(value, 2);
        yield two.startsWith("−") || two.equals("0.00") ? two : "+" + two;
      }
      case "raw" -> raw(value);
      case "day" -> java.time.LocalDate.ofEpochDay(Math.round(value)).toString();
      default -> "no format: " + format;
    };
  }

  private static String raw(double value) {
    double size = Math.abs(value);
    if (size >= 1e12 || (size > 0 && size < 1e-3)) {
      int exponent = new BigDecimal(size).precision() - new BigDecimal(size).scale() - 1;
      BigDecimal digits =
          new BigDecimal(size).movePointLeft(exponent).setScale(2, RoundingMode.HALF_UP);
      if (digits.compareTo(BigDecimal.TEN) >= 0) {
        digits = digits.movePointLeft(1).setScale(2);
        exponent++;
      }
      String sign = value < 0 ? "−" : "";
      return sign + digits + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
    boolean whole = value == Math.rint(value);
    return grouped(value, whole || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
  }

  private static String grouped(double value, int digits) {
    BigDecimal rounded = new BigDecimal(Math.abs(value)).setScale(digits, RoundingMode.HALF_UP);
    String text = String.format(Locale.ROOT, "%,." + digits + "f", rounded);
    return value < 0 && rounded.signum() != 0 ? "−" + text : text;
  }
}
