package personas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A real Flink cluster on loopback, from Maven artifacts: a job manager and task managers as
 * processes of their own, with Flink's default network memory and, as the runner's README says, a
 * restart strategy. Their class path has neither this project nor Beam, because the submitted jar
 * contains both.
 */
final class FlinkCluster {
  /** What a Flink distribution brings, by the names of its jars. */
  private static final Pattern FLINK_JARS =
      Pattern.compile(
          "(flink-|kryo|minlog|objenesis|chill-java|commons-(cli|collections|io|codec|lang3|compress"
              + "|math3|text)|snappy-java|lz4-java|jsr305|javassist|slf4j-|snakeyaml-engine).*");

  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final String SESSION =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String APPLICATION =
      "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";

  /** The packages that the configuration file of a Flink distribution opens for Kryo. */
  private static final List<String> OPENED =
      Stream.of("lang", "lang.reflect", "net", "text", "time", "util", "util.concurrent")
          .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
          .toList();

  private static final int FIRST_FIXED_PORT = 20_000;
  private static final int FIXED_PORTS = 10_000;

  /** Test processes at the same time begin at different ports. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % FIXED_PORTS));

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final int restPort;
  private final List<Process> taskManagers = new ArrayList<>();
  private Process jobManager;
  private final HttpClient http = HttpClient.newHttpClient();

  /** A session cluster, to which jobs are submitted. */
  FlinkCluster(Path folder, int taskManagerCount) throws IOException, InterruptedException {
    this(folder, "");
    jobManager = java("job-manager", "-Xmx512m", flinkClassPath(), SESSION, "--configDir", conf());
    startTaskManagers(taskManagerCount);
    await("\"taskmanagers\":" + taskManagerCount, "/overview");
  }

  /** Chooses the ports and writes the configuration. */
  private FlinkCluster(Path folder, String moreConfiguration) throws IOException {
    this.folder = folder;
    this.restPort = freePort();
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/config.yaml"), configuration() + moreConfiguration);
  }

