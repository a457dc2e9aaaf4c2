package personas.app;

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
}
