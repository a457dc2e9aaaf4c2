package personas.run.history;

import java.io.Serializable;
import java.util.List;

/**
 * A finished run whose assignments are read.
 *
 * @param folder the folder of the results, as the file system names it
 * @param clusters the ids of the clusters
 * @param personas the names of the clusters, in the order of {@code clusters}
 */
public record EarlierRun(String folder, List<Integer> clusters, List<String> personas)
    implements Serializable {
  public EarlierRun {
    clusters = List.copyOf(clusters);
    personas = List.copyOf(personas);
  }

  /** Returns the pattern of the assignments. */
  public String assignments() {
    return folder + "/assignments-*";
  }

  /** Returns whether a file is in the folder of the results. */
  boolean contains(String file) {
    return file.startsWith(folder + "/");
  }
}
