package personas.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.connector.storage.Folder;

/**
 * Checks {@code gs://} paths for input, spec and output, with the real client and a fake service.
 */
class CloudStorageTest {
  private static final String BUCKET = "gs://" + FakeBucket.NAME + "/";

  @TempDir Path folder;

  private static Run segment(FakeGoogleCloud cloud, Path errors, String... more) {
    List<String> flags = new ArrayList<>(List.of("segment", "--quiet", "--runner=DirectRunner"));
    flags.addAll(cloud.storageFlags());
    for (String flag : more) {
      flags.removeIf(earlier -> flag.startsWith(earlier.replaceFirst("=.*", "=")));
      flags.add(flag);
    }
    return Run.command(errors, flags.toArray(String[]::new));
  }

  /** A bucket with the sample's spec and 3,000 users in two files. */
  private static void fill(FakeBucket bucket) throws IOException {
    List<String> users = Run.simulated(3000, 8);
    byte[] spec = Files.readAllBytes(Path.of("pipelines/image-platform-users.yaml"));
    bucket.put("specs/users.yaml", spec);
    bucket.put("in/users-1.csv", table(users.get(0), users.subList(1, 1200)));
    bucket.put("in/users-2.csv", table(users.get(0), users.subList(1200, users.size())));
  }

  private static byte[] table(String header, List<String> rows) {
    return (header + "\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> published(FakeBucket bucket) {
    Map<String, String> files = new TreeMap<>();
    bucket
        .objects()
        .forEach(
            (name, bytes) -> {
              if (name.startsWith("out/") && !name.contains(Folder.PUBLICATION_PREFIX)) {
                files.put(name.substring(4), new String(bytes, ISO_8859_1));
              }
            });
    return files;
  }

  private Map<String, String> local(FakeBucket bucket) throws IOException {
    for (String name : List.of("specs/users.yaml", "in/users-1.csv", "in/users-2.csv")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bucket.objects().get(name));
    }
    Run run =
        Run.segment(
                folder.resolve("out"),
                "--runner=DirectRunner",
                "--spec=" + folder.resolve("specs/users.yaml"),
                "--input=" + folder.resolve("in/users-*.csv"))
            .succeeded();
    Map<String, String> files = new TreeMap<>();
    for (String name : run.names()) {
      files.put(name, Files.readString(folder.resolve("out").resolve(name), ISO_8859_1));
    }
    return files;
  }

  @Test
  void aBucketGivesWhatAFolderGives() throws IOException {
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_DONE")) {
      fill(cloud.bucket());
      String[] flags = {
        "--spec=" + BUCKET + "specs/users.yaml",
        "--input=" + BUCKET + "in/users-*.csv",
        "--output=" + BUCKET + "out",
      };
      segment(cloud, folder, flags).succeeded();
      Map<String, String> first = published(cloud.bucket());
      Run.assertSameFiles(local(cloud.bucket()), first);
      // Over an old output: replaced, with nothing of the first left and nothing half.
      cloud.bucket().put("out/assignments-00007.csv", new byte[] {'x'});
      segment(cloud, folder, flags).succeeded();
      Run.assertSameFiles(first, published(cloud.bucket()));
    }
  }

  @Test
  void credentialsGoToTheServiceAndNowhereElse() throws IOException {
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_DONE")) {
      fill(cloud.bucket());
      Run run =
          segment(
              cloud,
              folder,
              "--credentialFactoryClass=" + KnownCredentials.class.getName(),
              "--spec=" + BUCKET + "specs/users.yaml",
              "--input=" + BUCKET + "in/users-*.csv",
              "--output=" + BUCKET + "out");
      run.succeeded();
      assertTrue(cloud.authorizations().contains("Bearer " + KnownCredentials.TOKEN));
      assertFalse(run.errors().contains(KnownCredentials.TOKEN), run.errors());
      published(cloud.bucket())
          .forEach((name, text) -> assertFalse(text.contains(KnownCredentials.TOKEN), name));
    }
  }

  @Test
  void namesThePathOfAMissingObject() throws IOException {
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_DONE")) {
      fill(cloud.bucket());
      Run noInput =
          segment(
              cloud,
              folder,
              "--spec=" + BUCKET + "specs/users.yaml",
              "--input=" + BUCKET + "in/none-*.csv",
              "--output=" + BUCKET + "out");
      assertEquals(ExitCode.USAGE, noInput.exitCode());
      assertTrue(noInput.errors().contains(BUCKET + "in/none-*.csv: no such file"));
      Run noSpec = segment(cloud, folder, "--spec=" + BUCKET + "none.yaml");
      assertEquals(ExitCode.USAGE, noSpec.exitCode());
      assertTrue(noSpec.errors().contains(BUCKET + "none.yaml: no such file"), noSpec.errors());
    }
  }
}
