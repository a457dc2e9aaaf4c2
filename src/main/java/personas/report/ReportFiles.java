package personas.report;

import java.nio.charset.StandardCharsets;

/** The files of a report; each is made from the report alone, the same bytes everywhere. */
public enum ReportFiles {
  /** What the others can be drawn from again. */
  JSON("report.json"),
  HTML("report.html"),
  PNG("customer_clusters.png");

  private final String fileName;

  ReportFiles(String fileName) {
    this.fileName = fileName;
  }

  public String fileName() {
    return fileName;
  }

  /** What the file holds. */
  public byte[] bytes(ReportData report) {
    return switch (this) {
      case JSON -> utf8(ReportJson.text(report));
      case HTML -> utf8(ReportPage.html(report));
      case PNG -> ScatterPicture.png(report);
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
