package personas.math;

/**
 * Checks the components of value types. The message of each exception names the component, its
 * value and what is allowed.
 */
public final class Require {
  private Require() {}

  /**
   * Checks a count, an index or a size.
   *
   * @throws IllegalArgumentException if the value is below the least allowed value
   */
  public static void atLeast(long least, String component, long value) {
    if (value < least) {
      throw new IllegalArgumentException(component + ": " + value + " is below " + least);
    }
  }

  /**
   * Checks a value that must lie between two limits. The limits are allowed.
   *
   * @throws IllegalArgumentException if the value is outside or is not a number
   */
  public static void between(double least, double most, String component, double value) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          component + ": " + value + " is not in " + least + ".." + most);
    }
  }

  /**
   * Checks a name or a path.
   *
   * @throws IllegalArgumentException if the text is empty
   */
  public static void notEmpty(String component, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(component + ": is empty");
    }
  }

  /**
   * Checks the size of a list that must be as long as another list.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static void sameSize(String component, int size, int expected) {
    if (size != expected) {
      throw new IllegalArgumentException(
          component + ": has " + size + " elements instead of " + expected);
    }
  }
}
