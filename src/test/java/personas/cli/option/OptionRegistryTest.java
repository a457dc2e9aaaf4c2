package personas.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.exit.UsageException;

/** Checks which options of libraries a command registers, in a process of its own. */
class OptionRegistryTest {
  /** Prints the options that are registered after the flags were parsed. */
  static final class Parse {
    private Parse() {}

    public static void main(String[] args) {
      try {
        OptionParser.parse(args, SegmentOptions.class);
      } catch (UsageException e) {
        System.out.println(e.getMessage());
      }
      for (Class<?> each : PipelineOptionsFactory.getRegisteredOptions()) {
        System.out.println(each.getSimpleName());
      }
    }
  }

  private static List<String> registered(String... flags) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Parse.class.getName()));
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(0, process.waitFor(), lines.toString());
    return lines;
  }

  @Test
  void theFlagsOfTheCommandRegisterNothing() throws Exception {
    assertEquals(
        List.of(), registered("--runner=FlinkRunner", "--input=gs://bucket/x.csv", "--output=out"));
  }

  @Test
  void aFlagOfALibraryRegistersTheOptionsThatDeclareIt() throws Exception {
    List<String> names = registered("--output=out", "--flinkMaster=host:8081");
    assertEquals(List.of("FlinkPipelineOptions"), names);
    assertTrue(registered("--gcsEndpoint=http://localhost/").contains("GcsOptions"));
  }

  @Test
  void aFlagThatNoLibraryDeclaresIsComparedWithTheFlagsOfAll() throws Exception {
    List<String> lines = registered("--flinkMastr=host:8081");
    assertEquals("--flinkMastr: unknown flag; did you mean flinkMaster?", lines.get(0));
    assertTrue(lines.contains("DataflowPipelineOptions"), lines.toString());
  }

  /** Beam refuses two interfaces that declare a flag with different types. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        ChooseOptions.class,
        CompareOptions.class,
        ExportOptions.class,
        InitOptions.class,
        RenameOptions.class,
        ReportOptions.class,
        ScoreOptions.class,
        SegmentOptions.class,
        SimulateOptions.class,
        TimelineOptions.class,
        VerifyOptions.class
      })
  void theFlagsOfACommandDoNotContradictAnyLibrary(Class<? extends PipelineOptions> type) {
    PipelineOptionsFactory.resetCache();
    Set<Class<? extends PipelineOptions>> all = PipelineOptionsFactory.getRegisteredOptions();
    assertFalse(all.isEmpty());
    assertDoesNotThrow(() -> PipelineOptionsFactory.as(type));
  }
}
