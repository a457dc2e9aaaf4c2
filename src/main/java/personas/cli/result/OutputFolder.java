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

/** The folder of the results: its default name, and whose results it holds. */
public final class OutputFolder {
  private static final String PARENT = "out/";

  /** File systems take 255 bytes; a suffix and the names of temporary files need some of them. */
  private static final int MOST_NAME_BYTES = 180;

  /** Characters of a name in a message. */
  private static final int MOST_NAME = 80;

  private static final ObjectMapper JSON = new ObjectMapper();

  private OutputFolder() {}

  /**
   * The default folder of a segmentation, right below {@code out}. Letters and digits of all
   * scripts stay. If a name loses anything else, it gets {@code ~} and a hash of the whole name, so
   * that two segmentations do not share a folder.
   */
  public static String byDefault(String name) {
    return PARENT + of(name);
  }

  /** The name of the folder of a segmentation. */
  static String of(String name) {
    return folderName(name, Charset.forName(System.getProperty("sun.jnu.encoding")));
  }

  /**
   * The name of a folder.
   *
   * @param fileNames what the file system of this process can write, which is only ASCII without a
   *     locale
   */
  static String folderName(String name, Charset fileNames) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int character : Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().toArray()) {
      String text = Character.toString(character);
      boolean stays =
          text.matches("[\\p{L}\\p{M}\\p{N}._-]")
              && fileNames.newEncoder().canEncode(text)
              && !(text.equals(".") && kept.isEmpty());
      bytes += stays ? text.getBytes(UTF_8).length : 0;
      if (bytes > MOST_NAME_BYTES) {
        break;
      }
      // A run of others becomes one hyphen.
      kept.append(stays ? text : kept.toString().endsWith("-") ? "" : "-");
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
   * @param segmentation whose results are to be written there
   * @param overwrite whether the user asks for it, so that nothing is refused
   * @throws UsageException names both segmentations
   */
  public static void refuseOther(String output, String segmentation, boolean overwrite)
      throws UsageException, IOException {
    if (overwrite) {
      return;
    }
    refuseOther(output, "model.json", "/spec/name", segmentation);
    refuseOther(output, ScoreResult.FILE, "/model", segmentation);
    refuseOther(output, Timeline.FILE, "/segmentation", segmentation);
  }

  private static void refuseOther(String output, String file, String key, String segmentation)
      throws UsageException, IOException {
    String path = output + "/" + file;
    String held = text(path, key);
    if (held != null && !segmentation.equals(held)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--output: %s: is a result of the segmentation '%s'; the results of '%s' would replace"
                  + " it. Name another folder, or allow it with --overwrite",
              path,
              TerminalText.line(held, MOST_NAME),
              TerminalText.line(segmentation, MOST_NAME)));
    }
  }

  /** The text of a key; null if there is no such file, or it is not one of this program. */
  private static String text(String path, String key) throws IOException {
    try (InputStream in = Folder.open(path)) {
      JsonNode value = JSON.readTree(in).at(key);
      return value.isTextual() ? value.textValue() : null;
    } catch (FileNotFoundException | JsonProcessingException e) {
      return null;
    }
  }
}
