package personas.connector.stream;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the messages of a stream. The elements stay in the form of their connector until they are
 * scored, because an engine needs longer to hand an element to another step than to convert it.
 *
 * @param <T> the element of the connector
 */
public interface MessageSource<T> {
  /** Returns the transform that reads the elements. */
  PTransform<PBegin, PCollection<T>> transform();

  /** Returns the function that converts an element to a message; not thread-safe. */
  SerializableFunction<T, StreamMessage> toMessage();
}
