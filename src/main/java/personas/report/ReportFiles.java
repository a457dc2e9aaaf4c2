package personas.report;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;
import personas.report.data.ReportData;
import personas.report.render.ReportJson;
import personas.report.render.ReportPage;
import personas.report.render.ScatterPicture;
import personas.report.section.ReportSections;

/** The files of a report. The content of each file depends on the report alone. */
public enum ReportFiles {
  /** All numbers of the report. The other files can be made from this file. */
  JSON("report.json"),

  /** The page with all charts. */
  HTML("report.html"),

  /** The scatter plot as a picture. */
  PNG("customer_clusters.png");

  private final String fileName;

  ReportFiles(String fileName) {
    this.fileName = fileName;
  }

  /** Returns the name of the file in the output folder. */
  public String fileName() {
    return fileName;
  }

  /** Returns the content of each file, in the order of the constants. */
  public static Map<ReportFiles, byte[]> contents(ReportData report) {
    ForkJoinTask<byte[]> picture = ForkJoinTask.adapt(() -> ScatterPicture.png(report)).fork();
    String json = ReportJson.text(report);
    Map<ReportFiles, byte[]> files = new EnumMap<>(ReportFiles.class);
    files.put(JSON, utf8(json));
    files.put(HTML, utf8(ReportPage.html(report, json, ReportSections.scripts())));
    files.put(PNG, picture.join());
    return files;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
