package personas.run;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import personas.connector.stream.StreamAddress;
import personas.math.Require;
import personas.model.score.VersionedModel;

/**
 * The plan of a score of a stream, which is complete before the job starts.
 *
 * @param topics the addresses of messages
 * @param model the model, which may change while the job runs
 * @param driftWindowSeconds the length of the window over which drift is measured
 * @param explains whether the messages explain the persona of each user
 */
public record StreamPlan(
    Topics topics, ServedModel model, long driftWindowSeconds, boolean explains)
    implements Serializable {
  public StreamPlan {
    Objects.requireNonNull(topics, "topics");
    Objects.requireNonNull(model, "model");
    Require.atLeast(1, "driftWindowSeconds", driftWindowSeconds);
  }

  /**
   * A model that the job reads again, because a later run may replace it.
   *
   * @param file the file of the model
   * @param first the model at the start of the job
   * @param refreshSeconds how often the file is read again
   */
  public record ServedModel(ModelFile file, VersionedModel first, long refreshSeconds)
      implements Serializable {
    public ServedModel {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(first, "first");
      Require.atLeast(1, "refreshSeconds", refreshSeconds);
    }
  }

  /**
   * The addresses of messages, and how a client of Kafka reads and writes them.
   *
   * @param input the address that messages come from
   * @param output the address for users with their personas
   * @param deadLetters the address for messages that cannot be scored
   * @param group the consumer group that commits offsets
   * @param clientProperties properties for every client of Kafka
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
