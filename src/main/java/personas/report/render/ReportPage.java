package personas.report.render;

import java.util.List;
import java.util.stream.Collectors;
import personas.report.data.ReportData;

/**
 * {@code report.html}: an {@link OfflinePage} of the JSON of the report, which stands in the page
 * as it stands in {@code report.json}.
 */
public final class ReportPage {
  /** The sections in their order: each is a script in the folder {@code sections}. */
  private static final List<String> SECTIONS =
      List.of(
          "personas",
          "described",
          "changes",
          "rules",
          "separation",
          "centroids",
          "importance",
          "atypical",
          "distributions",
          "choice",
          "convergence",
          "quality",
          "definitions");

  private ReportPage() {}

  /**
   * The page, to be written as UTF-8.
   *
   * @param json the report as {@link ReportJson} writes it
   */
  public static String html(ReportData data, String json) {
    return new OfflinePage(
            "Segment report",
            "This page draws itself with a script, from data that it holds. "
                + "Without scripts, read report.json beside it.",
            style(),
            json,
            data.personas().size(),
            script())
        .html();
  }

  /** The style sheet of the report, whose look other pages share. */
  public static String style() {
    return OfflinePage.resource(ReportPage.class, "report.css");
  }

  private static String script() {
    String sections =
        SECTIONS.stream()
            .map(section -> OfflinePage.resource(ReportPage.class, "sections/" + section + ".js"))
            .collect(Collectors.joining());
    return OfflinePage.resource(ReportPage.class, "chart.js")
        + OfflinePage.resource(ReportPage.class, "elements.js")
        + sections
        + OfflinePage.resource(ReportPage.class, "report.js");
  }
}
