package personas.connector.kafka;

import java.util.Map;
import personas.connector.stream.StreamAddress;
import personas.spec.InputSpec;
import personas.spec.OutputSpec;
import personas.spec.SinkSpec;
import personas.spec.yaml.SinkKey;
import personas.spec.yaml.SpecNode;

/** Reads {@code output.kafka}. */
public final class KafkaSinkKey implements SinkKey {
  @Override
  public String key() {
    return "kafka";
  }

  @Override
  public SinkSpec read(Map<String, SpecNode> output, OutputSpec files, InputSpec input) {
    SpecNode node = output.get(key());
    Map<String, SpecNode> keys = node.keys("topic", "propertiesFile");
    if (!files.sendsListsTo(key())) {
      node.addMistake(
          "needs output.audiences: kafka, because a topic gets lists of users, not assignments");
    }
    String address = keys.get("topic").requiredName();
    StreamAddress topic = StreamAddress.parseKafka(address);
    if (topic == null && !address.isEmpty()) {
      keys.get("topic").addMistake("'" + address + "' is not like kafka://host:9092/topic");
    }
    return new KafkaTarget(topic, keys.get("propertiesFile").optionalLine());
  }
}
