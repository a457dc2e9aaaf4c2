package personas.report.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.math.Hashing;
import personas.math.Require;

/**
 * A page in one file that works without a network. One script draws everything from JSON that the
 * page holds. The content security policy of the page allows this script and one style sheet, and
 * no requests.
 *
 * @param title the text of the browser tab
 * @param withoutScripts the text for a browser that does not run scripts
 * @param look the style sheet and the script
 * @param json the data, in which characters that could end a script element are escaped
 * @param personas the number of personas
 */
public record OfflinePage(
    String title, String withoutScripts, Look look, String json, int personas) {

  /**
   * The style sheet and the script of a page.
   *
   * @param style the style sheet, which is appended to the color definitions of the personas
   * @param script the script, which draws the page from its data
   */
  public record Look(String style, String script) {
    public Look {
      Require.notEmpty("style", style);
      Require.notEmpty("script", script);
    }
  }

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      script-src 'sha256-%s'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>%s</title>
      <style>%s</style>
      </head>
      <body>
      <noscript><p>%s</p></noscript>
      <div id="page"></div>
      <script type="application/json" id="data">%s</script>
      <script type="application/json" id="marks">%s</script>
      <script>%s</script>
      </body>
      </html>
      """;

  public OfflinePage {
    Require.notEmpty("title", title);
    Require.atLeast(0, "personas", personas);
  }

  /** Returns the page, to be written as UTF-8. */
  public String html() {
    String styles = Palette.css() + look.style;
    String script = look.script;
    return PAGE.formatted(
        sha256(script), sha256(styles), title, styles, withoutScripts, json, marks(), script);
  }

  private String marks() {
    return IntStream.range(0, personas)
        .mapToObj(persona -> Palette.marker(persona).json())
        .collect(Collectors.joining(",\n", "[", "]"));
  }

  private static String sha256(String text) {
    byte[] hash = Hashing.newSha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  /** Returns the text of a resource in the package of a class. The resource must exist. */
  public static String resource(Class<?> type, String name) {
    try (InputStream in = type.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
