package personas.connector.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.table.ledger.DataRefusedException;
import personas.table.ledger.UnreachableException;

class RefusalFileTest {
  @TempDir private Path temp;

  private RefusalFile file() {
    return new RefusalFile(new Folder(temp.toString()));
  }

  private <T extends IOException> T refuse(Class<T> thrown, IOException refusal) {
    return assertThrows(
        thrown,
        () ->
            file()
                .during(
                    () -> {
                      throw refusal;
                    }));
  }

  private void refuse(String reason) {
    DataRefusedException refusal = new DataRefusedException(reason);
    assertSame(refusal, refuse(FinalRefusalException.class, refusal).getCause());
  }

  @Test
  void aRunWithoutARefusalHasNoReason() throws IOException {
    assertEquals(Optional.empty(), file().reason());
  }

  @Test
  void theFirstReasonByItsTextCounts() throws IOException {
    refuse("b.csv: no header");
    refuse("a.csv: no header\nand a second line");
    assertEquals(Optional.of("a.csv: no header\nand a second line"), file().reason());
  }

  /** Two workers refuse at once: the job has failed with the first while the second writes. */
  @Test
  void aReasonThatIsStillBeingWrittenDoesNotCount() throws IOException {
    refuse("b.csv: no header");
    Folder folder = new Folder(temp.toString()).sub("refusals");
    try (OutputStream unfinished = Folder.create(folder.file("another"))) {
      assertEquals(Optional.of("b.csv: no header"), file().reason());
      unfinished.write("a.csv: no".getBytes(StandardCharsets.UTF_8));
      unfinished.flush();
      assertEquals(Optional.of("b.csv: no header"), file().reason());
    }
  }

  @Test
  void flinkDoesNotStartAJobAgainWhoseDataIsRefused() {
    DataRefusedException refusal = new DataRefusedException("no header");
    FinalRefusalException thrown = refuse(FinalRefusalException.class, refusal);
    assertEquals(
        Optional.of(thrown),
        ThrowableClassifier.findThrowableOfThrowableType(
            new RuntimeException(thrown), ThrowableType.NonRecoverableError));
  }

  /** A cluster starts a step again that cannot reach its database now. */
  @Test
  void aSourceThatCannotBeReachedIsNotFinal() throws IOException {
    UnreachableException refusal = new UnreachableException("the database starts");
    assertSame(refusal, refuse(UnreachableException.class, refusal));
    assertEquals(Optional.of("the database starts"), file().reason());
    assertFalse(file().isFinal());
    refuse("the table has no column id");
    assertEquals(Optional.of("the table has no column id"), file().reason());
    assertTrue(file().isFinal());
  }
}
