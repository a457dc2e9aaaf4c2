package personas.run.resume;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import personas.connector.storage.Folder;
import personas.connector.storage.SerializedFile;
import personas.run.state.TrainingState;

/**
 * The states that a run saves in its staging folder after each pass, so that another run can
 * continue from there. The first state is saved when the input is read and the centroids are
 * seeded. The two newest states are kept.
 */
public final class SavedStates {
  private static final Pattern NAME = Pattern.compile("\\d{8}");

  private SavedStates() {}

  private static Folder folder(Folder staging) {
    return staging.sub("states");
  }

  private static String name(long steps) {
    return String.format(Locale.ROOT, "%08d", steps);
  }

  /**
   * Saves the state after a pass, unless it is already saved.
   *
   * @param staging the staging folder of the run
   * @param before the state before the pass; null before the first pass of a job
   * @param after the state after the pass
   */
  public static void save(Folder staging, TrainingState before, TrainingState after)
      throws IOException {
    Folder states = folder(staging);
    String name = name(after.steps());
    if (Folder.exists(states.file(name))) {
      return;
    }
    // The state is written under another name first, so that a state file is always complete.
    String attempt = states.file("attempt-" + UUID.randomUUID());
    SerializedFile.save(after, attempt);
    Folder.move(attempt, states.file(name));
    if (before != null) {
      String oldestKept = name(before.steps());
      states.deleteMatching(
          other -> NAME.matcher(other).matches() && other.compareTo(oldestKept) < 0);
    }
  }

  /** Returns the file of the newest state that a run has saved; empty if no state is saved. */
  public static Optional<String> newest(Folder staging) throws IOException {
    List<String> names = folder(staging).names();
    return names.stream()
        .filter(name -> NAME.matcher(name).matches())
        .reduce((earlier, later) -> later)
        .map(name -> folder(staging).file(name));
  }

  /** Reads a state that a run has saved. */
  public static TrainingState load(String file) throws IOException {
    return SerializedFile.load(file, TrainingState.class);
  }
}
