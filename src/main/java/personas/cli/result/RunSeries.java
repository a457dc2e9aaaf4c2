package personas.cli.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.cli.exit.UsageException;
import personas.connector.storage.FilePattern;
import personas.connector.storage.Folder;
import personas.run.RunFolders;

/**
 * The folders of the runs of one segmentation, one for each date of the data: {@code --output} with
 * the placeholder <code>{dataDate}</code> in its last part. Beside them, the file {@code latest}
 * holds the name of the folder whose results are in use.
 */
public final class RunSeries {
  /** The file that names the folder whose results are in use. */
  public static final String LATEST = "latest";

  private static final String DATE = "{dataDate}";
  private static final String NAME = "{name}";

  private final String parent;
  private final Pattern folderName;
  private final String ownName;
  private final String ownDate;
  private final String glob;

  private RunSeries(String parent, String template, String dataDate) {
    this.parent = parent;
    int at = template.indexOf(DATE);
    String before = template.substring(0, at);
    String after = template.substring(at + DATE.length());
    this.folderName =
        Pattern.compile(Pattern.quote(before) + "(\\d{4}-\\d\\d-\\d\\d)" + Pattern.quote(after));
    this.ownName = before + dataDate + after;
    this.ownDate = dataDate;
    this.glob = parent + "/" + before + "*" + after + "/model.json";
  }

  /**
   * The folder of {@code --output} with the name of the segmentation in the place of <code>{name}
   * </code>.
   */
  public static String named(String output, String segmentation) {
    return output.replace(NAME, OutputFolder.of(segmentation));
  }

  /**
   * The series that an output folder is of.
   *
   * @param output the folder, with the placeholder or without
   * @param dataDate the date of the data, like 2026-10-31; empty if it was not given
   * @return empty if the folder has no placeholder
   * @throws UsageException if the placeholder stands elsewhere than in the last part of the path,
   *     or the date is missing
   */
  public static Optional<RunSeries> of(String output, String dataDate) throws UsageException {
    if (!output.contains(DATE)) {
      return Optional.empty();
    }
    int slash = output.lastIndexOf('/');
    String last = output.substring(slash + 1);
    if (output.indexOf(DATE) <= slash || last.indexOf(DATE) != last.lastIndexOf(DATE)) {
      throw new UsageException(
          "--output: "
              + output
              + ": {dataDate} stands once, in the last part of the path, like out/{name}/{dataDate}");
    }
    if (dataDate.isEmpty()) {
      throw new UsageException("--output: " + output + ": needs --dataDate, like 2026-10-31");
    }
    return Optional.of(new RunSeries(slash < 0 ? "." : output.substring(0, slash), last, dataDate));
  }

  /** The folder of this run. */
  public String output() {
    return parent + "/" + ownName;
  }

  /**
   * The folder of the run to go on from: the one that is in use, or, if that one is not of an
   * earlier date, the last finished run of an earlier date. Empty if there is none.
   */
  public Optional<String> previous() throws IOException {
    SortedMap<String, String> earlier = finished().headMap(ownDate);
    String used = inUse();
    String date = used == null ? null : date(used);
    String name =
        date != null && earlier.containsKey(date)
            ? used
            : earlier.isEmpty() ? null : earlier.get(earlier.lastKey());
    return Optional.ofNullable(name).map(folder -> parent + "/" + folder);
  }

  /** The names of the folders of finished runs, by their dates. */
  private SortedMap<String, String> finished() throws IOException {
    SortedMap<String, String> runs = new TreeMap<>();
    for (MatchResult.Metadata model : FilePattern.files(glob)) {
      String[] path = model.resourceId().toString().split("/", -1);
      String folder = path[path.length - 2];
      String date = date(folder);
      if (date != null) {
        runs.put(date, folder);
      }
    }
    return runs;
  }

  /** The date in the name of a folder; null if it is not a folder of the series. */
  private String date(String folder) {
    Matcher name = folderName.matcher(folder);
    return name.matches() ? name.group(1) : null;
  }

  /** The name of the folder in use; null if no run has ended yet. */
  private String inUse() throws IOException {
    try {
      return new String(Folder.readAll(parent + "/" + LATEST), UTF_8).strip();
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /** Says that the results of this run are in use, unless those of a later date are. */
  public void use() throws IOException {
    String used = inUse();
    String date = used == null ? null : date(used);
    if (date == null || date.compareTo(ownDate) <= 0) {
      OutputFile.write(parent + "/" + LATEST, (ownName + "\n").getBytes(UTF_8));
    }
  }

  /**
   * Deletes the results of all runs except the last ones. Files that are not results stay. So do
   * the run of this date and the run in use.
   *
   * @param runs how many runs to keep
   * @return the folders whose results were deleted
   */
  public List<String> keep(int runs) throws IOException {
    List<String> names = new ArrayList<>(finished().values());
    List<String> deleted = new ArrayList<>();
    String used = inUse();
    for (String name : names.subList(0, Math.max(0, names.size() - runs))) {
      if (!name.equals(used) && !name.equals(ownName)) {
        Folder folder = new Folder(parent + "/" + name);
        // The model first: what is left of a run does not look whole.
        folder.deleteMatching(file -> file.equals("model.json"));
        folder.deleteMatching(
            file -> RunFolders.isResult(file) || file.startsWith(Folder.PUBLICATION_PREFIX));
        folder.deleteIfEmpty();
        deleted.add(folder.path());
      }
    }
    return deleted;
  }
}
