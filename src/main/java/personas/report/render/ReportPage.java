package personas.report.render;

import java.util.List;
import java.util.stream.Collectors;
import personas.report.data.ReportData;

/**
 * Writes {@code report.html}: an {@link OfflinePage} that holds the text of {@code report.json}.
 */
public final class ReportPage {
  private ReportPage() {}

  /**
   * Returns the page, to be written as UTF-8.
   *
   * @param json the report as {@link ReportJson} writes it
   * @param sections the scripts of the folder {@code sections}, in the order of the page
   */
  public static String html(ReportData data, String json, List<String> sections) {
    return new OfflinePage(
            "Segment report",
            "This page needs JavaScript to draw the report. "
                + "Without JavaScript, read report.json in the same folder.",
            new OfflinePage.Look(style(), script(sections)),
            json,
            data.personas().size())
        .html();
  }

  /** Returns the style sheet of the report, which other pages use too. */
  public static String style() {
    return OfflinePage.resource(ReportPage.class, "report.css");
  }

  private static String script(List<String> sections) {
    String scripts =
        sections.stream()
            .map(section -> OfflinePage.resource(ReportPage.class, "sections/" + section + ".js"))
            .collect(Collectors.joining());
    return OfflinePage.resource(ReportPage.class, "chart.js")
        + OfflinePage.resource(ReportPage.class, "elements.js")
        + scripts
        + OfflinePage.resource(ReportPage.class, "report.js");
  }
}
