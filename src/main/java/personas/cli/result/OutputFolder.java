package personas.cli.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import personas.cli.exit.UsageException;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.model.score.ScoreResult;
import personas.model.timeline.Timeline;
import personas.run.RunFolders;
import personas.text.TerminalText;

/**
 * Checks for the folder of the results: the default name, and the segmentation that it belongs to.
 */
public final class OutputFolder {
  private static final String PARENT = "out/";

  /** File systems allow 255 bytes; a suffix and the names of temporary files need some of them. */
  private static final int MAX_NAME_BYTES = 180;

  /** The largest number of characters of a name in a message. */
  private static final int MAX_SHOWN_LENGTH = 80;

  private static final ObjectMapper JSON = new ObjectMapper();

  private OutputFolder() {}

  /**
   * Returns the default folder of a segmentation, directly below {@code out}. Letters and digits of
   * all scripts stay. If other characters are replaced, the name ends with {@code ~} and a hash of
   * the original name, so that two segmentations do not share a folder.
   */
  public static String defaultFolder(String name) {
    return PARENT + folderName(name);
  }

  /** Returns the name of the folder of a segmentation. */
  static String folderName(String name) {
    return folderName(name, Charset.forName(System.getProperty("sun.jnu.encoding")));
  }

  /**
   * Returns the name of the folder of a segmentation.
   *
   * @param name the name of the segmentation
   * @param fileNames the character set of file names of this process, which is ASCII without a
   *     locale
   */
  static String folderName(String name, Charset fileNames) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int character : Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().toArray()) {
      String text = Character.toString(character);
      boolean isKept =
          text.matches("[\\p{L}\\p{M}\\p{N}._-]")
              && fileNames.newEncoder().canEncode(text)
              && !(text.equals(".") && kept.isEmpty());
      bytes += isKept ? text.getBytes(UTF_8).length : 0;
      if (bytes > MAX_NAME_BYTES) {
        break;
      }
      // One hyphen replaces consecutive other characters.
      kept.append(isKept ? text : kept.toString().endsWith("-") ? "" : "-");
    }
    return kept.toString().equals(name) ? name : kept + "~" + hash(name);
  }

  private static String hash(String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return HexFormat.of().toHexDigits(Hashing.hash64(0, bytes, 0, bytes.length));
  }

  /** Refuses a folder in which a result cannot be written or replaced, before a job starts. */
  public static void refuseObstacle(String output) throws UsageException, IOException {
    Optional<String> obstacle = new Folder(output).obstacle(RunFolders::isResult);
    if (obstacle.isPresent()) {
      throw new UsageException("--output: " + obstacle.get());
    }
  }

  /**
   * Refuses a folder that holds the results of another segmentation.
   *
   * @param output the folder
   * @param segmentation the segmentation whose results will be written
   * @param canOverwrite whether {@code --overwrite} is set, which allows the replacement
   * @throws UsageException if the folder holds results of another segmentation; the message names
   *     both
   */
  public static void refuseOther(String output, String segmentation, boolean canOverwrite)
      throws UsageException, IOException {
    if (canOverwrite) {
      return;
    }
    refuseOther(output, "model.json", "/spec/name", segmentation);
    refuseOther(output, ScoreResult.FILE, "/model", segmentation);
    refuseOther(output, Timeline.FILE, "/segmentation", segmentation);
  }

  private static void refuseOther(String output, String file, String key, String segmentation)
      throws UsageException, IOException {
    String path = output + "/" + file;
    String existing = text(path, key);
    if (existing != null && !segmentation.equals(existing)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--output: %s: is a result of the segmentation '%s'; the results of '%s' would replace"
                  + " it. Name another folder, or allow the replacement with --overwrite",
              path,
              TerminalText.line(existing, MAX_SHOWN_LENGTH),
              TerminalText.line(segmentation, MAX_SHOWN_LENGTH)));
    }
  }

  /** Reads the text of a key; returns null if the file does not exist or has another content. */
  private static String text(String path, String key) throws IOException {
    try (InputStream in = Folder.open(path)) {
      JsonNode value = JSON.readTree(in).at(key);
      return value.isTextual() ? value.textValue() : null;
    } catch (FileNotFoundException | JsonProcessingException e) {
      return null;
    }
  }
}
