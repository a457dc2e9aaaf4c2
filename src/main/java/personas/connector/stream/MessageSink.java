package personas.connector.stream;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes the messages of a stream.
 *
 * @param <T> the element of the connector
 */
public interface MessageSink<T> {
  /** Returns the function that converts a message to an element. */
  SerializableFunction<StreamMessage, T> toElement();

  /** Returns the coder of the elements. */
  Coder<T> coder();

  /** Returns the transform that writes the elements. */
  PTransform<PCollection<T>, PDone> transform();
}
