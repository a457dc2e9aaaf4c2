package personas.report.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.report.data.ReportData;

/**
 * {@code report.html}: one file that needs no network. Its script draws everything from the JSON of
 * the report, which stands in the page as it stands in {@code report.json}; the policy in its head
 * allows this one script, this one style sheet, and no request.
 */
public final class ReportPage {
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
      <title>Segment report</title>
      <style>%s</style>
      </head>
      <body>
      <noscript><p>This page draws itself with a script, from data that it holds. \
      Without scripts, read report.json beside it.</p></noscript>
      <div id="page"></div>
      <script type="application/json" id="data">%s</script>
      <script type="application/json" id="marks">%s</script>
      <script>%s</script>
      </body>
      </html>
      """;

  private ReportPage() {}

  /**
   * The page, to be written as UTF-8.
   *
   * @param json the report as {@link ReportJson} writes it
   */
  public static String html(ReportData data, String json) {
    String style = Palette.css() + resource("report.css");
    String script = resource("chart.js") + resource("report.js");
    return PAGE.formatted(sha256(script), sha256(style), style, json, marks(data), script);
  }

  private static String marks(ReportData data) {
    return IntStream.range(0, data.personas().size())
        .mapToObj(persona -> Palette.marker(persona).json())
        .collect(Collectors.joining(",\n", "[", "]"));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
