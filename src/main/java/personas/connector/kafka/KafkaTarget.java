package personas.connector.kafka;

import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.connector.contract.SinkTarget;
import personas.connector.stream.StreamAddress;

/**
 * A topic of Kafka that gets the lists of each persona's users.
 *
 * @param topic the address of the topic
 * @param propertiesFile a file with properties of the client, such as credentials; null if there is
 *     none
 */
record KafkaTarget(StreamAddress topic, String propertiesFile) implements SinkTarget {
  @Override
  public ResultSink sink(SinkRequest request) {
    return new KafkaAudiences(this, request);
  }
}
