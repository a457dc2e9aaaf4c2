package personas.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.connector.storage.Folder;

/**
 * Checks {@code s3://} and {@code hdfs://} paths for the spec, the input, the model and the output.
 * The class path has only the libraries of the build profile. A fake S3, and a name node and a data
 * node of HDFS, run on loopback.
 */
class FileSystemsIT {
  private static final long PATIENCE_SECONDS = 180;
  private static final long MAVEN_SECONDS = 600;
  private static final String INPUT = "in/users-*.csv";

  @TempDir static Path folder;

  /** What is uploaded: the spec and 3,000 users in two files. */
  private static Path local;

  /** Paths of the libraries that the profiles of the build add. */
  private static List<String> added;

  private static Map<String, String> segmented;
  private static Map<String, String> scored;

  @BeforeAll
  static void prepare() throws IOException, InterruptedException {
    added = addedLibraries();
    local = Files.createDirectory(folder.resolve("local"));
    Files.createDirectory(local.resolve("in"));
    Files.copy(Path.of(Run.SAMPLE_SPEC), local.resolve("users.yaml"));
    List<String> users = Run.simulated(3000, 8);
    write("in/users-1.csv", users.get(0), users.subList(1, 1200));
    write("in/users-2.csv", users.get(0), users.subList(1200, users.size()));
    for (String[] flags : commands(local.toString())) {
      Run.command(local, flags).succeeded();
    }
    segmented = files(local.resolve("out"));
    scored = files(local.resolve("scores"));
  }

  private static void write(String name, String header, List<String> rows) throws IOException {
    Files.writeString(local.resolve(name), header + "\n" + String.join("\n", rows) + "\n");
  }

  private static List<String[]> commands(String root) {
    String[] segment = {
      "segment",
      "--quiet",
      "--runner=DirectRunner",
      "--spec=" + root + "/users.yaml",
      "--input=" + root + "/" + INPUT,
      "--output=" + root + "/out"
    };
    String[] score = {
      "score",
      "--quiet",
      "--runner=DirectRunner",
      "--model=" + root + "/out/model.json",
      "--input=" + root + "/" + INPUT,
      "--output=" + root + "/scores"
    };
    return List.of(segment, score);
  }

