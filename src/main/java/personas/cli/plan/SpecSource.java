package personas.cli.plan;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import personas.cli.exit.UsageException;
import personas.cli.option.SegmentOptions;
import personas.cli.result.FinishedRun;
import personas.cli.result.FolderPath;
import personas.cli.result.InputFileChecks;
import personas.connector.Connectors;
import personas.connector.storage.Folder;
import personas.inspect.SpecText;
import personas.inspect.TableProfile;
import personas.run.RunFolders;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.yaml.LevelWriter;
import personas.spec.yaml.SpecReader;
import personas.text.TerminalText;

/**
 * The spec of a run. It comes from {@code --spec}, else from the previous run of {@code
 * --previousModel}, else it is made for {@code --input} as {@code init} does, else it is the spec
 * of the sample.
 */
final class SpecSource {
  private static final int MAX_SHOWN_FEATURES = 160;

  private final SegmentOptions options;
  private final String name;
  private final byte[] yaml;

  SpecSource(SegmentOptions options, String sampleSpec) throws UsageException, IOException {
    this.options = options;
    if (options.getSpec() != null) {
      name = options.getSpec();
      yaml = bytes(name);
    } else if (options.getPreviousModel() != null) {
      String model = FolderPath.path(options.getPreviousModel());
      name = beside(model);
      yaml = previous(name, model);
    } else if (options.getInput() != null) {
      name = "the spec made for " + options.getInput();
      yaml = specForInput();
    } else {
      name = sampleSpec;
      yaml = bytes(name);
    }
  }

  private SpecSource(SegmentOptions options, String name, byte[] yaml) {
    this.options = options;
    this.name = name;
    this.yaml = yaml;
  }

  /**
   * Returns this spec with levels for the categories that list no levels.
   *
   * @param levels the levels of each such category, in the order of the features
   */
  SpecSource withLevels(List<List<String>> levels) {
    String yamlWithLevels = LevelWriter.write(text(), levels);
    return new SpecSource(options, name, yamlWithLevels.getBytes(StandardCharsets.UTF_8));
  }

  /** Parses the spec, without the values of flags. */
  SegmentationSpec spec() throws SpecException, IOException {
    return parse(name, yaml);
  }

  /** Returns the YAML of the spec. */
  String text() {
    return new String(yaml, StandardCharsets.UTF_8);
  }

  /** Parses the spec that a run has written beside its model. */
  static SegmentationSpec parseBeside(String model) throws SpecException, IOException {
    return parse(beside(model), Folder.readAll(beside(model)));
  }

  /** Returns the path of the spec that a run writes beside its model. */
  static String beside(String model) {
    int slash = model.lastIndexOf('/');
    return (slash < 0 ? "" : model.substring(0, slash + 1)) + RunFolders.SPEC_FILE;
  }

  private static byte[] previous(String file, String model) throws UsageException, IOException {
    try {
      return read(file);
    } catch (FileNotFoundException e) {
      // If the model cannot be read either, the message about the model is more useful.
      FinishedRun.read("previousModel", model);
      throw new UsageException(
          "--spec: missing; the previous run has no spec beside its model: " + file);
    }
  }

  private byte[] specForInput() throws UsageException, IOException {
    String input = options.getInput();
    if (!SegmentPlanner.mayRead(input, options)) {
      throw new UsageException(
          "--spec: missing; a dry run does not read " + input + " to make a spec");
    }
    TableProfile table = InputInspection.inspect(input);
    if (!options.isQuiet()) {
      System.err.println(
          TerminalText.line(
              "No --spec was given. A spec was made for "
                  + input
                  + "; it is written to the results as "
                  + RunFolders.SPEC_FILE));
      System.err.println(
          TerminalText.line(
              "features: " + String.join(", ", table.features()), MAX_SHOWN_FEATURES));
      if (table.isEventLog()) {
        System.err.println(table.eventSentence());
      }
    }
    return SpecText.of(table, InputInspection.nameOf(input)).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the bytes of a spec file. */
  static byte[] bytes(String file) throws UsageException, IOException {
    try {
      return read(file);
    } catch (FileNotFoundException e) {
      throw new UsageException("--spec: " + file + ": " + InputFileChecks.reasonUnreadable(file));
    }
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in = Folder.open(file)) {
      return in.readNBytes(SpecReader.MAX_BYTES + 1);
    }
  }

  static SegmentationSpec parse(String name, byte[] yaml) throws SpecException, IOException {
    return Connectors.readSpec(name, new ByteArrayInputStream(yaml));
  }
}
