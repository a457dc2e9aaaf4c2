package personas.cli.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import personas.cli.exit.UsageException;
import personas.connector.storage.FilePattern;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.model.JsonFile;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.compare.Drift;
import personas.model.score.ScoreResult;
import personas.model.table.LedgerTable;
import personas.report.ReportFiles;
import personas.report.data.ReportData;
import personas.report.render.ReportJson;
import personas.run.RunFolders;
import personas.run.RunPlan;
import personas.run.events.EventSummary;

/** Reads the results of finished runs. A run without a model is not finished. */
public final class FinishedRun {
  private static final Pattern NUMBER = Pattern.compile("-\\d+(\\.\\w+)$");

  /** The file of the model in the folder of a run. */
  public static final String MODEL = "/model.json";

  private FinishedRun() {}

  /**
   * Returns the folders of finished runs, sorted by name. A folder without a {@code model.json} is
   * skipped.
   *
   * @param pattern the pattern of the folders, such as 'out/shop/2026-*'
   */
  public static List<String> folders(String pattern) throws IOException {
    return FilePattern.files(FolderPath.path(pattern) + MODEL).stream()
        .map(file -> file.resourceId().toString())
        .map(file -> file.substring(0, file.length() - MODEL.length()))
        .toList();
  }

  /** Reads the model of a run. */
  public static Model readModel(RunPlan plan) throws IOException {
    return read(plan.folders().output() + MODEL);
  }

  /** Reads the result of a score. */
  public static ScoreResult readScore(RunPlan plan) throws IOException {
    return read(plan.folders().output() + "/" + ScoreResult.FILE, ScoreResult.class);
  }

  /** Reads the summary of the events; returns null if the records of the input are users. */
  public static EventSummary readEvents(RunPlan plan) throws IOException {
    return plan.spec().input().aggregate() == null
        ? null
        : read(plan.folders().output() + "/" + EventSummary.FILE, EventSummary.class);
  }

  /** Reads the comparison with the previous run; returns null without a previous run. */
  public static Drift readDrift(RunPlan plan) throws IOException {
    return plan.models().previous() == null
        ? null
        : read(plan.folders().output() + "/" + Drift.FILE, Drift.class);
  }

  /**
   * Returns the results in a folder: the name of a file, or the pattern of numbered files → the
   * number of files.
   */
  public static SortedMap<String, Integer> resultFiles(String folder) throws IOException {
    SortedMap<String, Integer> files = new TreeMap<>();
    for (String name : new Folder(folder).names()) {
      if (RunFolders.isResult(name)) {
        files.merge(NUMBER.matcher(name).replaceFirst("-*$1"), 1, Integer::sum);
      }
    }
    return files;
  }

  /** Returns the SHA-256 of a result file, in hexadecimal digits. */
  static String digest(String folder, String name) throws IOException {
    return Hashing.sha256(Folder.readAll(new Folder(folder).file(name)));
  }

  private static <T> T read(String file, Class<T> type) throws IOException {
    try (InputStream in = open(file)) {
      return JsonFile.read(file, in, type);
    }
  }

  /** Reads a model. */
  public static Model read(String file) throws IOException {
    try (InputStream in = open(file)) {
      return ModelJson.read(file, in);
    }
  }

  /**
   * Reads the model that a flag names.
   *
   * @throws UsageException if the file does not exist or is not a model
   */
  public static Model read(String flag, String file) throws UsageException, IOException {
    try {
      return read(file);
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--" + flag + ": " + file + ": " + InputFileChecks.reasonUnreadable(file));
    } catch (IOException e) {
      throw usage(flag, file, e);
    }
  }

  /**
   * Converts a read failure into a usage error if the failure is about the content of the file. The
   * message of such a failure begins with the path of the file.
   *
   * @param flag the flag that names the file
   * @param path the file that was read, or its folder
   * @param failure the failure
   * @throws IOException the failure itself if it is about the storage
   */
  public static UsageException usage(String flag, String path, IOException failure)
      throws IOException {
    String message = failure.getMessage();
    if (message == null || !(message.startsWith(path + ": ") || message.startsWith(path + "/"))) {
      throw failure;
    }
    return new UsageException("--" + flag + ": " + message);
  }

  /**
   * Reads the report beside a model.
   *
   * @throws IOException if the file is not a report, or is the report of another run
   */
  public static ReportData readReport(String folder, Model model) throws IOException {
    String file = folder + "/" + ReportFiles.JSON.fileName();
    ReportData report;
    try (InputStream in = open(file)) {
      report = ReportJson.read(file, new String(in.readAllBytes(), UTF_8));
    }
    if (!report.isOf(model)) {
      throw new IOException(
          file + ": the report belongs to another run than the model in the same folder");
    }
    return report;
  }

  /**
   * Reads the ledger of each file.
   *
   * @throws IOException if the folder has no ledger, or if the file is not a ledger
   */
  public static List<LedgerTable.Row> readLedger(String folder) throws IOException {
    String file = folder + "/" + LedgerTable.FILE;
    try (InputStream in = open(file)) {
      return LedgerTable.read(new String(in.readAllBytes(), UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": is not the ledger of a run: " + e.getMessage(), e);
    }
  }

  private static InputStream open(String file) throws IOException {
    return Folder.open(file);
  }
}
