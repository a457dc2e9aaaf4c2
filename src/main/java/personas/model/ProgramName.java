package personas.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The program that writes models, with its version. */
public final class ProgramName {
  /** The name and the version, separated by a space. */
  public static final String TEXT = "beam-personas " + version();

  private ProgramName() {}

  private static String version() {
    Properties properties = new Properties();
    try (var in = ProgramName.class.getResourceAsStream("/personas/version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
