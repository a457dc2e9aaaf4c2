package personas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the same segmentation of 20 iterations on each engine of this machine, in turn: the direct runner, embedded Flink and a real Flink cluster with both translations of Beam, and the Fn API with two workers. It prints the seconds of each run, from the start to the end of the process, and checks that all models have the same bytes. The arguments are the number of users and the number of rounds. {@code mvn verify} must have built the jars of the engines.
 */
public final class EngineTimes {
  private static final Path FOLDER = Path.of("target/engine-times").toAbsolutePath();
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";
  private static final String DATA_STREAM = "--useDataStreamForBatch=true";

  /** Starts one run of the program with its output in a folder. */
  private interface Engine {
    Process start(Path output, Path log) throws IOException;
  }

  private EngineTimes() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int users = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    TestFiles.delete(FOLDER);
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve("users.csv"), Run.simulated(users, 11));
    FlinkCluster flink = new FlinkCluster(FOLDER.resolve("flink"), 1);
    FnApiCluster fnApi = new FnApiCluster(FOLDER.resolve("fn-api"));
    try {
      measure(engines(flink, fnApi), rounds);
    } finally {
      fnApi.stop();
      flink.stop();
    }
  }

  private static Map<String, Engine> engines(FlinkCluster flink, FnApiCluster fnApi) {
    Map<String, Engine> engines = new LinkedHashMap<>();
    engines.put("direct", (out, log) -> local(out, log, "--runner=DirectRunner"));
    engines.put("Flink embedded, DataSet", (out, log) -> embedded(out, log));
    engines.put("Flink embedded, DataStream", (out, log) -> embedded(out, log, DATA_STREAM));
    engines.put("Flink cluster, DataSet", (out, log) -> cluster(flink, out, log));
    engines.put("Flink cluster, DataStream", (out, log) -> cluster(flink, out, log, DATA_STREAM));
    engines.put(
        "Fn API, two workers",
        (out, log) -> fnApi.client(log, work(out, "segment").toArray(String[]::new)));
    return engines;
  }

  private static void measure(Map<String, Engine> engines, int rounds)
      throws IOException, InterruptedException {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    engines.keySet().forEach(name -> seconds.put(name, new double[rounds]));
    String reference = null;
    System.out.println("| engine | median s | least s | most s | same model.json |");
    System.out.println("| --- | ---: | ---: | ---: | --- |");
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Engine> engine : engines.entrySet()) {
        Path output = FOLDER.resolve("output");
        TestFiles.delete(output);
        long start = System.nanoTime();
        Process process = engine.getValue().start(output, FOLDER.resolve("log"));
        if (process.waitFor() != 0) {
          throw new IOException(engine.getKey() + ": " + Files.readString(FOLDER.resolve("log")));
        }
        double taken = (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
        seconds.get(engine.getKey())[round] = taken;
        System.err.printf("%.1f s: %s%n", taken, engine.getKey());
        String model = Files.readString(output.resolve("model.json"));
        reference = reference == null ? model : reference;
        if (!model.equals(reference)) {
          throw new IOException(engine.getKey() + ": model.json differs from the first engine's");
        }
      }
    }
    seconds.forEach((name, times) -> System.out.println(row(name, times)));
  }

  private static String row(String engine, double[] seconds) {
    Arrays.sort(seconds);
    return String.format(
        "| %s | %.1f | %.1f | %.1f | yes |",
        engine, seconds[seconds.length / 2], seconds[0], seconds[seconds.length - 1]);
  }

  private static List<String> work(Path output, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--spec=src/test/resources/specs/seven-of-three.yaml",
            "--input=" + FOLDER.resolve("users.csv"),
            "--output=" + output,
            "--tolerance=0",
            "--maxIterations=20",
            "--iterationsPerJob=20"));
    return arguments;
  }

  private static Process embedded(Path output, Path log, String... more) throws IOException {
    List<String> flags = new ArrayList<>(List.of("--runner=FlinkRunner", "--parallelism=2"));
    flags.addAll(List.of(more));
    return local(output, log, flags.toArray(String[]::new));
  }

  private static Process cluster(FlinkCluster cluster, Path output, Path log, String... more)
      throws IOException {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--flinkMaster=" + cluster.address(),
                "--filesToStage=" + Path.of("target/beam-personas-flink.jar").toAbsolutePath()));
    flags.addAll(List.of(more));
    return embedded(output, log, flags.toArray(String[]::new));
  }

  private static Process local(Path output, Path log, String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA,
                "-Xmx2g",
                "-cp",
                "target/beam-personas.jar:target/lib/*",
                "personas.cli.Main"));
    command.addAll(work(output, "segment"));
    command.addAll(List.of(flags));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
