package personas.run.resume;

import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import personas.connector.storage.Folder;
import personas.connector.storage.SerializedFile;
import personas.math.Hashing;
import personas.model.JsonFile;
import personas.model.ProgramName;
import personas.run.RunFolders;
import personas.run.RunPlan;

/**
 * Everything on which the bytes of the results depend. A run saves its fingerprint as a small file
 * in its staging folder. Two runs with equal fingerprints have the same results, so one run can
 * continue the other.
 *
 * @param program the program with its version
 * @param output the folder of the results
 * @param spec SHA-256 of the segmentation, with the flags applied
 * @param settings the other flags that change results or staged files, as text for messages
 * @param models SHA-256 of the models that the run starts from
 * @param input the files of the users; empty for a database
 * @param previousAssignments the files of the assignments of the previous run
 */
public record RunFingerprint(
    String program,
    String output,
    String spec,
    String settings,
    String models,
    List<InputFile> input,
    List<InputFile> previousAssignments) {

  public RunFingerprint {
    input = List.copyOf(input);
    previousAssignments = List.copyOf(previousAssignments);
  }

  /**
   * Returns the fingerprint of a run.
   *
   * @param plan the plan of the run
   * @param output the folder of the results, as an absolute path
   * @param input the files that {@link RunPlan#input} matches; empty for a database
   * @param previousAssignments the files of the previous assignments; empty without them
   */
  public static RunFingerprint of(
      RunPlan plan, String output, List<InputFile> input, List<InputFile> previousAssignments)
      throws IOException {
    return new RunFingerprint(
        ProgramName.TEXT,
        output,
        digest(plan.spec(), plan.results().specText()),
        settings(plan),
        digest(plan.models()),
        input,
        previousAssignments);
  }

  private static String settings(RunPlan plan) {
    return "dataDate="
        + plan.dataDate()
        + " explain="
        + plan.explains()
        + " slots="
        + plan.tuning().slots()
        + " rangeBytes="
        + plan.tuning().rangeBytes()
        + " idParts="
        + plan.tuning().idParts();
  }

  private static String digest(Serializable... values) throws IOException {
    MessageDigest digest = Hashing.newSha256();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      for (Serializable value : values) {
        SerializedFile.write(value, out);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes the fingerprint to a file in a staging folder. */
  public void save(Folder staging) throws IOException {
    try (OutputStream out = Folder.create(staging.file(RunFolders.RESUME_FILE))) {
      JsonFile.write(this, out);
    }
  }

  /**
   * Reads the fingerprint of a staging folder.
   *
   * @throws IOException if the file does not exist or is not complete
   */
  public static RunFingerprint load(Folder staging) throws IOException {
    String file = staging.file(RunFolders.RESUME_FILE);
    try (InputStream in = new BufferedInputStream(Folder.open(file))) {
      return JsonFile.read(file, in, RunFingerprint.class);
    }
  }

  /**
   * Returns why a run with this fingerprint cannot continue a stopped run.
   *
   * @param stopped the fingerprint of the stopped run
   * @return the first difference, as a clause for a message; empty if both runs have the same
   *     results
   */
  public Optional<String> differenceFrom(RunFingerprint stopped) {
    if (!program.equals(stopped.program)) {
      return Optional.of(
          "the stopped run used " + stopped.program + ", but this run uses " + program);
    }
    Optional<String> files =
        change("the input", input, stopped.input)
            .or(
                () ->
                    change(
                        "the table of previous assignments",
                        previousAssignments,
                        stopped.previousAssignments));
    if (files.isPresent()) {
      return files;
    }
    if (!spec.equals(stopped.spec)) {
      return Optional.of("the spec, or a flag that overrides it, has changed");
    }
    if (!models.equals(stopped.models)) {
      return Optional.of("the model that the run starts from has changed");
    }
    return settings.equals(stopped.settings)
        ? Optional.empty()
        : Optional.of("a flag has changed: from " + stopped.settings + " to " + settings);
  }

  private static Optional<String> change(
      String what, List<InputFile> now, List<InputFile> stopped) {
    Map<String, InputFile> before = new TreeMap<>();
    stopped.forEach(file -> before.put(file.file(), file));
    for (InputFile file : now) {
      InputFile earlier = before.remove(file.file());
      if (earlier == null) {
        return Optional.of(what + " has changed: " + file.file() + " is new");
      }
      if (!earlier.equals(file)) {
        return Optional.of(what + " has changed: " + file.file() + " was written again");
      }
    }
    return before.keySet().stream()
        .findFirst()
        .map(gone -> what + " has changed: " + gone + " is gone");
  }
}
