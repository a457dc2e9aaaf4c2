package personas.model.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.FeatureWords;
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.UserSchema;
import personas.table.ledger.MissingColumnException;

class MissingColumnReportTest {
  @Test
  void aCategoryWithSeveralLevelsIsOneColumn() {
    List<Feature> features = new ArrayList<>();
    features.add(Feature.of("visits"));
    for (String level : List.of("monthly", "yearly", CategoryLevel.OTHER)) {
      features.add(
          new LevelFeature(
              new CategoryLevel.Known("contract", List.of("monthly", "yearly"), level),
              MissingPolicy.REJECT,
              null,
              FeatureWords.NONE));
    }
    UserSchema needed = new UserSchema("user_id", features, List.of("country"));
    MissingColumnException missing =
        new MissingColumnException(
            "users.csv", List.of("user_id", "Contract", "visits", "age"), "no message");
    String message = MissingColumnReport.refusal(missing, needed).getMessage();
    assertEquals(
        List.of(
            "users.csv: lacks columns that the model needs",
            "|the model needs|the input has",
            "|user_id (id)|user_id",
            "|visits|visits",
            "|contract|MISSING; nearest is Contract",
            "|country (copied; give --passThrough= to copy no column)|MISSING; nearest is Contract",
            "|Contract",
            "|age"),
        message.lines().map(line -> line.replaceAll(" {2,}", "|")).toList());
  }
}
