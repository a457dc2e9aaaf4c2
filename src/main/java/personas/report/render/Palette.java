package personas.report.render;

import java.util.List;
import java.util.Locale;

/**
 * The colors and shapes of personas, shared by all pictures. The first three colors come from Okabe
 * and Ito (<em>Color Universal Design</em>, 2008) and are darker if they would be faint on white.
 * Each further color is as different as possible from the earlier colors for people with and
 * without a color deficiency. Each of the first twelve personas also has its own shape, so that a
 * picture is legible in gray. From the 13th persona on, the colors and shapes repeat in other
 * combinations.
 */
final class Palette {
  /** The colors on white, in the notation of CSS. */
  private static final List<String> LIGHT =
      List.of(
          "#0072b2", "#d55e00", "#00835f", "#0e0e62", "#0e5462", "#620e0e", "#5a6426", "#1f5141",
          "#657781", "#3f84a6", "#301f51", "#ae1919");

  /** The colors on a dark page, in the notation of CSS. */
  private static final List<String> DARK =
      List.of(
          "#4ba6e0", "#ff8a3d", "#2cc295", "#6767e9", "#8bdeee", "#e44444", "#c2cf81", "#bce6d8",
          "#8798a1", "#64a4c4", "#8464c4", "#ee8b8b");

  private Palette() {}

  /** Returns the number of different colors. */
  static int colors() {
    return LIGHT.size();
  }

  /** Returns the color of a persona on white. */
  static String light(int persona) {
    return LIGHT.get(persona % LIGHT.size());
  }

  /** Returns the color of a persona on a dark page. */
  static String dark(int persona) {
    return DARK.get(persona % DARK.size());
  }

  /** Returns the shape of a persona's marks. */
  static MarkShape marker(int persona) {
    MarkShape[] markers = MarkShape.values();
    return markers[(persona + persona / LIGHT.size()) % markers.length];
  }

  /**
   * Returns the colors as custom properties of CSS, {@code --c0} and so on, with a class for each.
   */
  static String css() {
    StringBuilder css = new StringBuilder(":root{");
    declare(css, LIGHT);
    css.append("}\n@media screen and (prefers-color-scheme:dark){:root{");
    declare(css, DARK);
    css.append("}}\n");
    for (int color = 0; color < LIGHT.size(); color++) {
      css.append(String.format(Locale.ROOT, ".p%d{--p:var(--c%d)}", color, color));
    }
    return css.append('\n').toString();
  }

  private static void declare(StringBuilder css, List<String> colors) {
    for (int color = 0; color < colors.size(); color++) {
      css.append(String.format(Locale.ROOT, "--c%d:%s;", color, colors.get(color)));
    }
  }
}
