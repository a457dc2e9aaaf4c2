package personas.run.history;

import java.io.Serializable;
import java.util.List;

/**
 * A finished run whose assignments are read.
 *
 * @param folder of its results, as the file system names it
 * @param clusters the ids of its clusters
 * @param personas the names of its clusters, in the same order
 */
public record EarlierRun(String folder, List<Integer> clusters, List<String> personas)
    implements Serializable {
  public EarlierRun {
    clusters = List.copyOf(clusters);
    personas = List.copyOf(personas);
  }

  /** The pattern of the assignments. */
  public String assignments() {
    return folder + "/assignments-*";
  }

  /** Whether a file is one of the results. */
  boolean holds(String file) {
    return file.startsWith(folder + "/");
  }
}
