package personas.app;

import org.apache.beam.sdk.options.Description;

/** The flags of {@code score}. */
public interface ScoreOptions extends JobOptions {
  @Description("score: the model.json that users are scored with.")
  String getModel();

  void setModel(String model);

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
