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
 * The states that a run saves in its staging folder after each pass, from which another run can
 * continue it. The first one says that the input was read and the centroids are seeded. Two states
 * are kept: the newest and the one before.
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
   * Saves the state after a pass, unless it is saved already.
   *
   * @param before the state before the pass; null before the first pass of a job
   */
  public static void save(Folder staging, TrainingState before, TrainingState after)
      throws IOException {
    Folder states = folder(staging);
    String name = name(after.steps());
    if (Folder.exists(states.file(name))) {
      return;
    }
    // Under another name first, so that the state is there whole or not at all.
    String attempt = states.file("attempt-" + UUID.randomUUID());
    SerializedFile.save(after, attempt);
    Folder.move(attempt, states.file(name));
    if (before != null) {
      String kept = name(before.steps());
      states.deleteMatching(other -> NAME.matcher(other).matches() && other.compareTo(kept) < 0);
    }
  }

  /** The file of the newest state that a run has saved; empty if it has saved none. */
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
