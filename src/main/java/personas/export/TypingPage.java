package personas.export;

import personas.export.typing.TypingResult;
import personas.report.render.OfflinePage;
import personas.report.render.ReportJson;
import personas.report.render.ReportPage;

/**
 * Exports a typing tool as a page, on which a person types a few values and reads the persona and
 * the strategy.
 */
public final class TypingPage {
  private TypingPage() {}

  /** Returns the page, which must be written as UTF-8. */
  public static String html(TypingResult result) {
    return new OfflinePage(
            "Typing tool",
            "This page computes with a script. Without scripts, use typing.txt or typing.sql"
                + " beside it.",
            new OfflinePage.Look(
                ReportPage.style() + OfflinePage.resource(TypingPage.class, "typing.css"),
                OfflinePage.resource(TypingPage.class, "typing.js")),
            ReportJson.forPage(result),
            result.personas().size())
        .html();
  }
}
