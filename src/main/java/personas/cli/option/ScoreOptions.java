package personas.cli.option;

import org.apache.beam.sdk.options.Description;

/** The flags of {@code score}. */
public interface ScoreOptions extends JobOptions {
  @Description("The model.json that users are scored with.")
  String getModel();

  void setModel(String model);

  @Description(
      "A spec; a score uses only its input and output: where users come from, and where their"
          + " assignments go.")
  String getSpec();

  void setSpec(String spec);

  @Description(
      "The column that identifies a user, or the word none if there is no such column. Default: the"
          + " column of the training, which a model of version 1.0 does not name.")
  String getId();

  void setId(String id);

  @Description(
      "The columns that are copied to the assignments, separated by commas; empty: none. Default: the"
          + " columns of the training.")
  String getPassThrough();

  void setPassThrough(String passThrough);

  @Description(
      "score of a stream: the topic for messages that cannot be scored, with the reason, like"
          + " kafka://host:9092/topic; --input and --output are also such topics.")
  String getDeadLetters();

  void setDeadLetters(String deadLetters);

  @Description("score of a stream: seconds between two reads of the model, 1..86400; default 300.")
  Integer getModelRefresh();

  void setModelRefresh(Integer modelRefresh);

  @Description(
      "score of a stream: seconds of the window over which the drift since the training is measured,"
          + " 1..86400; default 3600.")
  Integer getDriftWindow();

  void setDriftWindow(Integer driftWindow);

  @Description(
      "score of a stream: the header line of CSV messages; without the flag, messages are JSON.")
  String getColumns();

  void setColumns(String columns);

  @Description(
      "score of a stream: the consumer group; default beam-personas-<name of the segmentation>.")
  String getGroup();

  void setGroup(String group);

  @Description(
      "score of a stream: a file of properties for Kafka's clients, for example to sign in. The"
          + " properties become a part of the job.")
  String getKafkaProperties();

  void setKafkaProperties(String kafkaProperties);
}
