package personas.pipeline;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import personas.data.UserSample;

/**
 * The samples of what each task read: files that every worker can read; or, of a run that is played
 * in one process, objects of this process.
 */
final class StagedSamples {
  private static final Map<String, UserSample> HELD = new ConcurrentHashMap<>();

  private StagedSamples() {}

  /**
   * Stages a sample, which is not changed any more.
   *
   * @param mayHold whether this process plays the whole run
   * @return its name, which no other has; empty where the sample is
   */
  static String put(Folder folder, UserSample sample, boolean mayHold) throws IOException {
    if (sample.size() == 0) {
      return "";
    }
    String path = folder.file(UUID.randomUUID() + ".sample");
    if (mayHold) {
      HELD.put(path, sample);
      return path;
    }
    try (DataOutputStream out = new DataOutputStream(Folder.create(path))) {
      sample.write(out);
    }
    return path;
  }

  /** Merges a staged sample into another. */
  static void merge(String path, UserSample into) throws IOException {
    UserSample held = HELD.get(path);
    if (held != null) {
      into.merge(held);
      return;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Folder.open(path), 1 << 16))) {
      into.mergeFrom(in);
    }
  }

  /** Forgets the samples of a run that this process holds. */
  static void forget(Folder staging) {
    HELD.keySet().removeIf(path -> path.startsWith(staging.path()));
  }
}
