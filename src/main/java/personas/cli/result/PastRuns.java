package personas.cli.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import personas.cli.exit.UsageException;
import personas.connector.storage.Folder;
import personas.model.JsonFile;
import personas.model.compare.Drift;
import personas.model.timeline.PastRun;
import personas.report.ReportFiles;

/** Reads the finished runs in the folders of a pattern. */
public final class PastRuns {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final JsonFactory JSON = new JsonFactory();

  private PastRuns() {}

  /**
   * Reads the runs. A folder without a {@code model.json} is skipped.
   *
   * @param pattern the pattern of the folders, such as 'out/shop/2026-*'
   * @return at least one run
   * @throws UsageException if no folder holds a finished run, or a file cannot be read
   */
  public static List<PastRun> read(String pattern) throws UsageException, IOException {
    List<PastRun> runs = new ArrayList<>();
    for (String folder : FinishedRun.folders(pattern)) {
      runs.add(readRun(folder));
    }
    if (runs.isEmpty()) {
      throw new UsageException(
          "--runs: "
              + pattern
              + ": no matching folder holds a finished run with a model.json; write a pattern like"
              + " 'out/shop/2026-*'");
    }
    return runs;
  }

  private static PastRun readRun(String folder) throws UsageException, IOException {
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    try {
      return new PastRun(
          name,
          date(folder, name),
          FinishedRun.read("runs", folder + FinishedRun.MODEL),
          drift(folder));
    } catch (IOException e) {
      throw FinishedRun.usage("runs", folder, e);
    }
  }

  /** Reads the comparison with the previous run; returns null without a previous run. */
  private static Drift drift(String folder) throws IOException {
    byte[] bytes = bytes(folder, Drift.FILE);
    return bytes == null
        ? null
        : JsonFile.read(folder + "/" + Drift.FILE, new ByteArrayInputStream(bytes), Drift.class);
  }

  /**
   * Returns the date of the data in the report, else in the name of the folder; null without a
   * date.
   */
  private static LocalDate date(String folder, String name) throws IOException {
    byte[] report = bytes(folder, ReportFiles.JSON.fileName());
    String text = report == null ? null : dataDate(report);
    if (text == null) {
      Matcher inName = DATE.matcher(name);
      text = inName.find() ? inName.group() : null;
    }
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException notADate) {
      return null;
    }
  }

  /** Reads {@code run.dataDate}, which comes before the large parts of a report. */
  private static String dataDate(byte[] report) throws IOException {
    try (JsonParser parser = JSON.createParser(report)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals("dataDate")) {
          String date = parser.nextTextValue();
          return date != null && DATE.matcher(date).matches() ? date : null;
        }
      }
      return null;
    }
  }

  private static byte[] bytes(String folder, String name) throws IOException {
    try {
      return Folder.readAll(new Folder(folder).file(name));
    } catch (FileNotFoundException e) {
      return null;
    }
  }
}
