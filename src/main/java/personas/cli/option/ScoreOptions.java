package personas.cli.option;

import org.apache.beam.sdk.options.Description;

/** The flags of {@code score}. */
public interface ScoreOptions extends JobOptions {
  @Description("score: the model.json that users are scored with.")
  String getModel();

  void setModel(String model);

  @Description(
      "The segmentation; of a score only its input and output: where users come from, and where their"
          + " assignments go.")
  String getSpec();

  void setSpec(String spec);

  @Description(
      "score: the column that identifies a user, or none. Default: the one that the model was trained"
          + " with; a model of version 1.0 does not know it.")
  String getId();

  void setId(String id);

  @Description(
      "score: columns that are copied to the assignments, joined by commas; empty: none. Default:"
          + " those that the model was trained with.")
  String getPassThrough();

  void setPassThrough(String passThrough);

  @Description(
      "score of a stream: the topic that messages go to which hold no user, with the reason, like"
          + " kafka://host:9092/topic; --input and --output are such topics too.")
  String getDeadLetters();

  void setDeadLetters(String deadLetters);

  @Description("score of a stream: seconds between two looks at the model, 1..86400; default 300.")
  Integer getModelRefresh();

  void setModelRefresh(Integer modelRefresh);

  @Description(
      "score of a stream: seconds after which the drift of the users since the training is measured,"
          + " 1..86400; default 3600.")
  Integer getDriftWindow();

  void setDriftWindow(Integer driftWindow);

  @Description(
      "score of a stream: the header line of the CSV that messages hold; without it they are JSON.")
  String getColumns();

  void setColumns(String columns);

  @Description(
      "score of a stream: the consumer group; default beam-personas-<name of the segmentation>.")
  String getGroup();

  void setGroup(String group);

  @Description(
      "score of a stream: a file of properties for Kafka's clients, say how to sign in. They become"
          + " a part of the job.")
  String getKafkaProperties();

  void setKafkaProperties(String kafkaProperties);
}
