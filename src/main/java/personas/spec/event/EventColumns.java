package personas.spec.event;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.MissingPolicy;
import personas.feature.TextSyntax;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.Winsorizing;

/**
 * The columns of events that an aggregation reads. Numbers and times are read like features. A
 * missing number is NaN, and measures skip it. Other columns are read as texts.
 *
 * @param numbers the columns that are read as numbers; the first one is the time, if there is one
 * @param texts the columns that are read as texts
 * @param hasTime whether events have a time
 */
public record EventColumns(List<String> numbers, List<String> texts, boolean hasTime)
    implements Serializable {

  /** Returns the columns of an aggregation. */
  public static EventColumns of(EventAggregation aggregation) {
    Set<String> numbers = new LinkedHashSet<>();
    Set<String> texts = new LinkedHashSet<>();
    if (aggregation.time() != null) {
      numbers.add(aggregation.time());
    }
    for (Measure measure : aggregation.measures()) {
      if (measure.function().argument() == MeasureFunction.Argument.NUMBER) {
        numbers.add(measure.column());
      } else if (measure.function().argument() == MeasureFunction.Argument.TEXT) {
        texts.add(measure.column());
      }
      if (measure.where() != null) {
        for (EventCondition condition : measure.where().conditions()) {
          boolean isText = condition.kind() == EventCondition.Kind.TEXT;
          (isText ? texts : numbers).add(condition.column());
        }
      }
    }
    return new EventColumns(List.copyOf(numbers), List.copyOf(texts), aggregation.time() != null);
  }

  /** Returns the schema that events are read with. */
  public UserSchema schema(String id, TextSyntax syntax) {
    List<Feature> features = new ArrayList<>();
    for (String number : numbers) {
      boolean isTime = hasTime && features.isEmpty();
      features.add(
          new ColumnFeature(
              number,
              Transform.NONE,
              isTime ? MissingPolicy.REJECT : MissingPolicy.MEAN,
              -Double.MAX_VALUE,
              Double.MAX_VALUE,
              Winsorizing.NONE,
              isTime ? FeatureType.TIME : null,
              Set.of(),
              null,
              FeatureWords.NONE));
    }
    return new UserSchema(id, features, texts, syntax);
  }
}
