package personas.report.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.math.Hashing;

/**
 * A page of one file that needs no network. One script draws everything from JSON that the page
 * holds. The policy in the head of the page allows this one script, one style sheet, and no
 * request.
 *
 * @param title what the tab shows
 * @param withoutScripts what a browser shows that runs no script
 * @param style the style sheet, behind the colours of the personas
 * @param json the data, with no character that could end a script element
 * @param personas how many personas have a mark
 * @param script the script
 */
public record OfflinePage(
    String title, String withoutScripts, String style, String json, int personas, String script) {
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

  /** The page, to be written as UTF-8. */
  public String html() {
    String styles = Palette.css() + style;
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

  /** A text beside a class. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