  /**
   * An application cluster, whose job manager calls {@code main} of the jar for Flink itself.
   *
   * @param configuration lines of Flink's configuration
   * @param args of the job manager, and behind them the arguments of {@code main}
   */
  static FlinkCluster application(
      Path folder, int taskManagerCount, String configuration, String... args) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("usrlib"));
    Files.createSymbolicLink(
        jars.resolve("beam-personas-flink.jar"),
        Path.of("target/beam-personas-flink.jar").toAbsolutePath());
    FlinkCluster cluster = new FlinkCluster(folder, configuration);
    List<String> all =
        new ArrayList<>(
            List.of("--configDir", cluster.conf(), "--job-classname", Main.class.getName()));
    all.addAll(List.of(args));
    String classPath = flinkClassPath() + File.pathSeparator + TestFiles.jar("flink-container");
    cluster.jobManager =
        cluster.java("job-manager", "-Xmx512m", classPath, APPLICATION, all.toArray(String[]::new));
    cluster.startTaskManagers(taskManagerCount);
    return cluster;
  }

  private void startTaskManagers(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      startTaskManager();
    }
  }

  /**
   * A port that nobody listens on, below those that Linux gives to outgoing connections: one of
   * them could take the port before a server does, or while a broker is away.
   */
  static int freePort() throws IOException {
    for (int left = FIXED_PORTS; left > 0; left--) {
      int port = FIRST_FIXED_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), FIXED_PORTS);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port");
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    }
  }

  /** The memory keys are those that Flink's own start script would fill in with its defaults. */
  private String configuration() throws IOException {
    return """
        jobmanager: {rpc: {address: 127.0.0.1, port: %d}, bind-host: 127.0.0.1}
        rest: {address: 127.0.0.1, bind-address: 127.0.0.1, port: %d}
        blob.server.port: 0
        io.tmp.dirs: %s
        taskmanager:
          host: 127.0.0.1
          bind-host: 127.0.0.1
          numberOfTaskSlots: 2
          cpu.cores: 2.0
          memory: {framework.heap.size: 128m, framework.off-heap.size: 128m, task.heap.size: 384m,
            task.off-heap.size: 0b, network: {min: 128m, max: 128m}, managed.size: 512m,
            jvm-metaspace.size: 256m, jvm-overhead: {min: 192m, max: 192m}}
        restart-strategy: {type: fixed-delay, fixed-delay: {attempts: 20, delay: 3 s}}
        heartbeat.interval: 3000
        parallelism.default: 2
        """
        .formatted(freePort(), restPort, folder.resolve("tmp"));
  }

  private String conf() {
    return folder.resolve("conf").toString();
  }

  static String flinkClassPath() throws IOException {
    try (Stream<Path> libraries = Files.list(Path.of("target/lib"))) {
      return libraries
          .filter(jar -> FLINK_JARS.matcher(jar.getFileName().toString()).matches())
          .map(jar -> jar.toAbsolutePath().toString())
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private Process java(String log, String heap, String classPath, String main, String... args)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA_HOME + "/bin/java",
                heap,
                // Of the JVM, so that a program that runs in it does not choose what is logged.
                "-Djava.util.logging.config.file=" + JAVA_HOME + "/conf/logging.properties"));
    command.addAll(OPENED);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log + ".log").toFile());
    // Beside it lies usrlib, where a job manager finds its application.
    builder.environment().put("FLINK_LIB_DIR", folder.resolve("lib").toString());
    return builder.start();
  }

  void startTaskManager() throws IOException {
    String name = "task-manager-" + (taskManagers.size() + 1);
    taskManagers.add(
        java(
            name,
            "-Xmx640m",
            flinkClassPath(),
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            "--configDir",
            conf(),
            "-D",
            "taskmanager.resource-id=" + name));
  }

  /** SIGKILL: nothing of it has a chance to tidy up. */
  void killTaskManager(int index) throws InterruptedException {
    taskManagers.get(index).destroyForcibly().waitFor();
  }

  /** {@code STOP} halts the task managers where they are, {@code CONT} lets them go on. */
  void signalTaskManagers(String signal) throws IOException, InterruptedException {
    for (Process process : taskManagers) {
      if (process.isAlive()) {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      }
    }
  }

  String address() {
    return "127.0.0.1:" + restPort;
  }

  /** What the job manager's REST interface says; empty while it does not answer. */
  String get(String path) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address() + path)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }

  /** Sends JSON to the job manager's REST interface; returns the answer. */
  private String post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Cancels the one running job; returns the path of the savepoint that it leaves. */
  String cancelWithSavepoint() throws IOException, InterruptedException {
    String job = only("\"jid\":\"([^\"]*)\"[^}]*\"state\":\"RUNNING\"", get("/jobs/overview"));
    String savepoints = "/jobs/" + job + "/savepoints";
    String json =
        "{\"cancel-job\":true,\"target-directory\":\""
            + folder.resolve("savepoints").toUri()
            + "\"}";
    String trigger = savepoints + "/" + only("\"request-id\":\"([^\"]*)\"", post(savepoints, json));
    await("\"COMPLETED\"", trigger);
    String location = only("\"location\":\"([^\"]*)\"", get(trigger));
    await("\"jobs-running\":0,", "/overview");
    return location;
  }

  private static String only(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + regex + " in " + text))
        .group(1);
  }

  /** Returns the state of the job that was started last. */
  String stateOfLastJob() throws IOException, InterruptedException {
    return lastJob().get("state").asText();
  }

  /** Returns the names of the tasks of the job that was started last. */
  List<String> tasksOfLastJob() throws IOException, InterruptedException {
    String path = "/jobs/" + lastJob().get("jid").asText();
    return new ObjectMapper().readTree(get(path)).get("vertices").findValuesAsText("name");
  }

  private JsonNode lastJob() throws IOException, InterruptedException {
    return StreamSupport.stream(
            new ObjectMapper().readTree(get("/jobs/overview")).get("jobs").spliterator(), false)
        .max(Comparator.comparingLong(job -> job.get("start-time").asLong()))
        .orElseThrow();
  }

  /** Waits until the REST interface says a text. */
  void await(String text, String path) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!get(path).contains(text)) {
      if (System.nanoTime() > end || !jobManager.isAlive()) {
        throw new IllegalStateException("no " + text + " at " + path + "; see " + folder);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Waits until the job manager logs a text. */
  void await(String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + 5 * PATIENCE.toNanos();
    while (!jobManagerLog().contains(text)) {
      if (System.nanoTime() > end || !jobManager.isAlive()) {
        throw new IllegalStateException("no '" + text + "' in the log; see " + folder);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** {@code flink run}: the command of a Flink distribution, without one. */
  Process flinkRun(Path log, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(OPENED);
    command.addAll(
        List.of("-cp", flinkClassPath(), "org.apache.flink.client.cli.CliFrontend", "run"));
    command.addAll(List.of("-m", address(), "-p", "3", "target/beam-personas-flink.jar"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", conf());
    return builder.redirectOutput(log.toFile()).start();
  }

  /** How the job manager ended, which it does with its application. */
  int awaitEnd() throws InterruptedException {
    if (!jobManager.waitFor(5 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the job manager is still running; see " + folder);
    }
    return jobManager.exitValue();
  }

  boolean isRunning() {
    return jobManager.isAlive();
  }

  String jobManagerLog() throws IOException {
    return Files.readString(folder.resolve("job-manager.log"));
  }

  void stop() throws InterruptedException {
    for (Process process : taskManagers) {
      process.destroyForcibly().waitFor();
    }
    jobManager.destroyForcibly().waitFor();
  }
}
