package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the launchers of a project at a path with a space. A fake {@code java} records how it is
 * called.
 */
class LauncherTest {
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      if [ "$1" = -version ]; then echo "openjdk version \\"$VERSION\\" 2025-01-01" >&2; exit; fi
      case $1 in
        -XX:ArchiveClassesAtExit=*)
          echo tried >> "$CALLS.archives"
          echo half > "${1#*=}"
          exit "$ARCHIVE_STATUS" ;;
      esac
      printf '%s\\n' "$PWD" "$@" > "$CALLS"
      """;

  @TempDir Path folder;
  private Path home;
  private Path calls;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void installProject() throws IOException {
    home = folder.toRealPath().resolve("my project");
    calls = home.resolveSibling("calls");
    for (String file :
        List.of(
            "runners/launch.sh",
            "runners/jvm.options",
            "runners/direct/run",
            "runners/flink/run",
            "runners/dataflow/run",
            "runners/portable/run",
            "pom.xml")) {
      Path copy = home.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(file), copy);
    }
    Files.createDirectories(home.resolve("src/main"));
    Files.createDirectory(home.resolve("target"));
    Files.writeString(jar(), "jar");
    Path java = Files.createDirectories(home.resolveSibling("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("JAVA_HOME", java.getParent().getParent().toString());
    environment.put("JAVA_OPTS", "");
    environment.put("VERSION", "17.0.9");
    environment.put("CALLS", calls.toString());
    environment.put("ARCHIVE_STATUS", "0");
  }

  private Path jar() {
    return home.resolve("target/beam-personas.jar");
  }

  private Path archive() {
    return home.resolve("target/DirectRunner-17.0.9.jsa");
  }

  /** Exit code, and all that was printed. */
  private record Outcome(int code, String text) {}

  private Process start(Path from, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(from.toFile()).redirectErrorStream(true).environment().putAll(environment);
    return builder.start();
  }

  private Outcome launch(Path from, String... command) throws IOException, InterruptedException {
    Process process = start(from, command);
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  /** The working folder and the arguments that java got. */
  private List<String> called(Path from, String... command)
      throws IOException, InterruptedException {
    assertEquals(new Outcome(0, ""), launch(from, command));
    return Files.readAllLines(calls);
  }

  private List<String> direct(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home + "/runners/direct/run"));
    command.addAll(List.of(flags));
    return called(folder, command.toArray(String[]::new));
  }

  private List<String> flink(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home + "/runners/flink/run", "segment"));
    command.addAll(List.of(flags));
    return called(folder, command.toArray(String[]::new));
  }

  @Test
  void passesTheFlagsAsTheyAreFromWhereTheUserIs() throws Exception {
    List<String> call = direct("segment", "--input=a b/*.csv", "--output=");
    assertEquals(folder.toRealPath().toString(), call.get(0));
    assertTrue(call.contains("-Dpersonas.home=" + home), call.toString());
    int main = call.indexOf("personas.cli.Main");
    assertEquals(
        List.of("segment", "--runner=DirectRunner", "--input=a b/*.csv", "--output="),
        call.subList(main + 1, call.size()));
    assertEquals(libraries(), call.get(main - 1));
  }

  private String libraries() {
    return jar() + ":" + home + "/target/lib/*";
  }

  @Test
  void everyRunnerHasOneClassPathWhateverTheFilesAreCalled() throws Exception {
    Path spec = Files.writeString(folder.resolve("a.yaml"), "output: {format: parquet}\n");
    for (String flag :
        List.of(
            "--input=x.avro",
            "--input=X.PARQUET",
            "--input=file:///x",
            "--input=gs://bucket/x.csv",
            "--spec=" + spec)) {
      assertTrue(direct("segment", flag).contains(libraries()), flag);
      assertTrue(flink(flag).contains(libraries()), flag);
    }
    assertTrue(direct("compare", "--from=a", "--to=b").contains(libraries()));
    assertTrue(direct("score", "--input=kafka://host:9092/users").contains(libraries()));
  }

  @Test
  void aCommandWithoutAJobNeedsNoEngine() throws Exception {
    for (String runner : List.of("direct", "flink", "dataflow", "portable")) {
      String run = home + "/runners/" + runner + "/run";
      for (String command :
          List.of("report", "rename", "timeline", "help", "--help", "--version")) {
        List<String> call = called(folder, run, command);
        assertTrue(call.contains(libraries()), call.toString());
        assertTrue(call.contains("--runner=DirectRunner"), call.toString());
      }
      List<String> help = called(folder, run, "segment", "--help");
      assertTrue(help.contains("--runner=DirectRunner"), help.toString());
    }
  }

  @Test
  void aClusterGetsTheJarOfItsRunnerUnlessTheCommandNamesOne() throws Exception {
    for (String kind : List.of("flink-google", "dataflow")) {
      Files.writeString(home.resolve("target/beam-personas-" + kind + ".jar"), "jar");
    }
    String staged = "--filesToStage=" + home + "/target/beam-personas-";
    for (String input : List.of("x.parquet", "gs://bucket/users.csv")) {
      List<String> call = flink("--flinkMaster=host:8081", "--input=" + input);
      assertTrue(call.contains(staged + "flink-google.jar"), call.toString());
    }
    List<String> embedded = flink("--flinkMaster=[local]", "--input=gs://bucket/users.csv");
    assertTrue(embedded.stream().noneMatch(flag -> flag.startsWith("--filesToStage")), "embedded");
    List<String> own = flink("--flinkMaster=host:8081", "--filesToStage=lean.jar");
    assertEquals(
        List.of("--filesToStage=lean.jar"),
        own.stream().filter(flag -> flag.startsWith("--filesToStage")).toList());
    List<String> dataflow = called(folder, home + "/runners/dataflow/run", "segment");
    assertTrue(dataflow.contains(staged + "dataflow.jar"), dataflow.toString());
  }

  @Test
  void aClusterGetsTheBundleAndNoOptionsOfLocalRuns() throws Exception {
    for (String kind : List.of("flink-google", "dataflow")) {
      Files.writeString(home.resolve("target/beam-personas-" + kind + ".jar"), "jar");
    }
    for (List<String> call :
        List.of(
            flink("--flinkMaster=host:8081", "--input=x.parquet"),
            called(folder, home + "/runners/dataflow/run", "segment"))) {
      assertTrue(call.contains(libraries()), call.toString());
      assertTrue(call.stream().noneMatch(option -> option.startsWith("-X")), call.toString());
    }
  }

  @Test
  void theScoreOfAStreamRunsWithoutTheOptionsOfBatchRuns() throws Exception {
    for (String address : List.of("kafka://host:9092/users", "pubsub://projects/p/topics/t")) {
      List<String> call = direct("score", "--model=m.json", "--input=" + address);
      assertTrue(call.stream().noneMatch(option -> option.startsWith("-XX:-C1")), call.toString());
      assertFalse(call.contains("-XX:+UseSerialGC"), call.toString());
    }
  }

  @Test
  void takesTheOptionsOfTheFileUnlessJvmOptionsIsNone() throws Exception {
    Path options = home.resolve("runners/jvm.options");
    Files.writeString(options, "# A gain.\n-Da=b c\n\n-Dhome={home}/x\n");
    List<String> call = direct("segment");
    assertTrue(call.containsAll(List.of("-Da=b c", "-Dhome=" + home + "/x")), call.toString());
    environment.put("JVM_OPTIONS", "none");
    assertFalse(direct("segment").contains("-Da=b c"));
    environment.remove("JVM_OPTIONS");
    Files.writeString(options, "# No option is left.\n");
    assertTrue(direct("segment").contains("segment"));
  }

  @Test
  void everyJvmOptionHasACommentThatSaysWhatItGains() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("runners/jvm.options"));
    for (String line : lines) {
      assertTrue(line.isEmpty() || line.startsWith("#") || line.matches("-X\\S+"), line);
    }
  }

  /** With no locale, or with that of C, the JVM could not open files with names outside ASCII. */
  @Test
  void setsALocaleOfUtf8IfTheLocaleHasAsciiOnly() throws Exception {
    Path java = Path.of(environment.get("JAVA_HOME"), "bin/java");
    String seen = JAVA.replace("> \"$CALLS\"", "\"LC_ALL=${LC_ALL:-}\" > \"$CALLS\"");
    Files.writeString(java, seen);
    for (String locale : List.of("", "C", "POSIX", "xx_XX.UTF-8")) {
      environment.put("LC_ALL", locale);
      environment.put("LANG", "");
      environment.put("LC_CTYPE", "");
      List<String> call = launchedInAnyLocale("segment");
      assertEquals("LC_ALL=C.UTF-8", call.get(call.size() - 1), locale);
    }
    environment.put("LC_ALL", "");
    environment.put("LANG", "C.UTF-8");
    List<String> call = launchedInAnyLocale("segment");
    assertEquals("LC_ALL=", call.get(call.size() - 1));
  }

  /** Bash may say that it does not know the locale. */
  private List<String> launchedInAnyLocale(String command) throws Exception {
    assertEquals(0, launch(folder, home + "/runners/direct/run", command).code());
    return Files.readAllLines(calls);
  }

  @Test
  void refusesAProjectAtAPathWithAColon() throws Exception {
    Path moved = Files.move(home, home.resolveSibling("my:project"));
    assertEquals(
        new Outcome(
            2,
            moved
                + ": the path of the project contains a colon, which separates the entries of a"
                + " Java class path; move the project to a path without a colon\n"),
        launch(folder, moved + "/runners/direct/run", "segment"));
  }

  @Test
  void anUnreadableInputIsLeftToTheProgram() throws Exception {
    Path input = Files.writeString(folder.resolve("secret"), "PAR1");
    Files.setPosixFilePermissions(input, PosixFilePermissions.fromString("---------"));
    assertTrue(direct("segment", "--input=" + input, "--spec=" + input).contains(libraries()));
  }

  /** The Maven here fails if two builds run at once, or if a build runs again without need. */
  @Test
  void firstRunsAtTheSameTimeBuildOnceAndMakeOneArchive() throws Exception {
    Files.delete(jar());
    Path bin = Files.createDirectories(home.resolveSibling("bin"));
    Path maven =
        Files.writeString(
            bin.resolve("mvn"),
            "#!/usr/bin/env bash\nmkdir '%s/building' || exit 9\nsleep 0.3\necho jar > '%s'\n"
                .formatted(home, jar()));
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    assertEquals("", runsAtTheSameTime());
    assertEquals(1, tries());
  }

  /** A run without FILE_SYSTEMS keeps what an earlier run asked for. */
  @Test
  void buildsWithTheFileSystemsThatTheUserNames() throws Exception {
    Path bin = Files.createDirectories(home.resolveSibling("bin"));
    Path maven = bin.resolve("mvn");
    Files.writeString(maven, "#!/usr/bin/env bash\nprintf '%s ' \"$@\" >> \"$CALLS.maven\"\n");
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("FILE_SYSTEMS", "s3 hdfs");
    assertEquals(
        new Outcome(0, "building ...\n"), launch(folder, home + "/runners/direct/run", "segment"));
    environment.remove("FILE_SYSTEMS");
    direct("segment");
    assertEquals(
        "--quiet --batch-mode --file "
            + home
            + "/pom.xml -Ps3,hdfs -Dmaven.test.skip=true package ",
        Files.readString(Path.of(calls + ".maven")));
    environment.put("FILE_SYSTEMS", "ftp");
    assertEquals(
        new Outcome(2, "FILE_SYSTEMS: ftp: is not s3 or hdfs; remove it\n"),
        launch(folder, home + "/runners/direct/run", "segment"));
  }

  /** Without flock a folder is the lock. */
  @Test
  void aFolderIsTheLockWithoutFlock() throws Exception {
    Path bin = Files.createDirectories(home.resolveSibling("tools"));
    for (String tool :
        List.of(
            "bash",
            "env",
            "dirname",
            "readlink",
            "find",
            "mkdir",
            "rmdir",
            "rm",
            "mv",
            "locale",
            "sed",
            "sleep",
            "cat")) {
      for (String system : List.of("/usr/bin/", "/bin/")) {
        if (Files.exists(Path.of(system + tool)) && !Files.exists(bin.resolve(tool))) {
          Files.createSymbolicLink(bin.resolve(tool), Path.of(system + tool));
        }
      }
    }
    environment.put("PATH", bin.toString());
    direct("segment");
    assertFalse(Files.exists(home.resolve("target/launch.lock.d")));
    Files.createDirectory(home.resolve("target/launch.lock.d"));
    Process waiting = start(folder, home + "/runners/direct/run", "segment");
    assertEquals(
        "another launcher builds the project; if no launcher runs, delete "
            + home
            + "/target/launch.lock.d",
        waiting.inputReader(UTF_8).readLine());
    Files.delete(home.resolve("target/launch.lock.d"));
    assertEquals(0, waiting.waitFor());
  }

  /** All that four runs print beside the note of the build. */
  private String runsAtTheSameTime() throws IOException, InterruptedException {
    List<Process> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(start(folder, home + "/runners/direct/run", "segment"));
    }
    StringBuilder text = new StringBuilder();
    for (Process run : runs) {
      text.append(new String(run.getInputStream().readAllBytes(), UTF_8));
      assertEquals(0, run.waitFor(), text.toString());
    }
    return text.toString().replace("building ...\n", "");
  }

  @Test
  void isFoundThroughALinkAndInSpiteOfCdpath() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("personas"), home.resolve("runners/direct/run"));
    assertTrue(called(folder, link.toString(), "segment").contains("-Dpersonas.home=" + home));
    environment.put("CDPATH", home.getParent().toString());
    assertTrue(called(home, "runners/direct/run", "segment").contains("-Dpersonas.home=" + home));
  }

  @Test
  void leavesTheCollectorToTheUser() throws Exception {
    assertTrue(direct("segment").contains("-XX:+UseSerialGC"));
    environment.put("JAVA_OPTS", "-Xmx1g -XX:+UseG1GC");
    List<String> call = direct("segment");
    assertTrue(call.containsAll(List.of("-Xmx1g", "-XX:+UseG1GC")), call.toString());
    assertFalse(call.contains("-XX:+UseSerialGC"), call.toString());
  }

  @Test
  void leavesTheYoungGenerationToTheUserAndSmallHeapsToTheJvm() throws Exception {
    String young = "-XX:MaxNewSize=400m";
    for (String options : List.of("-Xmx3g", "-Xms100m -Xmx12G -Da=b")) {
      environment.put("JAVA_OPTS", options);
      assertTrue(direct("segment").contains(young), options);
    }
    for (String options : List.of("-Xmx900m -Dfoo=g", "-Xmx3g -Xmn1g", "-XX:MaxRAMPercentage=50")) {
      environment.put("JAVA_OPTS", options);
      assertFalse(direct("segment").contains(young), options);
    }
  }

  @Test
  void makesTheArchiveOnceForEachBuildAndJdk() throws Exception {
    String flag = "-XX:SharedArchiveFile=" + archive();
    assertTrue(direct("segment").contains(flag));
    List<String> call = direct("segment");
    assertTrue(call.contains(flag), call.toString());
    assertTrue(call.contains("-XX:-C1UpdateMethodData"), call.toString());
    assertEquals(1, tries());
    Files.setLastModifiedTime(jar(), FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    direct("segment");
    assertEquals(2, tries());
    environment.put("VERSION", "21.0.1");
    assertFalse(direct("segment").contains(flag));
    assertEquals(3, tries());
  }

  /** The JVM crashes on half an archive. */
  @Test
  void usesNoArchiveThatCouldNotBeMade() throws Exception {
    environment.put("ARCHIVE_STATUS", "1");
    for (int run = 0; run < 2; run++) {
      String call = direct("segment").toString();
      assertFalse(call.contains("SharedArchiveFile"), call);
    }
    assertEquals(1, tries());
    try (Stream<Path> files = Files.list(home.resolve("target"))) {
      assertEquals(
          List.of(archive(), jar(), home.resolve("target/launch.lock")), files.sorted().toList());
    }
  }

  @Test
  void anInterruptedArchiveEndsTheRun() throws Exception {
    environment.put("ARCHIVE_STATUS", "130");
    assertEquals(130, launch(folder, home + "/runners/direct/run", "segment").code());
    assertFalse(Files.exists(calls) || Files.exists(archive()));
  }

  private int tries() throws IOException {
    return Files.readAllLines(Path.of(calls + ".archives")).size();
  }

  @Test
  void saysWhichJavaIsNeeded() throws Exception {
    for (String version : List.of("1.8.0_412", "11.0.2", "16")) {
      environment.put("VERSION", version);
      assertEquals(
          new Outcome(2, "java: version " + version + " is too old; JDK 17 or newer is needed\n"),
          launch(folder, home + "/runners/direct/run", "segment"));
    }
    environment.put("JAVA_HOME", folder.resolve("nothing").toString());
    assertEquals(
        new Outcome(2, "java: not found; JDK 17 or newer is needed\n"),
        launch(folder, home + "/runners/direct/run", "segment"));
  }

  @Test
  void aJobServerNeedsAnAddressAndGetsTheBundledJar() throws Exception {
    String run = home + "/runners/portable/run";
    Outcome portless = launch(folder, run, "segment", "--jobEndpoint=host", "--input=gs://b/x");
    assertEquals(2, portless.code());
    Outcome none = launch(folder, run, "segment");
    assertEquals(2, none.code());
    assertTrue(none.text().startsWith("--jobEndpoint=host:port: missing"), none.text());
    Path bundle =
        Files.writeString(home.resolve("target/beam-personas-flink-google.jar"), "bundle");
    Files.setLastModifiedTime(bundle, Files.getLastModifiedTime(jar()));
    List<String> call = called(folder, run, "segment", "--jobEndpoint=host:8099");
    assertTrue(call.contains("--runner=PortableRunner"), call.toString());
    assertTrue(call.contains("--filesToStage=" + bundle), call.toString());
    assertTrue(call.contains(libraries()), call.toString());
    assertFalse(Files.exists(home.resolveSibling("calls.archives")), "no job for an archive");
  }
}
