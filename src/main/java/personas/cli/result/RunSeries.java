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
 * The folders of the runs of one segmentation, one for each date of the data. The last part of
 * {@code --output} has the placeholder <code>{dataDate}</code>. The file {@code latest} in the
 * parent folder holds the name of the folder whose results are in use.
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
    int start = template.indexOf(DATE);
    String before = template.substring(0, start);
    String after = template.substring(start + DATE.length());
    this.folderName =
        Pattern.compile(Pattern.quote(before) + "(\\d{4}-\\d\\d-\\d\\d)" + Pattern.quote(after));
    this.ownName = before + dataDate + after;
    this.ownDate = dataDate;
    this.glob = parent + "/" + before + "*" + after + "/model.json";
  }

  /** Returns {@code --output} with the name of the segmentation in place of <code>{name}</code>. */
  public static String named(String output, String segmentation) {
    return output.replace(NAME, OutputFolder.folderName(segmentation));
  }

  /**
   * Returns the series of an output folder.
   *
   * @param output the folder, with or without the placeholder
   * @param dataDate the date of the data, like 2026-10-31; empty if it is not given
   * @return empty if the folder has no placeholder
   * @throws UsageException if the placeholder is not in the last part of the path, or if the date
   *     is missing
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
              + ": {dataDate} must occur once, in the last part of the path, like out/{name}/{dataDate}");
    }
    if (dataDate.isEmpty()) {
      throw new UsageException("--output: " + output + ": needs --dataDate, like 2026-10-31");
    }
    return Optional.of(new RunSeries(slash < 0 ? "." : output.substring(0, slash), last, dataDate));
  }

  /** Returns the folder of this run. */
  public String output() {
    return parent + "/" + ownName;
  }

  /**
   * Returns the folder of the run to continue from: the run in use if its date is earlier, else the
   * last finished run with an earlier date; empty if there is none.
   */
  public Optional<String> previous() throws IOException {
    SortedMap<String, String> earlier = finished().headMap(ownDate);
    String folderInUse = inUse();
    String date = folderInUse == null ? null : date(folderInUse);
    String name =
        date != null && earlier.containsKey(date)
            ? folderInUse
            : earlier.isEmpty() ? null : earlier.get(earlier.lastKey());
    return Optional.ofNullable(name).map(folder -> parent + "/" + folder);
  }

  /** Returns date → name of the folder for all finished runs. */
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

  /** Returns the date in the name of a folder; null if the folder does not belong to the series. */
  private String date(String folder) {
    Matcher name = folderName.matcher(folder);
    return name.matches() ? name.group(1) : null;
  }

  /** Returns the name of the folder in use; null before the first run has finished. */
  private String inUse() throws IOException {
    try {
      return new String(Folder.readAll(parent + "/" + LATEST), UTF_8).strip();
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /** Puts the results of this run into use, unless the results of a later date are in use. */
  public void use() throws IOException {
    String folderInUse = inUse();
    String date = folderInUse == null ? null : date(folderInUse);
    if (date == null || date.compareTo(ownDate) <= 0) {
      OutputFile.write(parent + "/" + LATEST, (ownName + "\n").getBytes(UTF_8));
    }
  }

  /**
   * Deletes the results of all runs except the last ones, the run of this date and the run in use.
   * Files that are not results stay.
   *
   * @param runsToKeep the number of runs to keep
   * @return the folders whose results were deleted
   */
  public List<String> deleteOldRuns(int runsToKeep) throws IOException {
    List<String> names = new ArrayList<>(finished().values());
    List<String> deleted = new ArrayList<>();
    String folderInUse = inUse();
    for (String name : names.subList(0, Math.max(0, names.size() - runsToKeep))) {
      if (!name.equals(folderInUse) && !name.equals(ownName)) {
        Folder folder = new Folder(parent + "/" + name);
        // The model is deleted first, so that a partly deleted run does not look finished.
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
