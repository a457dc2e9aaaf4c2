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
 * A model as {@code model.json}: keys in the order of {@link Model}'s components, numbers in the
 * shortest form that reads back as the same double, the same bytes on every machine.
 */
public final class ModelJson {
  /** The format that {@link #write} writes; {@link #read} takes this one and all before. */
  public static final int FORMAT = 1;

  /** Takes a bare NaN or Infinity for a number, so that the refusal can name its key. */
  private static final ObjectReader TREE =
      JsonFile.MAPPER.reader().with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

  /** Characters that a message quotes of a file that is not a model. */
  private static final int MOST_REASON = 1_000;

  private ModelJson() {}

  /** Writes UTF-8 with a final newline; {@code out} stays open. */
  public static void write(Model model, OutputStream out) throws IOException {
    JsonFile.write(model, out);
  }

  /**
   * Reads a model.
   *
   * @param source names the file in messages
   * @throws IOException where it is no model, or of a later format, or holds a number that no user
   *     can be scored with; the message names the key
   */
  public static Model read(String source, InputStream in) throws IOException {
    try {
      JsonNode tree = TREE.readTree(in);
      if (!tree.path("format").isInt()) {
        throw new IOException(source + ": is no model: format is missing");
      }
      int format = tree.get("format").intValue();
      if (format < 1 || format > FORMAT) {
        throw new IOException(source + ": format: " + format + " is not in 1.." + FORMAT);
      }
      check(source, tree);
      return JsonFile.MAPPER.treeToValue(tree, Model.class);
    } catch (JsonProcessingException e) {
      String why =
          e.getCause() instanceof IllegalArgumentException refused
              ? refused.getMessage()
              : e.getOriginalMessage();
      throw new IOException(source + ": is no model: " + TerminalText.line(why, MOST_REASON), e);
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