  private static Map<String, String> files(Path output) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> names = Files.list(output)) {
      for (Path file : names.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(Folder.PUBLICATION_PREFIX)) {
          files.put(name, Files.readString(file, ISO_8859_1));
        }
      }
    }
    return files;
  }

  /**
   * Asks Maven for the class path with the profiles.
   *
   * @return what the profiles add to the class path of the tests
   */
  private static List<String> addedLibraries() throws IOException, InterruptedException {
    Path file = folder.resolve("class-path");
    Path log = folder.resolve("maven.log");
    List<String> command =
        List.of(
            "mvn",
            "--quiet",
            "--batch-mode",
            "-Ps3,hdfs",
            "dependency:build-classpath",
            "-DincludeScope=test",
            "-Dmdep.outputFile=" + file);
    Process maven = start(command, Map.of(), log);
    assertTrue(maven.waitFor(MAVEN_SECONDS, TimeUnit.SECONDS), Files.readString(log));
    assertEquals(0, maven.exitValue(), Files.readString(log));
    Set<String> libraries = libraries(Files.readString(file).strip());
    Set<String> ordinary = libraries(System.getProperty("java.class.path"));
    ordinary.removeIf(path -> !path.endsWith(".jar"));
    assertEquals(Set.of(), difference(ordinary, libraries), "a library has another version");
    return List.copyOf(difference(libraries, ordinary));
  }

  private static Set<String> libraries(String classPath) {
    return new TreeSet<>(List.of(classPath.split(File.pathSeparator)));
  }

  private static Set<String> difference(Set<String> all, Set<String> known) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(known);
    return rest;
  }

  /** The class path of the program with some more libraries. */
  private static String classPath(Predicate<String> library) {
    List<String> path = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    added.stream().filter(library).forEach(path::add);
    return String.join(File.pathSeparator, path);
  }

  private static Process start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static List<String> java(String classPath, String main, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                main));
    command.addAll(List.of(args));
    return command;
  }

  /** What a program in a process of its own printed. */
  private static String run(int exitCode, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "run", ".log");
    Process process = start(command, environment, log);
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it still runs");
    assertEquals(exitCode, process.exitValue(), Files.readString(log));
    return Files.readString(log);
  }

  @Test
  void readsAndWritesS3() throws IOException, InterruptedException {
    String classPath = classPath(library -> !library.contains("hadoop"));
    Map<String, String> environment =
        Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret");
    try (FakeS3 s3 = new FakeS3()) {
      for (String name : List.of("users.yaml", "in/users-1.csv", "in/users-2.csv")) {
        s3.objects().put("bucket/" + name, Files.readAllBytes(local.resolve(name)));
      }
      for (String[] flags : commands("s3://bucket")) {
        List<String> command = java(classPath, "personas.cli.Main", flags);
        command.addAll(List.of("--awsRegion=eu-central-1", "--endpoint=" + s3.endpoint()));
        run(ExitCode.DONE, environment, command);
      }
      Run.assertSameFiles(segmented, objects(s3, "bucket/out/"));
      Run.assertSameFiles(scored, objects(s3, "bucket/scores/"));
    }
  }

  @Test
  void namesAPlaceInS3ThatDoesNotAnswer() throws IOException, InterruptedException {
    String classPath = classPath(library -> !library.contains("hadoop"));
    List<String> command = java(classPath, "personas.cli.Main", commands("s3://bucket").get(0));
    command.addAll(List.of("--awsRegion=eu-central-1", "--endpoint=http://127.0.0.1:1"));
    String said =
        run(
            ExitCode.FAILED,
            Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret"),
            command);
    assertTrue(said.contains("s3://bucket/users.yaml: "), said);
    assertEquals(1, said.lines().count(), said);
  }

  private static Map<String, String> objects(FakeS3 s3, String prefix) {
    Map<String, String> files = new TreeMap<>();
    s3.objects()
        .forEach(
            (name, bytes) -> {
              if (name.startsWith(prefix) && !name.contains(Folder.PUBLICATION_PREFIX)) {
                files.put(name.substring(prefix.length()), new String(bytes, ISO_8859_1));
              }
            });
    return files;
  }

  @Test
  void readsAndWritesHdfs() throws IOException, InterruptedException {
    String classPath = classPath(library -> library.contains("hadoop"));
    Path details = folder.resolve("namenode.json");
    Process cluster =
        start(
            java(
                classPath(library -> true),
                "org.apache.hadoop.test.MiniDFSClusterManager",
                "-format",
                "-datanodes",
                "1",
                "-writeDetails",
                details.toString()),
            Map.of(),
            folder.resolve("hdfs.log"));
    try {
      String root = "hdfs://127.0.0.1:" + awaitPort(cluster, details);
      Map<String, String> environment = Map.of("HADOOP_CONF_DIR", configuration(root).toString());
      hadoop(environment, classPath, "-put", local + "/users.yaml", local + "/in", "/");
      for (String[] flags : commands(root)) {
        run(ExitCode.DONE, environment, java(classPath, "personas.cli.Main", flags));
      }
      Path copies = Files.createDirectory(folder.resolve("copies"));
      hadoop(environment, classPath, "-get", "/out", "/scores", copies.toString());
      Run.assertSameFiles(segmented, files(copies.resolve("out")));
      Run.assertSameFiles(scored, files(copies.resolve("scores")));
      String refused =
          run(
              ExitCode.USAGE,
              Map.of("HADOOP_CONF_DIR", "", "YARN_CONF_DIR", ""),
              java(classPath, "personas.cli.Main", commands(root).get(0)));
      assertTrue(refused.contains("set HADOOP_CONF_DIR"), refused);
    } finally {
      cluster.destroyForcibly().waitFor();
    }
  }

  private static String awaitPort(Process cluster, Path details)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(details) || !Files.readString(details).endsWith("}")) {
      assertTrue(
          cluster.isAlive() && System.nanoTime() < end,
          () -> "HDFS does not start: " + folder.resolve("hdfs.log"));
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return Files.readString(details).replaceAll("\\D", "");
  }

  private static Path configuration(String root) throws IOException {
    Path configuration = Files.createDirectory(folder.resolve("hadoop"));
    Files.writeString(
        configuration.resolve("core-site.xml"),
        "<configuration><property><name>fs.defaultFS</name><value>%s</value></property></configuration>"
            .formatted(root));
    return configuration;
  }

  /** Hadoop's own shell, so that the files are not only read by what wrote them. */
  private static void hadoop(Map<String, String> environment, String classPath, String... args)
      throws IOException, InterruptedException {
    String path = environment.get("HADOOP_CONF_DIR") + File.pathSeparator + classPath;
    run(0, environment, java(path, "org.apache.hadoop.fs.FsShell", args));
  }
}
