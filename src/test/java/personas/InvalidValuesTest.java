package personas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import personas.confidence.Interval;
import personas.confidence.Spread;
import personas.connector.storage.StoredFile;
import personas.feature.CategoryLevel;
import personas.feature.ColumnFeature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.Winsorizing;
import personas.feature.shard.StagedIds;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.SegmentTree;
import personas.model.StickinessPrice;
import personas.report.data.RuleSettings;
import personas.run.KnownModels;
import personas.run.SampleSize;
import personas.run.state.StagedFiles;
import personas.spec.Privacy;
import personas.spec.Stickiness;
import personas.table.RangeKey;
import personas.table.RecordSpan;
import personas.table.csv.CsvLayout;
import personas.table.ledger.DecimalMarks;

/** Checks that value types reject values that cannot exist, and say which one it is. */
class InvalidValuesTest {
  private static final CategoryLevel LEVEL =
      CategoryLevel.of("plan", List.of("basic"), false).get(0);

  static Stream<Arguments> invalid() {
    return Stream.of(
        of("low: 2.0 is above high 1.0", () -> new Interval(2, 1)),
        of("low: NaN is above high 1.0", () -> new Interval(Double.NaN, 1)),
        of("count: -1 is below 0", () -> new Spread(-1, 0, 0)),
        of("size: -2 is below -1", () -> new StoredFile("a", -2)),
        of("length: -1 is below 0", () -> new StagedIds.Chunk(0, -1)),
        of("index: -1 is below 0", () -> new KChoice(-1, PartitionKind.FIXED, "")),
        of(
            "ids: has 1 elements instead of 2",
            () -> new SegmentTree.ChosenPartition(0, List.of(0, 1), List.of(7))),
        of("users: 0 is below 1", () -> new SampleSize(0)),
        of("minGroup: -1 is below 0", () -> new Privacy(-1)),
        of("stickiness: 1.5 is not in 0.0..1.0", () -> Stickiness.of(1.5)),
        of("stickiness: NaN is not in 0.0..1.0", () -> Stickiness.auto(Double.NaN)),
        of("depth: 7.0 is not in 1.0..6.0", () -> new RuleSettings(7, null)),
        of("path: is empty", () -> new StagedFiles.GoneFile(0, "")),
        of("start: -1 is below 0", () -> new RangeKey("a", -1)),
        of("rows: -1 is below 0", () -> new RecordSpan(0, 0, -1)),
        of("small: -1 is below 0", () -> new DecimalMarks(0, -1, false)),
        of(
            "Index 3 out of bounds for length 3",
            () ->
                new CsvLayout(
                    ',', 3, new CsvLayout.FieldIndexes(0, List.of(3), List.of()), List.of())),
        of(
            "age: min 1.0 is above max 0.0",
            () -> new ColumnFeature("age", Transform.NONE, MissingPolicy.REJECT, 1, 0)),
        of(
            "plan: each level of a category is a feature",
            () ->
                new ColumnFeature(
                    "plan",
                    Transform.NONE,
                    MissingPolicy.REJECT,
                    0,
                    1,
                    Winsorizing.NONE,
                    FeatureType.CATEGORY,
                    Set.of(),
                    null,
                    FeatureWords.NONE)),
        of(
            "plan=basic: an indicator has no transform",
            () ->
                new LevelFeature(LEVEL, MissingPolicy.REJECT, null, FeatureWords.NONE)
                    .with(Transform.LOG1P)),
        of(
            "a margin needs previous assignments, and these need the model of their run",
            () -> new KnownModels.PreviousRun(null, "assignments-*.csv", null)),
        of(
            "a margin needs previous assignments, and these need the model of their run",
            () ->
                new KnownModels.PreviousRun(
                    null, null, new StickinessPrice.Choice(0.1, StickinessPrice.BY_SPEC, null))));
  }

  private static Arguments of(String message, Executable creation) {
    return arguments(message, creation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void isRejected(String message, Executable creation) {
    assertEquals(message, assertThrows(RuntimeException.class, creation).getMessage());
  }
}
