package personas.run.rename;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import personas.connector.storage.Folder;
import personas.connector.storage.StoredFile;
import personas.math.Hashing;
import personas.model.JsonFile;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.assignment.ExampleTable;
import personas.model.compare.Drift;
import personas.model.table.DescriptionTable;
import personas.report.ReportFiles;
import personas.report.data.ReportData;
import personas.report.render.ReportJson;
import personas.run.RunFolders;
import personas.run.RunOutcome;
import personas.table.TableFormat;
import personas.table.csv.CsvValueReplacer;
import personas.table.write.TypedValueReplacer;

/**
 * Writes a copy of the results of a finished run with a new name for a persona. A result without
 * names of personas is copied unchanged. Files are copied one after the other, so memory does not
 * grow with the number of users.
 */
public final class RenamedResults {
  private static final Set<String> TABLES =
      Set.of("centroids.csv", DescriptionTable.FILE, ExampleTable.FILE);

  private final Folder results;
  private final Folder target;
  private final Model model;
  private final PersonaRename rename;
  private final RenamedJson json;
  private final List<String> files = new ArrayList<>();

  /**
   * Prepares the copy.
   *
   * @param results the folder of the run
   * @param target the folder for the copy
   * @param model the model of the run
   * @param rename the rename
   */
  public RenamedResults(Folder results, Folder target, Model model, PersonaRename rename) {
    this.results = results;
    this.target = target;
    this.model = model;
    this.rename = rename;
    this.json =
        new RenamedJson(
            rename, model.clusters().stream().map(Model.ClusterModel::persona).toList());
  }

  /**
   * Writes all results except {@code run.json}.
   *
   * @return the paths of the written files
   * @throws IOException if a file cannot be read or written, or if two results would have the same
   *     name
   */
  public List<String> write() throws IOException {
    List<String> names = results.names().stream().filter(RunFolders::isResult).toList();
    Set<String> newNames = new HashSet<>();
    for (String name : names) {
      if (!newNames.add(rename.fileName(name))) {
        throw new IOException(
            results.file(rename.fileName(name))
                + ": the file of another persona already has this name; choose another name for the persona");
      }
    }
    for (String name : names) {
      if (!name.equals(RunOutcome.FILE) && !isReportFile(name)) {
        writeResult(name);
      }
    }
    if (names.contains(ReportFiles.JSON.fileName())) {
      writeReport();
    }
    return List.copyOf(files);
  }

  private static boolean isReportFile(String name) {
    return name.equals("report.json")
        || name.equals("report.html")
        || name.equals("customer_clusters.png");
  }

  /** Returns the {@code run.json} of the renamed results; null if the run has no such file. */
  public byte[] outcome() throws IOException {
    if (!Folder.exists(results.file(RunOutcome.FILE))) {
      return null;
    }
    RunOutcome old =
        JsonFile.read(
            RunOutcome.FILE,
            new ByteArrayInputStream(json.renamedById(text(RunOutcome.FILE)).getBytes(UTF_8)),
            RunOutcome.class);
    RunOutcome.Digests digests =
        new RunOutcome.Digests(
            Hashing.sha256(Folder.readAll(target.file("model.json"))),
            old.digests().score(),
            old.digests().spec());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SortedMap<String, Integer> written = new TreeMap<>();
    old.files().forEach((pattern, count) -> written.put(rename.pattern(pattern), count));
    JsonFile.write(old.with(digests, written), out);
    return out.toByteArray();
  }

  private void writeResult(String name) throws IOException {
    String file = target.file(rename.fileName(name));
    try (OutputStream out = Folder.create(file)) {
      if (name.equals("model.json")) {
        ModelJson.write(model.renamed(rename.id(), rename.to()), out);
      } else if (name.equals(Drift.FILE)) {
        byte[] renamed = json.renamedById(text(name)).getBytes(UTF_8);
        JsonFile.write(JsonFile.read(name, new ByteArrayInputStream(renamed), Drift.class), out);
      } else {
        writeTable(name, out);
      }
    }
    files.add(file);
  }

  private void writeTable(String name, OutputStream out) throws IOException {
    String file = results.file(name);
    boolean isUserTable = name.startsWith("assignments-") || name.startsWith("audiences-");
    Map<String, Map<String, String>> replacements = rename.replacements();
    for (TableFormat format : List.of(TableFormat.AVRO, TableFormat.PARQUET)) {
      if (isUserTable && name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
        TypedValueReplacer.copy(format, StoredFile.of(file), replacements, out);
        return;
      }
    }
    try (InputStream in = Folder.open(file)) {
      if (isUserTable || TABLES.contains(name)) {
        CsvValueReplacer.copy(in, replacements, out);
      } else {
        in.transferTo(out);
      }
    }
  }

  private void writeReport() throws IOException {
    String name = ReportFiles.JSON.fileName();
    ReportData renamed = ReportJson.read(name, json.renamedReport(text(name)));
    for (Map.Entry<ReportFiles, byte[]> file : ReportFiles.contents(renamed).entrySet()) {
      String path = target.file(file.getKey().fileName());
      try (OutputStream out = Folder.create(path)) {
        out.write(file.getValue());
      }
      files.add(path);
    }
  }

  private String text(String name) throws IOException {
    return new String(Folder.readAll(results.file(name)), UTF_8);
  }
}
