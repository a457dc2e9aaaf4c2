package personas.cli.plan;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.cli.exit.UsageException;
import personas.cli.option.CompareOptions;
import personas.cli.result.FolderPath;
import personas.cli.runner.StagingOwner;
import personas.connector.storage.FilePattern;
import personas.connector.storage.StoredFile;
import personas.inspect.Proposal;
import personas.inspect.TableInspector;
import personas.inspect.TableProfile;
import personas.model.Model;
import personas.run.ComparedTable;
import personas.run.ComparisonPlan;
import personas.run.RunFolders;
import personas.text.IdNames;

/** Plans a comparison of two finished runs, or of two tables with labels. */
public final class ComparisonPlanner {
  /** Usual names of columns with labels; the first name that a table has wins. */
  private static final List<String> LABEL_NAMES =
      List.of("persona", "segment", "cluster", "label", "group", "class");

  private final CompareOptions options;

  public ComparisonPlanner(CompareOptions options) {
    this.options = options;
  }

  /**
   * Returns whether {@code --from} and {@code --to} name folders of finished runs and no flag names
   * a column.
   */
  public boolean comparesRuns() throws UsageException, IOException {
    boolean hasColumn =
        options.getFromId() != null
            || options.getFromLabel() != null
            || options.getToId() != null
            || options.getToLabel() != null;
    return !hasColumn && holdsRun(from()) && holdsRun(to());
  }

  /** Returns the earlier run or table. */
  public String from() throws UsageException {
    return path("from", options.getFrom());
  }

  /** Returns the later run or table. */
  public String to() throws UsageException {
    return path("to", options.getTo());
  }

  private static String path(String flag, String value) throws UsageException {
    if (value == null || value.isBlank()) {
      throw new UsageException("--" + flag + ": missing; compare needs --from and --to");
    }
    return FolderPath.path(value);
  }

  private static boolean holdsRun(String location) throws IOException {
    return !FilePattern.files(modelFile(location)).isEmpty();
  }

  /** Returns the path of the model in the folder of a finished run. */
  public static String modelFile(String folder) {
    return folder + "/model.json";
  }

  /** Plans the comparison of the clusters of two finished runs. */
  public ComparisonPlan ofRuns(Model before, Model now) throws UsageException, IOException {
    return plan(
        new ComparedTable(assignments(from()), "user_id", "cluster", before.clusterIds()),
        new ComparedTable(assignments(to()), "user_id", "cluster", now.clusterIds()),
        to());
  }

  /**
   * Plans the comparison of the labels of two tables; the labels of a finished run are the
   * personas.
   */
  public ComparisonPlan ofTables() throws UsageException, IOException {
    ComparedTable earlier = table("from", from(), options.getFromId(), options.getFromLabel());
    ComparedTable later = table("to", to(), options.getToId(), options.getToLabel());
    return plan(earlier, later, holdsRun(to()) ? to() : folderOf(to()));
  }

  private static ComparedTable table(String flag, String location, String id, String label)
      throws UsageException, IOException {
    if (holdsRun(location)) {
      return new ComparedTable(
          assignments(location),
          id == null ? "user_id" : id,
          label == null ? "persona" : label,
          List.of());
    }
    List<MatchResult.Metadata> files = SegmentPlanner.matchInput(flag, location);
    if (id != null && label != null) {
      return new ComparedTable(location, id, label, List.of());
    }
    MatchResult.Metadata first = files.get(0);
    TableProfile profile =
        TableInspector.inspect(
            location, List.of(new StoredFile(first.resourceId().toString(), first.sizeBytes())));
    List<String> columns =
        profile.columns().stream().map(column -> column.column().name()).toList();
    String idColumn = id != null ? id : idColumn(flag, profile, columns);
    String labelColumn = label != null ? label : labelColumn(flag, columns, idColumn);
    return new ComparedTable(location, idColumn, labelColumn, List.of());
  }

  private static String idColumn(String flag, TableProfile profile, List<String> columns)
      throws UsageException {
    List<Proposal> ids = profile.of(Proposal.Role.ID);
    if (!ids.isEmpty()) {
      return ids.get(0).column().name();
    }
    // A column of repeated ids, or of a single id, does not look like a column of ids.
    Optional<String> named = columns.stream().filter(IdNames::isNamedLikeId).findFirst();
    if (named.isEmpty()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--%sId: missing; no column is named like an id. The columns are %s",
              flag,
              String.join(", ", columns)));
    }
    return named.get();
  }

  private static String labelColumn(String flag, List<String> columns, String id)
      throws UsageException {
    for (String name : LABEL_NAMES) {
      Optional<String> named =
          columns.stream()
              .filter(column -> column.equalsIgnoreCase(name) && !column.equals(id))
              .findFirst();
      if (named.isPresent()) {
        return named.get();
      }
    }
    List<String> candidates = columns.stream().filter(column -> !column.equals(id)).toList();
    if (candidates.size() != 1) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--%sLabel: missing; which column names the group of a user? The columns are %s",
              flag,
              String.join(", ", candidates)));
    }
    return candidates.get(0);
  }

  private ComparisonPlan plan(ComparedTable earlier, ComparedTable later, String folder)
      throws UsageException, IOException {
    String output = output();
    return new ComparisonPlan(
        earlier,
        later,
        folders(output == null ? folder : output),
        bytes(earlier.files()) + bytes(later.files()));
  }

  /** Returns the folder of the results; null if the results are only shown. */
  public String output() throws UsageException {
    return options.getOutput() == null ? null : FolderPath.path(options.getOutput());
  }

  /**
   * Returns the folders of the job. The job stages in {@code --tempLocation}, else in the folder of
   * the results, else in the folder of the later table, because all workers can reach these
   * folders.
   */
  private RunFolders folders(String results) throws UsageException {
    String temp = options.getTempLocation();
    String parent = temp == null ? results : FolderPath.path(temp);
    String staging = parent + "/" + RunFolders.STAGING_PREFIX + StagingOwner.runName(options);
    return new RunFolders("", results, staging);
  }

  private static String assignments(String folder) {
    return folder + "/assignments-*";
  }

  private static long bytes(String pattern) throws IOException {
    return FilePattern.files(pattern).stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
  }

  /** Returns the folder of a file or a pattern, up to the first wildcard. */
  private static String folderOf(String pattern) {
    String withoutWildcards = pattern.replaceFirst("[*?\\[{].*", "");
    int slash = withoutWildcards.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : withoutWildcards.substring(0, slash);
  }
}
