package personas.connector.storage;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Thrown if a step refused the data and would refuse it in every later attempt. The cause is the
 * refusal. The annotation makes a Flink cluster fail the job at once, whatever its restart strategy
 * is. Other engines ignore the annotation, and do not need its class.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class FinalRefusalException extends IOException {
  private static final long serialVersionUID = 1;

  FinalRefusalException(IOException refusal) {
    super(refusal.getMessage(), refusal);
  }
}
