package personas.run;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import personas.connector.stream.StreamAddress;
import personas.model.score.VersionedModel;

/**
 * What a score of a stream is to do, settled before its job starts.
 *
 * @param topics where messages come from and go
 * @param source of the model
 * @param first the model as it is when the job starts
 * @param refreshSeconds how often the model is read again
 * @param driftWindowSeconds for how long users are counted before their drift is measured
 * @param explains whether the messages say of each user why it has its persona
 */
public record StreamPlan(
    Topics topics,
    ModelFile source,
    VersionedModel first,
    long refreshSeconds,
    long driftWindowSeconds,
    boolean explains)
    implements Serializable {

  /**
   * Where messages come from and go.
   *
   * @param input where messages come from
   * @param output where users and their personas go
   * @param deadLetters where messages go that hold no user
   * @param group the consumer group, in whose name offsets are committed
   * @param clientProperties for every client of Kafka
   */
  public record Topics(
      StreamAddress input,
      StreamAddress output,
      StreamAddress deadLetters,
      String group,
      Map<String, String> clientProperties)
      implements Serializable {

    public Topics {
      clientProperties = Collections.unmodifiableMap(new TreeMap<>(clientProperties));
    }
  }
}
