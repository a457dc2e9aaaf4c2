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
  private static final int MAX_SHOWN = 200;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The inputs of a run, in the order in which differences are named. */
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
          "the model is not JSON: " + line + TerminalText.line(e.getOriginalMessage(), MAX_SHOWN),
          e);
    }
  }

  /**
   * Returns the first difference that is known before a replay.
   *
   * @param program the version of this program
   * @param specDigest SHA-256 of the bytes of the spec
   * @param meaning SHA-256 of the meaning of the spec with the flags applied
   * @return a sentence; empty if nothing differs
   */
  public Optional<String> differenceOfSources(String program, String specDigest, String meaning) {
    if (!at("program").equals(program)) {
      return Optional.of(
          at("program")
              + " wrote the model, but this program is "
              + program
              + ". Different versions may write different digits, so verify with the version of the run");
    }
    if (model.path("receipt").path("recordDigest").isMissingNode()) {
      return Optional.of(
          "the model has no receipt: an earlier version wrote the model, or a person edited it");
    }
    if (!at("receipt.specDigest").equals(specDigest)) {
      return Optional.of(
          "the spec differs from the spec of the run: its SHA-256 is "
              + specDigest
              + ", but receipt.specDigest is "
              + at("receipt.specDigest"));
    }
    return at("spec.digest").equals(meaning)
        ? Optional.empty()
        : Optional.of(
            "the flags differ from the flags of the run: with these flags the digest of the spec is "
                + meaning
                + ", but spec.digest is "
                + at("spec.digest")
                + ". Give verify the same flags that override the spec, such as --k and --seed, as"
                + " the run");
  }

  /** Returns the digest of the previous model; empty if the run had none. */
  public Optional<String> previousModel() {
    return Optional.of(at("receipt.previousModel"))
        .filter(digest -> !digest.equals(JsonDifference.NONE));
  }

  /**
   * Returns the digest of the model from which a person took a candidate; empty if the run chose
   * the candidate.
   */
  public Optional<String> runOfChoice() {
    return Optional.of(at("kSelection.taken.model"))
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
    boolean same =
        receipt.path("records").equals(replayReceipt.path("records"))
            && receipt.path("recordDigest").equals(replayReceipt.path("recordDigest"));
    return same
        ? Optional.empty()
        : Optional.of(
            "the records differ from the records of the run: the replay accepted %s, the run %s"
                .formatted(records(replayReceipt), records(receipt)));
  }

  private static String records(JsonNode receipt) {
    JsonNode count = receipt.path("records");
    return (count.isIntegralNumber()
            ? String.format(Locale.ROOT, "%,d", count.longValue())
            : shown(count.toString()))
        + " records with digest "
        + shown(receipt.path("recordDigest").asText(JsonDifference.NONE));
  }

  private static String sentence(JsonDifference difference) {
    return "%s is %s in the model and %s in the replay"
        .formatted(shown(difference.path()), shown(difference.first()), shown(difference.second()));
  }

  /** Returns a sentence for models whose values are equal but are written differently. */
  private String differenceOfBytes(byte[] replay) {
    int place = Arrays.mismatch(bytes, replay);
    int line = 1;
    for (int i = 0; i < place; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "byte %,d in line %,d differs; the values are equal but written differently",
        place + 1,
        line);
  }

  private static String shown(String text) {
    return TerminalText.line(text, MAX_SHOWN);
  }

  private String at(String path) {
    return shown(node(model, path).asText(JsonDifference.NONE));
  }

  private static JsonNode node(JsonNode tree, String path) {
    return tree.at("/" + path.replace('.', '/'));
  }
}
