package personas.cli.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.Run;
import personas.cli.exit.ExitCode;

/** Checks that a run removes the leftovers of dead runs, and nothing else. */
class StagingOwnerTest {
  @TempDir Path folder;

  /** Of this machine's space of process ids; empty where it is not known. */
  private String space;

  private long dead;

  @BeforeEach
  void endAProcess() throws IOException, InterruptedException {
    String own = StagingOwner.runName(PipelineOptionsFactory.create());
    space = own.substring(0, own.indexOf("-" + ProcessHandle.current().pid() + "-"));
    assumeTrue(!space.equals("unknown"), "the system does not say where process ids are from");
    Process process = new ProcessBuilder("true").start();
    dead = process.pid();
    process.waitFor();
  }

  private static Path staging(Path parent, String name) throws IOException {
    Path staging = Files.createDirectories(parent.resolve(name).resolve("shards"));
    Files.writeString(staging.resolve("0.shard"), "left");
    return staging.getParent();
  }

  /** Another process has taken the folder over, to continue the run. */
  private void ownedBy(Path staging, int generation, long process) throws IOException {
    Path owners = Files.createDirectories(staging.resolve("owners"));
    Files.writeString(owners.resolve(Integer.toString(generation)), space + "-" + process);
  }

  /** A run was killed while it published, and the next one is refused: nothing is lost. */
  @Test
  void keepsReplacedFilesOfAKilledRunUntilTheNextRunPublishes() throws IOException {
    Path output = folder.resolve("out");
    Run.segment(output).succeeded();
    String model = Files.readString(output.resolve("model.json"));
    Path killed = output.resolve(named(space, dead));
    Path replaced = Files.createDirectories(killed.resolve("attempt-1/replaced"));
    Files.move(output.resolve("model.json"), replaced.resolve("model.json"));
    Path empty = Files.writeString(folder.resolve("empty.csv"), "user_id\n");
    Run refused = Run.segment(output, "--input=" + empty);
    assertTrue(refused.exitCode() != 0, refused.errors());
    Path broken = Files.writeString(folder.resolve("broken.csv"), "user_id,v\nu1,x\n");
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            "name: image-platform-users\ninput: {id: user_id}\nfeatures: [{name: v}]\n");
    refused = Run.segment(output, "--spec=" + spec, "--input=" + broken);
    assertEquals(ExitCode.DATA_REFUSED, refused.exitCode(), refused.errors());
    assertFalse(Files.exists(killed));
    Path kept = output.resolve(".previous-results-" + killed.getFileName().toString().substring(9));
    assertEquals(model, Files.readString(kept.resolve("model.json")));
    assertTrue(refused.errors().contains("The replaced files are in " + kept));
    Run.segment(output).succeeded();
    assertFalse(Files.exists(kept));
    // What was published whole leaves nothing to keep.
    Files.createDirectories(replaced);
    Files.writeString(replaced.resolve("model.json"), "older");
    Files.writeString(killed.resolve("end-1"), "committed 1");
    Run.segment(output).succeeded();
    assertFalse(Files.exists(killed));
    assertFalse(Files.exists(kept));
  }

  @Test
  void removesTheLeftoversOfADeadRunInBothPlaces() throws IOException {
    Path output = folder.resolve("out");
    Path temp = folder.resolve("temp");
    List<Path> left = new ArrayList<>();
    left.add(staging(temp, ".staging-" + space + "-" + dead + "-0123456789ab"));
    left.add(staging(output, ".staging-.staging-" + space + "-" + dead + "-0123456789ab"));
    left.add(staging(output, ".staging-" + space + "-" + dead + "-ba9876543210"));
    left.add(staging(temp, ".staging-" + space + "-" + dead + "-ccc876543210"));
    ownedBy(left.get(3), 1, ProcessHandle.current().pid());
    ownedBy(left.get(3), 2, dead);
    Run.segment(output, "--tempLocation=" + temp).succeeded();
    assertEquals(List.of(), left.stream().filter(Files::exists).toList());
    assertEquals(List.of(), list(temp), "nor what this run staged");
  }

  @Test
  void keepsTheFoldersOfARunThatMayBeAlive() throws IOException {
    Path temp = folder.resolve("temp");
    String nobody = "0".repeat(8);
    List<Path> others =
        List.of(
            staging(temp, named(space, ProcessHandle.current().pid())),
            staging(temp, named(nobody + space.substring(8), dead)),
            staging(temp, named(space + "1", dead)),
            staging(temp, ".staging-unknown-" + dead + "-0123456789ab"),
            staging(temp, ".staging-" + space + "-" + dead + "-mine"),
            staging(temp, "staging-" + space + "-" + dead + "-0123456789ab"),
            staging(temp, ".staging-" + space + "-" + dead + "-abcdef"));
    ownedBy(others.get(6), 9, dead);
    ownedBy(others.get(6), 10, ProcessHandle.current().pid());
    Run.segment(folder.resolve("out"), "--tempLocation=" + temp).succeeded();
    assertEquals(others.stream().sorted().toList(), list(temp));
  }

  @Test
  void aLinkThatIsNamedLikeOneIsNotFollowed() throws IOException {
    Path mine = staging(folder, "mine");
    Path temp = Files.createDirectory(folder.resolve("temp"));
    Path link = temp.resolve(named(space, dead));
    Files.createSymbolicLink(link, mine);
    Run.segment(folder.resolve("out"), "--tempLocation=" + temp).succeeded();
    assertTrue(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(mine.resolve("shards/0.shard")));
  }

  @Test
  void keepsTheFoldersOfAnotherUser() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
    Path temp = folder.resolve("temp");
    Path other = staging(temp, named(space, dead));
    UserPrincipal nobody =
        other.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(other, nobody);
    Run.segment(folder.resolve("out"), "--tempLocation=" + temp).succeeded();
    assertTrue(Files.exists(other.resolve("shards/0.shard")));
  }

  /** The process that submits a job to a cluster may die before the job does. */
  @Test
  void aClusterJobDoesNotBelongToAProcess() {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("localhost:8081");
    assertTrue(StagingOwner.runName(options).startsWith("unknown-"));
    assertTrue(StagingOwner.owner(options).startsWith("unknown-"), "of one that is continued too");
    options.setFlinkMaster("[local]");
    assertFalse(StagingOwner.runName(options).startsWith("unknown-"));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String named(String space, long process) {
    return ".staging-" + space + "-" + process + "-0123456789ab";
  }
}
