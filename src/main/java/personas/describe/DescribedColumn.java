package personas.describe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;

/**
 * A column that describes every persona and is never clustered.
 *
 * @param name the name of the column in the input
 * @param type the type of the values; null if the values decide the type
 */
public record DescribedColumn(
    String name, @JsonInclude(JsonInclude.Include.NON_NULL) DescribedType type)
    implements Serializable {
  /** The largest number of described columns of a segmentation. */
  public static final int MAX_COLUMNS = 200;

  public DescribedColumn {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "name: must not be empty; write the name of the column in the input");
    }
  }
}
