package personas.connector.storage;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;

/**
 * Asks Cloud Storage whether it answers at all, before a command begins that would wait for
 * minutes: its client tries again and again without an answer and without credentials.
 */
final class CloudAnswer {
  private static final Pattern BUCKET = Pattern.compile("(gs://[^/*?\\[{]+)(/.*)?");
  private static final long PATIENCE_SECONDS = 20;

  /** Buckets that answered in this process. */
  private static final Set<String> ANSWERED = ConcurrentHashMap.newKeySet();

  private CloudAnswer() {}

  /**
   * Refuses a place in a bucket that does not answer in {@value #PATIENCE_SECONDS} seconds. A
   * bucket that answers with an error is not refused: whoever reads it says more. Every other place
   * passes.
   *
   * @throws IOException names the place and says what to check
   */
  public static void check(String place) throws IOException {
    Matcher bucket = BUCKET.matcher(place);
    if (!bucket.matches() || ANSWERED.contains(bucket.group(1))) {
      return;
    }
    if (!answers(bucket.group(1))) {
      throw new IOException(
          place
              + ": Cloud Storage does not answer within "
              + PATIENCE_SECONDS
              + " seconds; check the network and the credentials"
              + " (gcloud auth application-default login)");
    }
    ANSWERED.add(bucket.group(1));
  }

  private static boolean answers(String bucket) {
    CountDownLatch answered = new CountDownLatch(1);
    Thread asking =
        new Thread(
            () -> {
              try {
                FileSystems.match(bucket + "/.beam-personas", EmptyMatchTreatment.ALLOW);
              } catch (IOException | RuntimeException e) {
                // An error is an answer.
              }
              answered.countDown();
            },
            "asks " + bucket);
    // The client cannot be interrupted, and the process must end without it.
    asking.setDaemon(true);
    asking.start();
    try {
      return answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
