package personas.report;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;
import personas.report.data.ReportData;
import personas.report.render.ReportJson;
import personas.report.render.ReportPage;
import personas.report.render.ScatterPicture;

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

  /** What each file holds. The picture is drawn beside the others. */
  public static Map<ReportFiles, byte[]> all(ReportData report) {
    ForkJoinTask<byte[]> picture = ForkJoinTask.adapt(() -> ScatterPicture.png(report)).fork();
    String json = ReportJson.text(report);
    Map<ReportFiles, byte[]> all = new EnumMap<>(ReportFiles.class);
    all.put(JSON, utf8(json));
    all.put(HTML, utf8(ReportPage.html(report, json)));
    all.put(PNG, picture.join());
    return all;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
