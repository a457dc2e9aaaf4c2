package personas.app;

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
 * The launchers of a project that lies at a path with a space, with a {@code java} that notes how
 * it is called instead of a JVM.
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
            "runners/direct/run",
            "runners/flink/run",
            "runners/dataflow/run",
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
    return home.resolve("target/DirectRunner-core-17.0.9.jsa");
  }

  /** Exit code, and all that was printed. */
  private record Outcome(int code, String text) {}

  private Outcome launch(Path from, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(from.toFile()).redirectErrorStream(true).environment().putAll(environment);
    Process process = builder.start();
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
    int main = call.indexOf("personas.app.Main");
    assertEquals(
        List.of("segment", "--runner=DirectRunner", "--input=a b/*.csv", "--output="),
        call.subList(main + 1, call.size()));
    assertEquals(jar() + ":" + home + "/target/lib/core/*", call.get(main - 1));
  }

  @Test
  void loadsTheOtherEnginesOnlyWhereTheyAreNeeded() throws Exception {
    String both = ":" + home + "/target/lib/core/*:" + home + "/target/lib/engines/*";
    assertTrue(direct("segment", "--input=gs://bucket/users.csv").contains(jar() + both));
    assertTrue(direct("score", "--input=kafka://host:9092/users").contains(jar() + both));
    assertTrue(direct("score", "--input=pubsub://projects/p/topics/t").contains(jar() + both));
    for (String runner : List.of("direct", "flink", "dataflow")) {
      List<String> report = called(folder, home + "/runners/" + runner + "/run", "report");
      assertTrue(report.contains(jar() + ":" + home + "/target/lib/core/*"), report.toString());
    }
  }

  /** An embedded Flink starts in half the time without Google Cloud. */
  @Test
  void flinkLoadsTheOtherEnginesOnlyWhereTheyAreNeeded() throws Exception {
    String core = jar() + ":" + home + "/target/lib/core/*:" + home + "/target/lib/";
    assertTrue(flink().contains(core + "flink/*"));
    assertTrue(flink().contains("--runner=FlinkRunner"));
    assertTrue(
        flink("--input=x.parquet").contains(core + "flink/*:" + home + "/target/lib/tables/*"));
    Path spec = Files.writeString(folder.resolve("b.yaml"), "input: {bigquery: {table: d.t}}\n");
    for (String flag : List.of("--input=gs://bucket/users.csv", "--spec=" + spec)) {
      assertTrue(flink(flag).contains(core + "engines/*"), flag);
    }
  }

  @Test
  void aClusterGetsTheJarOfItsRunner() throws Exception {
    for (String kind : List.of("flink", "flink-google", "dataflow")) {
      Files.writeString(home.resolve("target/beam-personas-" + kind + ".jar"), "jar");
    }
    Path spec = Files.writeString(folder.resolve("b.yaml"), "input: {bigquery: {table: d.t}}\n");
    String staged = "--filesToStage=" + home + "/target/beam-personas-";
    assertTrue(
        flink("--flinkMaster=host:8081", "--input=x.parquet").contains(staged + "flink.jar"));
    for (String flag : List.of("--input=gs://bucket/users.csv", "--spec=" + spec)) {
      List<String> call = flink("--flinkMaster=host:8081", flag);
      assertTrue(call.contains(staged + "flink-google.jar"), call.toString());
      assertTrue(call.get(call.indexOf("personas.app.Main") - 1).endsWith("/lib/engines/*"), flag);
    }
    List<String> dataflow = called(folder, home + "/runners/dataflow/run", "segment");
    assertTrue(dataflow.contains(staged + "dataflow.jar"), dataflow.toString());
  }

  @Test
  void loadsWhatReadsTablesOnlyWhereThereAreSome() throws Exception {
    String tables = jar() + ":" + home + "/target/lib/core/*:" + home + "/target/lib/tables/*";
    Path spec = Files.writeString(folder.resolve("a.yaml"), "output: {format: parquet}\n");
    Path table = Files.writeString(folder.resolve("plain"), "PAR1...");
    Path text = Files.writeString(folder.resolve("text"), "user_id,x\n");
    for (String flag :
        List.of("--input=x/*.avro", "--input=x.parquet", "--spec=" + spec, "--input=" + table)) {
      assertTrue(direct("segment", flag).contains(tables), flag);
    }
    for (String flag : List.of("--input=" + text, "--input=" + folder)) {
      assertFalse(direct("segment", flag).contains(tables), flag);
    }
  }

  @Test
  void loadsGoogleCloudWhereASpecNamesBigQuery() throws Exception {
    String engines = jar() + ":" + home + "/target/lib/core/*:" + home + "/target/lib/engines/*";
    Path spec = Files.writeString(folder.resolve("b.yaml"), "input: {bigquery: {table: d.t}}\n");
    assertTrue(direct("segment", "--spec=" + spec).contains(engines));
    assertTrue(direct("score", "--spec=" + spec, "--output=x.avro").contains(engines));
    assertFalse(direct("segment", "--output=bigquery").contains(engines));
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
    assertTrue(direct("segment").contains("-XX:+UseParallelGC"));
    environment.put("JAVA_OPTS", "-Xmx1g -XX:+UseSerialGC");
    List<String> call = direct("segment");
    assertTrue(call.containsAll(List.of("-Xmx1g", "-XX:+UseSerialGC")), call.toString());
    assertFalse(call.contains("-XX:+UseParallelGC"), call.toString());
  }

  @Test
  void leavesTheYoungGenerationToTheUserAndSmallHeapsToTheJvm() throws Exception {
    String young = "-XX:MaxNewSize=200m";
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

  /**
   * The JVM crashes on half an archive; and one that ends because it does not know an option of the
   * compiler makes none, and runs without these options.
   */
  @Test
  void usesNoArchiveThatCouldNotBeMade() throws Exception {
    environment.put("ARCHIVE_STATUS", "1");
    for (int run = 0; run < 2; run++) {
      String call = direct("segment").toString();
      assertFalse(call.contains("SharedArchiveFile"), call);
      assertFalse(call.contains("CompilerDirectivesFile"), call);
    }
    assertEquals(1, tries());
    try (Stream<Path> files = Files.list(home.resolve("target"))) {
      assertEquals(List.of(archive(), jar()), files.sorted().toList());
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
}
