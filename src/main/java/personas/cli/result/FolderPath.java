package personas.cli.result;

/** A folder as a user writes it. */
public final class FolderPath {
  private FolderPath() {}

  /**
   * One form of a folder: {@code file:} is taken off, because Beam's local file system takes it as
   * a part of the name when it writes, and a slash at the end goes.
   */
  public static String path(String written) {
    String path = written.replaceFirst("^file:(//)?(?=/)", "");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
