package personas.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.model.jobmanagement.v1.JobApi.GetJobsRequest;
import org.apache.beam.model.jobmanagement.v1.JobApi.JobInfo;
import org.apache.beam.model.jobmanagement.v1.JobServiceGrpc;
import org.apache.beam.vendor.grpc.v1p69p0.io.grpc.ManagedChannel;
import org.apache.beam.vendor.grpc.v1p69p0.io.grpc.ManagedChannelBuilder;

/**
 * Beam's Fn API on loopback, from Maven artifacts: a job server with Flink in it, and two SDK
 * harnesses that run the code of this project. Each is a separate process, so they share no static
 * fields with each other or with the client.
 */
final class FnApiCluster {
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PROGRAM = "target/beam-personas.jar";
  private static final String LIBRARIES = PROGRAM + ":target/lib/*";
  private static final int WORKERS = 2;

  private final Path folder;
  private final int jobPort = FlinkCluster.freePort();
  private final List<Process> processes = new ArrayList<>();
  private final LoadBalancer workers;

  FnApiCluster(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    workers = new LoadBalancer(WORKERS);
    try {
      startJobServer();
      for (int i = 0; i < WORKERS; i++) {
        startWorker(i);
      }
      awaitPort(jobPort);
      for (int port : workers.ports()) {
        awaitPort(port);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      stop();
      throw e;
    }
  }

  private void startJobServer() throws IOException {
    start(
        "job-server",
        List.of(
            JAVA,
            "-Xmx768m",
            "-cp",
            LIBRARIES + File.pathSeparator + TestFiles.jar("beam-runners-java-job-service"),
            "org.apache.beam.runners.flink.FlinkJobServerDriver",
            "--job-host=127.0.0.1",
            "--job-port=" + jobPort,
            "--artifact-port=0",
            "--expansion-port=0",
            "--flink-master=[local]",
            "--artifacts-dir=" + folder.resolve("artifacts")),
        "");
  }

  private void startWorker(int number) throws IOException {
    int port = workers.ports().get(number);
    start(
        "worker-" + number,
        List.of(
            JAVA,
            "-Xmx512m",
            "-javaagent:" + TestFiles.jar("jamm"),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-cp",
            LIBRARIES,
            "org.apache.beam.fn.harness.ExternalWorkerService"),
        "{\"beam:option:environment_options:v1\":[\"external_service_address=127.0.0.1:"
            + port
            + "\"]}");
  }

  private void start(String name, List<String> command, String pipelineOptions) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("PIPELINE_OPTIONS", pipelineOptions);
    processes.add(builder.start());
  }

  private void awaitPort(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > end || processes.stream().anyMatch(each -> !each.isAlive())) {
          throw new IOException("nothing answers at port " + port + "; see " + folder, notYet);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /** A command of the program in a process of its own, whose workers are both of the cluster's. */
  Process client(Path log, String... args) throws IOException {
    return client(workers.port(), log, args);
  }

  /** The same with all work on one worker, which then runs several bundles at once. */
  Process clientOfFirstWorker(Path log, String... args) throws IOException {
    return client(workers.ports().get(0), log, args);
  }

  private Process client(int environment, Path log, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(JAVA, "-cp", LIBRARIES + ":target/lib/portable/*", "personas.cli.Main"));
    command.addAll(List.of(args));
    command.addAll(
        List.of(
            "--runner=PortableRunner",
            "--jobEndpoint=127.0.0.1:" + jobPort,
            "--defaultEnvironmentType=EXTERNAL",
            "--defaultEnvironmentConfig=127.0.0.1:" + environment,
            "--sdkWorkerParallelism=" + WORKERS,
            "--parallelism=2",
            "--filesToStage=" + Path.of(PROGRAM).toAbsolutePath()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** How many connections each worker got from the load balancer. */
  List<Integer> connections() {
    return workers.connections();
  }

  /** The jobs that the server has seen, in no order. */
  List<JobInfo> jobs() {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", jobPort).usePlaintext().build();
    try {
      return JobServiceGrpc.newBlockingStub(channel)
          .getJobs(GetJobsRequest.getDefaultInstance())
          .getJobInfoList();
    } finally {
      channel.shutdownNow();
    }
  }

  void stop() throws IOException, InterruptedException {
    workers.close();
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Hands connections to several ports in turn. */
  private static final class LoadBalancer implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final List<Integer> ports = new ArrayList<>();
    private final int[] connections;

    /** Chooses so many free ports. */
    LoadBalancer(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        ports.add(FlinkCluster.freePort());
      }
      this.connections = new int[count];
      daemon(this::accept);
    }

    List<Integer> ports() {
      return ports;
    }

    int port() {
      return door.getLocalPort();
    }

    synchronized List<Integer> connections() {
      return Arrays.stream(connections).boxed().toList();
    }

    private synchronized int next() {
      int least = 0;
      for (int i = 1; i < connections.length; i++) {
        least = connections[i] < connections[least] ? i : least;
      }
      connections[least]++;
      return ports.get(least);
    }

    private void accept() throws IOException {
      while (true) {
        Socket client = door.accept();
        Socket worker = new Socket(InetAddress.getLoopbackAddress(), next());
        daemon(() -> copy(client, worker));
        daemon(() -> copy(worker, client));
      }
    }

    private static void copy(Socket from, Socket to) throws IOException {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      }
    }

    private interface Work {
      void run() throws IOException;
    }

    private static void daemon(Work work) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  work.run();
                } catch (IOException closed) {
                  // One side has hung up.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      door.close();
    }
  }
}
