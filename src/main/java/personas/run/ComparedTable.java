package personas.run;

import java.io.Serializable;
import java.util.List;
import personas.feature.UserSchema;

/**
 * One of the two tables of users in a comparison.
 *
 * @param files the pattern of the files
 * @param id the column of the ids
 * @param label the column of the labels
 * @param knownLabels the only labels that the table may hold; empty if it may hold any
 */
public record ComparedTable(String files, String id, String label, List<String> knownLabels)
    implements Serializable {
  public ComparedTable {
    knownLabels = List.copyOf(knownLabels);
  }

  /** Returns the columns of the table that the comparison reads: the ids and the labels. */
  public UserSchema schema() {
    return new UserSchema(id, List.of(), List.of(label));
  }
}
