package personas.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import personas.text.TerminalText;

/**
 * Writes and reads {@code model.json}. Keys have the order of the components of {@link Model}, and
 * numbers have the shortest form that reads back as the same double. Equal models give the same
 * bytes on every machine.
 */
public final class ModelJson {
  /**
   * The format that {@link #write} writes. {@link #read} accepts this format and all earlier
   * formats.
   */
  public static final int FORMAT = 1;

  /** Reads NaN and Infinity as numbers, so that the error message can name the key. */
  private static final ObjectReader TREE =
      JsonFile.MAPPER.reader().with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

  /** The largest number of characters that an error message quotes from a file. */
  private static final int MAX_REASON = 1_000;

  private ModelJson() {}

  /** Writes a model as JSON in UTF-8 with a final newline; {@code out} stays open. */
  public static void write(Model model, OutputStream out) throws IOException {
    JsonFile.write(model, out);
  }

  /**
   * Reads a model that {@link #write} wrote, or that a person edited.
   *
   * @param source names the file in messages
   * @throws IOException if the file is not a model, has a later format, or holds a number with
   *     which users cannot be scored; the message names the key
   */
  public static Model read(String source, InputStream in) throws IOException {
    try {
      JsonNode tree = TREE.readTree(in);
      if (!tree.path("format").isInt()) {
        throw new IOException(source + ": is not a model: the key format is missing");
      }
      int format = tree.get("format").intValue();
      if (format < 1 || format > FORMAT) {
        throw new IOException(
            source
                + ": format: "
                + format
                + " is not supported; this version reads formats up to "
                + FORMAT);
      }
      check(source, tree);
      return JsonFile.MAPPER.treeToValue(tree, Model.class);
    } catch (JsonProcessingException e) {
      String why =
          e.getCause() instanceof IllegalArgumentException rejected
              ? rejected.getMessage()
              : e.getOriginalMessage();
      throw new IOException(source + ": is not a model: " + TerminalText.line(why, MAX_REASON), e);
    }
  }

  private static void check(String source, JsonNode tree) throws IOException {
    try {
      ModelNumbers.check(tree);
    } catch (IOException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    }
  }
}
