package personas.cli.result;

/** Normalizes a path in the value of a flag. */
public final class FolderPath {
  private FolderPath() {}

  /**
   * Returns the path without {@code file:} and without a slash at the end. Beam's local file system
   * would use {@code file:} as a part of the name when it writes.
   */
  public static String path(String flagValue) {
    String path = flagValue.replaceFirst("^file:(//)?(?=/)", "");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
