package personas.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import personas.kmeans.Status;

class ModelJsonTest {
  /** Written by the first version of the format; it loads for ever. */
  private static final Path FIRST = Path.of("src/test/resources/models/format-1.json");

  private static Model read(byte[] json) throws IOException {
    return ModelJson.read("model.json", new ByteArrayInputStream(json));
  }

  private static byte[] write(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelJson.write(model, out);
    return out.toByteArray();
  }

  @Test
  void aModelOfTheFirstFormatLoads() throws IOException {
    Model model = read(Files.readAllBytes(FIRST));
    assertEquals(1, model.format());
    assertEquals(Status.CONVERGED, model.status());
    assertEquals(3, model.clusters().size());
    assertEquals("Developers (API-Centric)", model.clusters().get(1).persona());
    assertEquals(161.4823746085167, model.inertia());
    assertEquals(-0.532142583713975, model.clusters().get(0).centroid().get(1));
    assertEquals(100, model.ledger().assigned());
  }

  @Test
  void writingWhatWasReadGivesTheSameBytes() throws IOException {
    byte[] bytes = write(read(Files.readAllBytes(FIRST)));
    assertArrayEquals(bytes, write(read(bytes)));
  }

  @Test
  void aLaterFormatAndOtherFilesAreRefused() throws IOException {
    String text = Files.readString(FIRST).replace("\"format\":1", "\"format\":2");
    assertEquals(
        "model.json: format: 2 is not in 1..1",
        assertThrows(IOException.class, () -> read(text.getBytes(StandardCharsets.UTF_8)))
            .getMessage());
    assertThrows(IOException.class, () -> read("[1]".getBytes(StandardCharsets.UTF_8)));
    assertThrows(IOException.class, () -> read(new byte[0]));
  }

  @Test
  void tablesShowTheModel() throws IOException {
    Model model = read(Files.readAllBytes(FIRST));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelTables.writeIterations(model, out);
    assertEquals(
        """
        iteration,inertia,largest_shift,changed_users,reseeded_clusters,users_0,users_1,users_2
        1,161.4823746085167,0.0,,0,43,21,36
        """,
        out.toString(StandardCharsets.UTF_8));
    out.reset();
    ModelTables.writeCentroids(model, out);
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertEquals(4 + 1, lines.length);
    assertEquals(
        "0,E-commerce Business Owners,43,0.43,430.0232558139535,0.92308939612189",
        lines[1].substring(0, 72).replaceAll(",[^,]*$", ""));
  }
}
