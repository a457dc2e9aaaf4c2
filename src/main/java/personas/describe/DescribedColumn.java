package personas.describe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;

/**
 * A column that every persona is described by and that is never clustered.
 *
 * @param name the column's name in the input
 * @param type what its values are; null if the values tell it
 */
public record DescribedColumn(
    String name, @JsonInclude(JsonInclude.Include.NON_NULL) DescribedType type)
    implements Serializable {
  /** The largest number of described columns of a segmentation. */
  public static final int MAX_COLUMNS = 200;

  public DescribedColumn {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "name: empty; a described column is named as in the input");
    }
  }
}
