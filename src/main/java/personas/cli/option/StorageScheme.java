package personas.cli.option;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.cli.exit.UsageException;

/** Refuses paths of file systems that are not on the class path. */
public final class StorageScheme {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");

  /** The flags whose values are checked. */
  private static final Set<String> FLAGS =
      Set.of(
          "input",
          "output",
          "spec",
          "model",
          "previousModel",
          "previousAssignments",
          "from",
          "to",
          "history",
          "runs",
          "tempLocation");

  /** Schemes that are always on the class path, or that other checks refuse. */
  private static final Set<String> KNOWN = Set.of("file", "gs", "kafka", "pubsub", "bigquery");

  /** Scheme → library, for each file system that the launchers add only on request. */
  private static final Map<String, Library> LIBRARIES =
      Map.of("s3", Library.S3, "hdfs", Library.HDFS, "webhdfs", Library.HDFS);

  private StorageScheme() {}

  /** Refuses flags whose values are paths of an unknown file system. */
  public static void refuseUnknown(Iterable<String> args, PipelineOptions options)
      throws UsageException {
    for (String arg : args) {
      String[] flag = arg.substring(2).split("=", 2);
      if (flag.length == 2 && FLAGS.contains(flag[0])) {
        refuseUnknown("--" + flag[0], flag[1], options);
      }
    }
  }

  /**
   * Refuses a path of an unknown file system.
   *
   * @param key the flag or the key of the spec that names the path
   * @throws UsageException if the file system is not on the class path; the message says what to do
   */
  public static void refuseUnknown(String key, String path, PipelineOptions options)
      throws UsageException {
    Matcher matcher = SCHEME.matcher(path);
    if (!matcher.matches()) {
      return;
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    if (!KNOWN.contains(scheme) && !isOnClassPath(path, options)) {
      throw new UsageException(key + ": " + path + ": " + reason(scheme));
    }
  }

  private static boolean isOnClassPath(String path, PipelineOptions options) {
    FileSystems.registerFileSystemsOnce(options);
    try {
      FileSystems.matchNewResource(path, false);
      return true;
    } catch (IllegalArgumentException unknownScheme) {
      return false;
    }
  }

  private static String reason(String scheme) {
    if (scheme.equals("http") || scheme.equals("https")) {
      return "files from the web are not read; download the file and give the path of the copy";
    }
    Library library = LIBRARIES.get(scheme);
    if (library == Library.HDFS && library.isOnClassPath()) {
      return "Hadoop's configuration was not found; set HADOOP_CONF_DIR to the folder that holds"
          + " core-site.xml and hdfs-site.xml";
    }
    return "no file system for "
        + scheme
        + ":// is on the class path"
        + (library == null ? "; use a path, file:// or gs://" : library.advice());
  }

  /** A library of Beam that registers a file system if it is on the class path. */
  private enum Library {
    S3("s3", "beam-sdks-java-io-amazon-web-services2", "aws2.s3.S3FileSystemRegistrar"),
    HDFS("hdfs", "beam-sdks-java-io-hadoop-file-system", "hdfs.HadoopFileSystemRegistrar");

    private final String profile;
    private final String artifact;
    private final String registrar;

    Library(String profile, String artifact, String registrar) {
      this.profile = profile;
      this.artifact = artifact;
      this.registrar = registrar;
    }

    String advice() {
      return "; add Apache Beam's library "
          + artifact
          + ", which the launchers do if FILE_SYSTEMS="
          + profile
          + " is set";
    }

    boolean isOnClassPath() {
      String resource = "org/apache/beam/sdk/io/" + registrar.replace('.', '/') + ".class";
      return StorageScheme.class.getClassLoader().getResource(resource) != null;
    }
  }
}
