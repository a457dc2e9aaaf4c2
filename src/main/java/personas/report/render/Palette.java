package personas.report.render;

import java.util.List;
import java.util.Locale;

/**
 * The colours and shapes of personas, shared by all pictures. The first three are of Okabe and Ito
 * (<em>Color Universal Design</em>, 2008), darkened where they would be faint on white; each
 * further one lies as far as can be from those before, as people with and without a colour
 * deficiency see them. Each persona has a shape of its own too, so that a picture can be read in
 * grey. From the 13th persona on colours come back with other shapes.
 */
final class Palette {
  /** As CSS writes them; on white, and on a dark page. */
  private static final List<String> LIGHT =
      List.of(
          "#0072b2", "#d55e00", "#00835f", "#0e0e62", "#0e5462", "#620e0e", "#5a6426", "#1f5141",
          "#657781", "#3f84a6", "#301f51", "#ae1919");

  private static final List<String> DARK =
      List.of(
          "#4ba6e0", "#ff8a3d", "#2cc295", "#6767e9", "#8bdeee", "#e44444", "#c2cf81", "#bce6d8",
          "#8798a1", "#64a4c4", "#8464c4", "#ee8b8b");

  private Palette() {}

  static int colours() {
    return LIGHT.size();
  }

  static String light(int persona) {
    return LIGHT.get(persona % LIGHT.size());
  }

  static String dark(int persona) {
    return DARK.get(persona % DARK.size());
  }

  /** The shape of a persona's marks. */
  static Marker marker(int persona) {
    Marker[] all = Marker.values();
    return all[(persona + persona / LIGHT.size()) % all.length];
  }

  /** The colours as custom properties of CSS, {@code --c0} and so on, and a class for each. */
  static String css() {
    StringBuilder css = new StringBuilder(":root{");
    declare(css, LIGHT);
    css.append("}\n@media screen and (prefers-color-scheme:dark){:root{");
    declare(css, DARK);
    css.append("}}\n");
    for (int c = 0; c < LIGHT.size(); c++) {
      css.append(String.format(Locale.ROOT, ".p%d{--p:var(--c%d)}", c, c));
    }
    return css.append('\n').toString();
  }

  private static void declare(StringBuilder css, List<String> colours) {
    for (int c = 0; c < colours.size(); c++) {
      css.append(String.format(Locale.ROOT, "--c%d:%s;", c, colours.get(c)));
    }
  }
}
