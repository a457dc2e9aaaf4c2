package personas.cli.plan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import personas.cli.exit.UsageException;
import personas.cli.option.RenameOptions;
import personas.cli.result.FinishedRun;
import personas.cli.result.FolderPath;
import personas.cli.result.OutputFolder;
import personas.connector.ResultSinks;
import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.model.JsonFile;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.compare.Drift;
import personas.run.RunFolders;
import personas.run.publication.Publication;
import personas.run.rename.PersonaRename;
import personas.spec.SpecException;
import personas.text.TerminalText;

/** Plans the rename of a persona of a finished run; refuses a rename that is not possible. */
public final class RenamePlanner {
  private static final int MAX_NAME_LENGTH = 200;
  private static final int MAX_SHOWN_LENGTH = 80;

  private final String modelFile;
  private final String folder;
  private final Model model;
  private final String digest;
  private final PersonaRename rename;

  /**
   * Reads the run.
   *
   * @throws UsageException if a flag is missing, if the folder does not hold a finished run with
   *     the persona, or if the new name is not allowed
   */
  public RenamePlanner(RenameOptions options) throws UsageException, IOException {
    if (options.getModel() == null) {
      throw new UsageException("--model: missing; name the model.json of a finished run");
    }
    modelFile = FolderPath.path(options.getModel());
    if (!modelFile.endsWith("/model.json") && !modelFile.equals("model.json")) {
      throw new UsageException(
          "--model: "
              + modelFile
              + ": is not the model.json in the folder of a finished run, such as"
              + " out/users/model.json");
    }
    folder = modelFile.contains("/") ? modelFile.substring(0, modelFile.lastIndexOf('/')) : ".";
    model = FinishedRun.read("model", modelFile);
    digest = Hashing.sha256(Folder.readAll(modelFile));
    ClusterModel cluster = cluster(options.getPersona());
    rename = PersonaRename.of(model, cluster.id(), name(options.getName(), cluster), drift());
  }

  private ClusterModel cluster(String persona) throws UsageException {
    if (persona == null) {
      throw new UsageException(
          "--persona: missing; name one of the personas of the run: " + names());
    }
    for (ClusterModel cluster : model.clusters()) {
      if (cluster.persona().equals(persona)) {
        return cluster;
      }
    }
    throw new UsageException(
        "--persona: "
            + shortened(persona)
            + ": is not a persona of the run; the personas of the run are "
            + names());
  }

  private String names() {
    return model.clusters().stream()
        .map(cluster -> "'" + shortened(cluster.persona()) + "'")
        .collect(Collectors.joining(", "));
  }

  private static String shortened(String name) {
    return TerminalText.line(name, MAX_SHOWN_LENGTH);
  }

  private String name(String requestedName, ClusterModel renamed) throws UsageException {
    String name = requestedName == null ? "" : requestedName.strip();
    if (name.isEmpty()) {
      throw new UsageException(
          "--name: "
              + (requestedName == null ? "missing" : "is empty")
              + "; give the new name of the persona");
    }
    if (name.length() > MAX_NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
      throw new UsageException(
          "--name: "
              + shortened(name)
              + ": has a control character or more than "
              + MAX_NAME_LENGTH
              + " characters; give a shorter name on one line");
    }
    refuseUsedName(name, renamed);
    return name;
  }

  private void refuseUsedName(String name, ClusterModel renamed) throws UsageException {
    for (ClusterModel cluster : model.clusters()) {
      if (cluster.persona().equalsIgnoreCase(name)
          && (cluster.id() != renamed.id() || cluster.persona().equals(name))) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "--name: %s: is already the name of persona %d of the run; choose another name",
                shortened(name),
                cluster.id()));
      }
    }
    for (String declared : model.unmatchedPersonas().keySet()) {
      if (declared.equalsIgnoreCase(name)) {
        throw new UsageException(
            "--name: "
                + shortened(name)
                + ": is the name of a persona that the spec declares without a matching cluster; choose"
                + " another name");
      }
    }
  }

  private Drift drift() throws IOException {
    String path = folder + "/" + Drift.FILE;
    try (InputStream in = Folder.open(path)) {
      return JsonFile.read(path, in, Drift.class);
    } catch (FileNotFoundException noPreviousRun) {
      return null;
    }
  }

  /**
   * Refuses a folder to which a run is publishing.
   *
   * @throws UsageException if a run is publishing, or if the folder cannot get the renamed results
   */
  public void refuseLocked(RunFolders folders) throws UsageException, IOException {
    try {
      Publication.refuseLocked(folders);
    } catch (IOException e) {
      throw FinishedRun.usage("model", folder, e);
    }
    OutputFolder.refuseObstacle(folder);
  }

  /** Returns the model of the run before the rename. */
  public Model model() {
    return model;
  }

  /** Returns the SHA-256 of the model.json that was read. */
  public String digest() {
    return digest;
  }

  /** Returns the folder of the run. */
  public String folder() {
    return folder;
  }

  /** Returns the rename. */
  public PersonaRename rename() {
    return rename;
  }

  /**
   * Returns the names of the tables and topics that hold results of the run. A rename does not
   * change these results.
   */
  public List<String> sinkNames() {
    try {
      SinkRequest request = new SinkRequest(SpecSource.parseBeside(modelFile), false, false, "");
      return ResultSinks.of(request).stream().map(ResultSink::name).toList();
    } catch (IOException | SpecException noSpec) {
      return List.of();
    }
  }
}
