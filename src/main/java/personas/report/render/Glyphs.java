package personas.report.render;

import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Outlines of text, from glyphs that are part of the program, because a worker may have no fonts.
 * The glyphs are Latin, Greek and Cyrillic. {@link #covers} says whether a text can be written.
 */
final class Glyphs {
  private static final double UNITS_PER_EM = 1000;
  private static final Pattern PATH_SEGMENT = Pattern.compile("([mlq])(-?[0-9,-]+)");
  private static final Glyphs LOADED = load();

  /**
   * One letter: the distance to the next letter, and a path of relative moves, lines and curves.
   */
  private record Glyph(int advance, String path) {}

  private final Map<Integer, Glyph> glyphs = new HashMap<>();

  private Glyphs() {}

  private static Glyphs load() {
    Glyphs loaded = new Glyphs();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Glyphs.class.getResourceAsStream("glyphs.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] parts = line.split(" ", 3);
          loaded.glyphs.put(
              Integer.parseInt(parts[0], 16), new Glyph(Integer.parseInt(parts[1]), parts[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return loaded;
  }

  private static int[] codePoints(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().toArray();
  }

  /** Returns whether every character of a text has a glyph. */
  static boolean covers(String text) {
    for (int codePoint : codePoints(text)) {
      if (!LOADED.glyphs.containsKey(codePoint)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the width of a covered text in the unit of {@code size}. */
  static double width(String text, double size) {
    double width = 0;
    for (int codePoint : codePoints(text)) {
      width += LOADED.glyphs.get(codePoint).advance * size / UNITS_PER_EM;
    }
    return width;
  }

  /**
   * Returns the outline of a covered text that starts at x on the baseline y. {@code size} is the
   * size of the font in the unit of x and y.
   */
  static Path2D outline(String text, double x, double y, double size) {
    Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double scale = size / UNITS_PER_EM;
    double left = x;
    for (int codePoint : codePoints(text)) {
      Glyph glyph = LOADED.glyphs.get(codePoint);
      draw(glyph.path, left, y, scale, outline);
      left += glyph.advance * scale;
    }
    return outline;
  }

  private static void draw(String path, double left, double baseline, double scale, Path2D out) {
    int x = 0;
    int y = 0;
    Matcher segment = PATH_SEGMENT.matcher(path);
    while (segment.find()) {
      String[] numbers = segment.group(2).split(",", -1);
      double controlX = 0;
      double controlY = 0;
      for (int i = 0; i < numbers.length; i += 2) {
        controlX = left + x * scale;
        controlY = baseline - y * scale;
        x += Integer.parseInt(numbers[i]);
        y += Integer.parseInt(numbers[i + 1]);
        if (numbers.length == 4 && i == 0) {
          controlX = left + x * scale;
          controlY = baseline - y * scale;
        }
      }
      double toX = left + x * scale;
      double toY = baseline - y * scale;
      switch (segment.group(1)) {
        case "m" -> out.moveTo(toX, toY);
        case "l" -> out.lineTo(toX, toY);
        default -> out.quadTo(controlX, controlY, toX, toY);
      }
    }
  }

  /**
   * Breaks a covered text at spaces into lines of at most {@code width}. A word that is wider than
   * a line is broken after the last letter that fits. If the text needs more than {@code maxLines}
   * lines, the last line ends with an ellipsis.
   */
  static List<String> lines(String text, double size, double width, int maxLines) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip();
    while (!rest.isEmpty() && lines.size() < maxLines) {
      int end = fittingLength(rest, size, width);
      if (end < rest.length() && lines.size() == maxLines - 1) {
        lines.add(
            rest.substring(0, fittingLength(rest, size, width - width("…", size))).strip() + "…");
        return lines;
      }
      int space = end < rest.length() ? rest.lastIndexOf(' ', end) : -1;
      int cut = space > 0 ? space : end;
      lines.add(rest.substring(0, cut).strip());
      rest = rest.substring(cut).strip();
    }
    return lines;
  }

  /** Returns the number of characters that fit in a line, at least one. */
  private static int fittingLength(String text, double size, double width) {
    int end = text.length();
    while (end > 1 && width(text.substring(0, end), size) > width) {
      end--;
    }
    return end;
  }
}
