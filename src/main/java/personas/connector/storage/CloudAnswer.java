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
 * Checks that Cloud Storage answers. Without an answer or credentials, the client of Cloud Storage
 * retries for minutes, so this check comes first.
 */
final class CloudAnswer {
  private static final Pattern BUCKET = Pattern.compile("(gs://[^/*?\\[{]+)(/.*)?");
  private static final long TIMEOUT_SECONDS = 20;

  /** Buckets that answered in this process. */
  private static final Set<String> ANSWERED = ConcurrentHashMap.newKeySet();

  private CloudAnswer() {}

  /**
   * Refuses a path in a bucket that does not answer in {@value #TIMEOUT_SECONDS} seconds. A bucket
   * that answers with an error passes, because the code that reads it gives a better message. A
   * path outside of {@code gs://} passes.
   *
   * @throws IOException if the bucket does not answer; the message names the path and says what to
   *     check
   */
  static void check(String path) throws IOException {
    Matcher bucket = BUCKET.matcher(path);
    if (!bucket.matches() || ANSWERED.contains(bucket.group(1))) {
      return;
    }
    if (!answers(bucket.group(1))) {
      throw new IOException(
          path
              + ": Cloud Storage does not answer within "
              + TIMEOUT_SECONDS
              + " seconds; check the network and the credentials"
              + " (gcloud auth application-default login)");
    }
    ANSWERED.add(bucket.group(1));
  }

  private static boolean answers(String bucket) {
    CountDownLatch answered = new CountDownLatch(1);
    Thread thread =
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
    // The client cannot be interrupted, so only a daemon thread lets the process end.
    thread.setDaemon(true);
    thread.start();
    try {
      return answered.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
