package personas.model.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import personas.text.TerminalText;

/**
 * Compares a {@code model.json} with a replay of the run, byte by byte. A sentence names the first
 * difference: in the records, the spec, the program, or the values in the order of the file.
 */
public final class ReplayComparison {
  private static final int MAX_TEXT = 200;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The keys that identify the inputs of a run, in the order in which they are compared. */
  private static final List<String> SOURCES =
      List.of("receipt.specDigest", "spec.digest", "receipt.program", "receipt.previousModel");

  private final byte[] bytes;
  private final JsonNode model;

  private ReplayComparison(byte[] bytes, JsonNode model) {
    this.bytes = bytes;
    this.model = model;
  }

  /**
   * Reads a model that is to be compared.
   *
   * @param bytes the bytes of the {@code model.json}
   * @throws IOException if the bytes are not JSON; the message names the line
   */
  public static ReplayComparison of(byte[] bytes) throws IOException {
    try {
      return new ReplayComparison(bytes.clone(), JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      throw new IOException(
          "the model is not JSON: " + line + TerminalText.line(e.getOriginalMessage(), MAX_TEXT),
          e);
    }
  }

  /**
   * Returns the first difference that is known before a replay.
   *
   * @param program the version of this program
   * @param specDigest SHA-256 of the bytes of the spec
   * @param meaningDigest SHA-256 of the meaning of the spec with the flags applied
   * @return a sentence; empty if nothing differs
   */
  public Optional<String> differenceOfSources(
      String program, String specDigest, String meaningDigest) {
    if (!textAt("program").equals(program)) {
      return Optional.of(
          textAt("program")
              + " wrote the model, but this program is "
              + program
              + ". Different versions may write different digits, so verify with the version of the run");
    }
    if (model.path("receipt").path("recordDigest").isMissingNode()) {
      return Optional.of(
          "the model has no receipt: an earlier version wrote the model, or a person edited it");
    }
    if (!textAt("receipt.specDigest").equals(specDigest)) {
      return Optional.of(
          "the spec differs from the spec of the run: its SHA-256 is "
              + specDigest
              + ", but receipt.specDigest is "
              + textAt("receipt.specDigest"));
    }
    return textAt("spec.digest").equals(meaningDigest)
        ? Optional.empty()
        : Optional.of(
            "the flags differ from the flags of the run: with these flags the digest of the spec is "
                + meaningDigest
                + ", but spec.digest is "
                + textAt("spec.digest")
                + ". Give verify the same flags that override the spec, such as --k and --seed, as"
                + " the run");
  }

  /** Returns the digest of the previous model; empty if the run had none. */
  public Optional<String> previousModel() {
    return Optional.of(textAt("receipt.previousModel"))
        .filter(digest -> !digest.equals(JsonDifference.NONE));
  }

  /**
   * Returns the digest of the model from which the command {@code choose} took the candidate; empty
   * if the run chose the candidate.
   */
  public Optional<String> runOfChoice() {
    return Optional.of(textAt("kSelection.taken.model"))
        .filter(digest -> !digest.equals(JsonDifference.NONE));
  }

  /** Returns whether the run kept the candidates that it did not choose. */
  public boolean keepsCandidates() {
    return !node(model, "kSelection.candidates.0.kept").isMissingNode();
  }

  /**
   * Returns the first difference between the model and a replay.
   *
   * @param replay the bytes of the {@code model.json} of the replay
   * @return a sentence; empty if the bytes are equal
   * @throws IOException if the replay is not JSON
   */
  public Optional<String> differenceFrom(byte[] replay) throws IOException {
    if (Arrays.equals(bytes, replay)) {
      return Optional.empty();
    }
    JsonNode replayed = JSON.readTree(replay);
    Optional<String> records = differenceOfRecords(replayed);
    if (records.isPresent()) {
      return records;
    }
    for (String source : SOURCES) {
      Optional<JsonDifference> difference =
          JsonDifference.between(source, node(model, source), node(replayed, source));
      if (difference.isPresent()) {
        return difference.map(ReplayComparison::sentence);
      }
    }
    return Optional.of(
        JsonDifference.between("", model, replayed)
            .map(ReplayComparison::sentence)
            .orElseGet(() -> differenceOfBytes(replay)));
  }

  private Optional<String> differenceOfRecords(JsonNode replayed) {
    JsonNode receipt = model.path("receipt");
    JsonNode replayReceipt = replayed.path("receipt");
    boolean isSame =
        receipt.path("records").equals(replayReceipt.path("records"))
            && receipt.path("recordDigest").equals(replayReceipt.path("recordDigest"));
    return isSame
        ? Optional.empty()
        : Optional.of(
            "the records differ from the records of the run: the replay accepted %s, the run %s"
                .formatted(records(replayReceipt), records(receipt)));
  }

  private static String records(JsonNode receipt) {
    JsonNode count = receipt.path("records");
    return (count.isIntegralNumber()
            ? String.format(Locale.ROOT, "%,d", count.longValue())
            : excerpt(count.toString()))
        + " records with digest "
        + excerpt(receipt.path("recordDigest").asText(JsonDifference.NONE));
  }

  private static String sentence(JsonDifference difference) {
    return "%s is %s in the model and %s in the replay"
        .formatted(
            excerpt(difference.path()), excerpt(difference.first()), excerpt(difference.second()));
  }

  /** Returns a sentence for models whose values are equal but are written differently. */
  private String differenceOfBytes(byte[] replay) {
    int index = Arrays.mismatch(bytes, replay);
    int line = 1;
    for (int i = 0; i < index; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "byte %,d in line %,d differs; the values are equal but written differently",
        index + 1,
        line);
  }

  private static String excerpt(String text) {
    return TerminalText.line(text, MAX_TEXT);
  }

  private String textAt(String path) {
    return excerpt(node(model, path).asText(JsonDifference.NONE));
  }

  private static JsonNode node(JsonNode tree, String path) {
    return tree.at("/" + path.replace('.', '/'));
  }
}
