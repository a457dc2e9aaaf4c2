package personas.cli.plan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.cli.exit.UsageException;
import personas.cli.option.InitOptions;
import personas.cli.result.FolderPath;
import personas.cli.runner.StagingOwner;
import personas.connector.Connectors;
import personas.connector.contract.DatabaseSource;
import personas.connector.contract.StagingRequest;
import personas.connector.storage.FilePattern;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.StoredFile;
import personas.feature.UserSchema;
import personas.inspect.TableInspector;
import personas.inspect.TableProfile;
import personas.run.JobTuning;
import personas.run.RunFolders;
import personas.spec.SpecException;
import personas.text.YamlText;

/**
 * Inspects a table or query of a database, to make a spec for it. A job stages all rows as a run
 * does. The inspection then reads a few of the staged files.
 */
public final class DatabaseInspection {
  /** The folder of the staged rows, below the staging folder. */
  private static final String ROWS = "query";

  private static final String JDBC = "jdbc:";
  private static final String BIGQUERY = "bigquery://";

  /** The largest number of staged files that the inspection reads. */
  private static final int MAX_FILES = 20;

  private final InitOptions options;
  private final DatabaseSource source;
  private final RunFolders folders;

  /**
   * Reads the flags.
   *
   * @throws UsageException if a flag is wrong; the message names the flag or the key
   */
  public DatabaseInspection(InitOptions options) throws UsageException, IOException {
    this.options = options;
    this.source = source();
    String temp = options.getTempLocation();
    String parent = temp == null ? "." : FolderPath.path(temp);
    this.folders =
        new RunFolders(
            source.name(),
            parent,
            parent + "/" + RunFolders.STAGING_PREFIX + StagingOwner.runName(options));
  }

  /** Returns whether an input is a database and not a file. */
  public static boolean isDatabase(String input) {
    String lower = input.toLowerCase(Locale.ROOT);
    return lower.startsWith(JDBC) || lower.startsWith(BIGQUERY);
  }

  /** Returns the folders of the job. */
  public RunFolders folders() {
    return folders;
  }

  /** Returns the table or query whose rows the job stages. */
  public DatabaseSource rows() {
    return source;
  }

  /** Returns the request for all columns as texts. */
  public StagingRequest request() throws IOException {
    return new StagingRequest(
        new UserSchema(null, List.of(), source.columns(options)),
        null,
        JobTuning.rangeBytesOf(-1),
        folders.stagingFolder().sub(ROWS),
        new RefusalFile(folders.stagingFolder()));
  }

  /**
   * Inspects the rows that the job has staged.
   *
   * @throws personas.table.ledger.BadInputException if there are no rows, or if no column can be a
   *     feature
   */
  public TableProfile inspect() throws IOException {
    List<MatchResult.Metadata> staged =
        FilePattern.files(folders.stagingFolder().sub(ROWS).file("*.avro"));
    int fileCount = Math.min(MAX_FILES, staged.size());
    List<StoredFile> files =
        IntStream.range(0, fileCount)
            .mapToObj(i -> staged.get((int) ((long) i * staged.size() / fileCount)))
            .map(file -> new StoredFile(file.resourceId().toString(), file.sizeBytes()))
            .toList();
    TableProfile table = TableInspector.inspect(source.name(), files);
    InputInspection.refuseWithoutFeature(table);
    return table;
  }

  /** Returns the keys of {@code input} that name the database, for the spec. */
  public List<String> keys() throws UsageException {
    List<String> keys = new ArrayList<>();
    if (options.getInput().toLowerCase(Locale.ROOT).startsWith(JDBC)) {
      keys.add("jdbc:");
      add(keys, "url", options.getInput());
      add(keys, "query", required(options.getQuery()));
      add(keys, "user", options.getUser());
      add(keys, "passwordEnv", options.getPasswordEnv());
      add(keys, "passwordFile", options.getPasswordFile());
      return keys;
    }
    keys.add("bigquery:");
    String table = options.getInput().substring(BIGQUERY.length());
    if (table.isEmpty()) {
      add(keys, "query", required(options.getQuery()));
    } else {
      add(keys, "table", table);
    }
    return keys;
  }

  private static String required(String query) throws UsageException {
    if (query == null || query.isBlank()) {
      throw new UsageException("--query: missing; a SELECT that gives the users of the database");
    }
    return query;
  }

  private static void add(List<String> keys, String key, String value) {
    if (value != null) {
      keys.add("  " + key + ": " + YamlText.quoted(value));
    }
  }

  /** Reads the keys as a spec, so that the rules of a spec apply to the keys. */
  private DatabaseSource source() throws UsageException, IOException {
    String yaml =
        "name: users\ninput:\n  id: none\n  "
            + String.join("\n  ", keys())
            + "\nfeatures:\n  - name: any\n";
    try {
      InputStream in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
      return (DatabaseSource) Connectors.readSpec("--input", in).input().source();
    } catch (SpecException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Returns a name for the segmentation: the name of the database or of the table. */
  public String name() {
    String sourceName = source.name();
    String last =
        sourceName.substring(
            Math.max(sourceName.lastIndexOf('/'), sourceName.lastIndexOf('.')) + 1);
    String name = last.replaceAll("[^\\p{L}\\p{M}\\p{N}_-]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "segmentation" : name;
  }
}
